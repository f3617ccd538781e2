// Owns a run as a JUnit XML report, for systems that show test results.

import type { HostResult, RecordedEvent } from '../../../run/event.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { findingWords } from '../../../view/words/finding-words.ts';
import { reasonWords, skipWords } from '../../../view/words/reason-words.ts';
import { endedBefore } from '../course/ended-before.ts';
import type { ReadOutput } from '../document-log.ts';
import { escapeXml } from './escape-xml.ts';
import { failedCommand, lastOutput } from './last-output.ts';

/** What the report is made of; the whole journal, and what reads its outputs. */
interface JunitRun {
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  readonly read: ReadOutput;
}

/**
 * A run as JUnit XML: a suite a phase, a case an item. Items that the selection left out are not reported; what
 * nobody came to is skipped. The form is the one that Jenkins' and GitLab's readers share; there is no standard.
 */
export function renderJunit({ state, history, read }: JunitRun): string {
  const suites = new Map<string, Suite>();
  const all = emptySuite();
  state.plan.items.forEach((item, index) => {
    const known = state.items[index];
    if (!known || known.status === 'excluded') return;
    const outcome = outcomeOf(item, known, read);
    const suite = suites.get(item.phase) ?? emptySuite();
    suites.set(item.phase, suite);
    suite.cases.push(renderCase(item, known, outcome));
    for (const counts of [all, suite]) {
      counts.tests += 1;
      if (outcome?.kind === 'failure') counts.failures += 1;
      if (outcome?.kind === 'skipped') counts.skipped += 1;
      counts.tookMs += known.result?.durationMs ?? 0;
    }
  });
  const [first] = history;
  const since = first === undefined ? '' : ` timestamp="${escapeXml(first.at)}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(state.plan.title)}" ${countsOf(all)}${since}>`,
  ];
  for (const [phase, suite] of suites)
    lines.push(`  <testsuite name="${phase}" ${countsOf(suite)}${since}>`, ...suite.cases, '  </testsuite>');
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

/** What is counted of a phase, with its cases. */
interface Suite {
  tests: number;
  failures: number;
  skipped: number;
  tookMs: number;
  readonly cases: string[];
}

const emptySuite = (): Suite => ({ tests: 0, failures: 0, skipped: 0, tookMs: 0, cases: [] });

function countsOf({ tests, failures, skipped, tookMs }: Suite): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds(tookMs)}"`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

interface CaseOutcome {
  readonly kind: 'failure' | 'skipped';
  readonly message: string;
  readonly detail?: string;
}

function outcomeOf(item: PlanItem, known: ItemState, read: ReadOutput): CaseOutcome | undefined {
  const before = endedBefore(known);
  if (before === 'passed') return undefined;
  switch (before ?? known.status) {
    case 'failed':
    case 'failed-continued': {
      const message = known.reason ? reasonWords(known.reason) : 'failed';
      return { kind: 'failure', message, detail: failureOf(item, known, read) };
    }
    case 'in-doubt':
    case 'running':
    case 'retrying':
      return { kind: 'failure', message: 'started, and nobody knows how it ended' };
    case 'skipped':
      return {
        kind: 'skipped',
        message: known.note ?? (known.skipReason ? skipWords(known.skipReason) : 'skipped'),
      };
    case 'pending':
      return { kind: 'skipped', message: 'the run did not come to it' };
    default:
      return undefined;
  }
}

/** What was expected, the command that failed, and the last lines that it printed. */
function failureOf(item: PlanItem, known: ItemState, read: ReadOutput): string {
  const { reason, result } = known;
  const compared =
    reason?.type === 'expectation'
      ? [reason.difference ?? `expected:\n${reason.expected}\nactual:\n${reason.actual}`]
      : [];
  const command = failedCommand(item, known);
  const hosts = result?.hosts?.filter(({ status }) => status === 'failed');
  const outputs =
    hosts?.map(({ host, each, output }) =>
      lastOutput(read(output), output.lines, ` ${each === undefined ? 'on' : 'for'} ${host}`),
    ) ?? (result === undefined ? [] : [lastOutput(read(result.output), result.output.lines)]);
  return [
    ...compared,
    ...(command === undefined ? [] : [`$ ${command.trimEnd()}`]),
    ...outputs.flatMap(({ words, lines }) => [words, ...lines]),
  ].join('\n');
}

function renderCase(item: PlanItem, known: ItemState, outcome: CaseOutcome | undefined): string {
  const open = `    <testcase name="${escapeXml(item.address)}" classname="${escapeXml(item.stepTitle)}" time="${seconds(known.result?.durationMs ?? 0)}"`;
  const printed = systemOut(known);
  if (!outcome) return printed === '' ? `${open}/>` : `${open}>${printed}</testcase>`;
  const inner = `<${outcome.kind} message="${escapeXml(outcome.message)}"`;
  const body =
    outcome.detail === undefined
      ? `${inner}/>`
      : `${inner}>${escapeXml(outcome.detail, false)}</${outcome.kind}>`;
  return `${open}>${body}${printed}</testcase>`;
}

/** What a block found that looks, and what became of it on each host or for each item. */
function systemOut({ status, result }: ItemState): string {
  if (result === undefined) return '';
  const { hosts = [] } = result;
  const lines = [
    ...(status === 'passed' && result.finding ? [findingWords(result)] : []),
    ...(hosts.length < 2 ? [] : hosts.map((host) => `${host.host}: ${endOf(host)}`)),
  ];
  return lines.length === 0 ? '' : `<system-out>${escapeXml(lines.join('\n'), false)}</system-out>`;
}

function endOf({ status, failure }: HostResult): string {
  const why = failure === undefined ? '' : `, ${reasonWords(failure)}`;
  return `${status.replaceAll('-', ' ')}${why}`;
}
