// Owns all that a report tells of one part of a step, folded away until somebody wants it.
import type { PlanItem } from '../../../run/plan.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { type ExcerptLimits, excerptLimits } from '../../../runbook/regions/output-excerpt.ts';
import {
  approvalWords,
  type HostView,
  type ResultDetail,
  type ResultView,
} from '../../../runbook/regions/result-view.ts';
import { screenLines } from '../../../runbook/regions/screen-lines.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { entryWords } from '../../../view/steps/entry-words.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { actorWords, quoted } from '../../../view/words/quoted.ts';
import { type ReadOutput, resultView } from '../document-log.ts';
import type { ItemRecord } from '../item-record.ts';
import type { PageBlock } from '../page/page.ts';
import { outputLines } from './output-lines.ts';

/** A report has more room than a page between whose blocks outputs stand. */
const limits: ExcerptLimits = { ...excerptLimits, headLines: 200, tailLines: 300, bytes: 65_536 };

const statusWords: Readonly<Record<ResultView['status'], string>> = {
  running: 'started',
  waiting: 'not finished',
  passed: 'passed',
  found: 'looked',
  failed: 'failed',
  skipped: 'skipped',
  'already-done': 'already done',
  'marked-done': 'marked done by hand',
  done: 'done',
  'in-doubt': 'in doubt',
};

/** What was to be done, what was run, what people said, and what was printed. */
export function itemFold(item: PlanItem, record: ItemRecord, read: ReadOutput): PageBlock {
  const view = resultView(item, record, read);
  const remarks = remarksOf(view);
  return {
    type: 'fold',
    summary: headOf(item, view),
    blocks: [
      ...textOf(item, view),
      ...(remarks.length > 0 ? [{ type: 'list' as const, items: remarks }] : []),
      ...(view.difference === undefined
        ? []
        : [
            { type: 'paragraph' as const, text: 'What was expected (-) and what was printed (+):' },
            { type: 'code' as const, label: 'diff' as const, lines: screenLines(view.difference) },
          ]),
      ...outputOf(item, view),
    ],
  };
}

function headOf(item: PlanItem, { status, durationMs, exitCode, reason, at }: ResultView): string {
  const found = status === 'found' && exitCode ? `exit ${exitCode}` : statusWords[status];
  const took = durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${quoted(item.address)} ${found}${took}${why} (${formatTime(at)})`;
}

function textOf(item: PlanItem, { checklist, ran }: ResultView): readonly PageBlock[] {
  switch (item.kind) {
    case 'manual':
      return item.text === '' ? [] : [{ type: 'paragraph', text: visibleText(item.text) }];
    case 'checklist':
      return [
        {
          type: 'list',
          items: (checklist ?? []).map(({ text, ticked, by, at }) => {
            if (by === undefined) return `◌ ${entryWords({ text, ticked }, false)}`;
            const when = at === undefined ? '' : `, ${formatTime(at)}`;
            return `${ticked ? '✔' : '◌'} ${visibleText(text)}, ${actorWords(by)}${when}`;
          }),
        },
      ];
    case 'runbook':
      return [{ type: 'paragraph', text: `Runs ${quoted(item.target)}.` }];
    case 'block':
      return [{ type: 'code', label: 'sh', lines: screenLines(ran?.code ?? item.code) }];
  }
}

function remarksOf({
  note,
  by,
  details = [],
  captured = {},
  warnings = [],
  hosts = [],
}: ResultView): readonly string[] {
  return [
    ...(by === undefined ? [] : [`by ${actorWords(by)}`]),
    ...(note === undefined || note === '' ? [] : [`note: ${visibleText(note)}`]),
    ...details.map(detailWords),
    ...Object.entries(captured).map(([name, value]) => `captured ${quoted(name)} = ${quoted(value)}`),
    ...warnings.map((warning) => `warning: ${visibleText(warning)}`),
    ...hosts.map(hostWords),
  ];
}

function hostWords({ host, status, durationMs, exitCode, reason }: HostView): string {
  const hasRun = status === 'passed' || status === 'found' || status === 'failed';
  const took = hasRun ? ` in ${formatDuration(durationMs)}` : '';
  const why = reason ?? (exitCode === null ? undefined : `exit ${exitCode}`);
  return `${quoted(host)} ${status.replaceAll('-', ' ')}${took}${why === undefined ? '' : `: ${why}`}`;
}

function detailWords(detail: ResultDetail): string {
  const at = formatTime(detail.at);
  const who = 'by' in detail && detail.by !== undefined ? `, ${actorWords(detail.by)}` : '';
  const how = 'automatic' in detail && detail.automatic ? ', without asking' : '';
  const end = `${who}${how}, ${at}`;
  switch (detail.type) {
    case 'attempt':
      return `attempt ${detail.attempt} failed in ${formatDuration(detail.durationMs)}: ${detail.reason}, ${at}`;
    case 'accepted':
      return `accepted: ${visibleText(detail.codes.join(', '))}${end}`;
    case 'confirmed':
      return `confirmed${said(detail.question)}${end}`;
    case 'decided':
      return `decided: ${visibleText(detail.decision)}${said(detail.note)}${end}`;
    case 'approval':
      return `approval ${approvalWords[detail.answer]}${said(detail.comment)}${end}`;
    case 'note':
      return `note${said(detail.text)}${end}`;
  }
}

function said(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `: “${visibleText(text)}”`;
}

function outputOf(item: PlanItem, { output, hosts = [] }: ResultView): readonly PageBlock[] {
  if (item.kind !== 'block') return [];
  const shown = hosts.flatMap((host): PageBlock[] =>
    host.output === undefined
      ? []
      : [
          { type: 'paragraph', text: `Output of ${quoted(host.host)}:` },
          { type: 'code', label: 'text', lines: outputLines(host.output, limits) },
        ],
  );
  if (output === undefined) return shown;
  return [
    { type: 'paragraph', text: 'Output:' },
    { type: 'code', label: 'text', lines: outputLines(output, limits) },
    ...shown,
  ];
}
