// Owns the forms in which it is told which pages go bad.
import { renderMarkdownPage } from '../../surfaces/reports/page/render-markdown-page.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { formatTime } from '../../view/words/format-time.ts';
import { counted, quoted } from '../../view/words/quoted.ts';
import { staleWords } from './render-pages.ts';
import type { CheckedCounts, RottingPage } from './rotting-page.ts';

/** A table for a terminal of `width`, or of any width; what a rehearsal said stands below it. */
export function renderRotTable(pages: readonly RottingPage[], width: number | undefined): string {
  const isRehearsed = pages.some(({ rehearsal }) => rehearsal !== undefined);
  const rows = pages.map((page) => [
    visibleText(page.path),
    visibleText(page.owner ?? '-'),
    proofWords(page),
    checkWords(page.check),
    ...(isRehearsed ? [rehearsalWord(page)] : []),
    dueWords(page),
  ]);
  const head = ['runbook', 'owner', 'last proof', 'check', ...(isRehearsed ? ['rehearsal'] : []), 'due'];
  const fit = width === undefined ? undefined : { width, cut: [1, 0] };
  const failed = pages.flatMap(({ path, rehearsal }) =>
    rehearsal === undefined || rehearsal.passed
      ? []
      : [`${visibleText(path)}: ${visibleText(rehearsal.words)}\n`],
  );
  const below = failed.length === 0 ? '' : `\n${failed.join('')}`;
  return `${layOutColumns([head, ...rows], [], fit)}${below}\n${sumWords(pages)}\n`;
}

/** A page for the summary of a pipeline or for a repository; `now` is ISO 8601. */
export function renderRotMarkdown(pages: readonly RottingPage[], now: string): string {
  return renderMarkdownPage({
    title: 'Runbooks that go bad',
    blocks: [
      { type: 'paragraph', text: `${sumWords(pages)}, ${formatTime(now)}` },
      {
        type: 'table',
        head: ['Runbook', 'Owner', 'Last proof', 'Check', 'Rehearsal', 'Due'],
        rows: pages.map((page) => [
          `${visibleText(page.title)} (${quoted(page.path)})`,
          visibleText(page.owner ?? ''),
          proofWords(page),
          checkWords(page.check),
          page.rehearsal?.passed === false
            ? `failed: ${visibleText(page.rehearsal.words)}`
            : rehearsalWord(page),
          dueWords(page),
        ]),
      },
    ],
  });
}

function proofWords({ lastProof }: RottingPage): string {
  return lastProof === undefined ? 'none' : `${lastProof.at.slice(0, 10)} ${lastProof.by}`;
}

function checkWords({ errors, warnings }: CheckedCounts): string {
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  return found.length === 0 ? 'good' : found.join(', ');
}

function rehearsalWord({ rehearsal }: RottingPage): string {
  if (rehearsal === undefined) return 'not run';
  return rehearsal.passed ? 'passed' : 'failed';
}

function dueWords({ stale }: RottingPage): string {
  return staleWords(stale) || '-';
}

function sumWords(pages: readonly RottingPage[]): string {
  const bad = pages.filter(({ rot }) => rot.length > 0).length;
  return `${counted(pages.length, 'runbook')}: ${bad === 0 ? 'none goes bad' : `${bad} ${bad === 1 ? 'goes' : 'go'} bad`}`;
}
