// Owns the words for what is different between two runs.
import type { ItemStatus } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import type { ItemComparison, OutputDifference, Pair, RunComparison, RunFacts } from './compare-runs.ts';

const statusWords: Readonly<Record<ItemStatus, string>> = {
  excluded: 'left out',
  pending: 'not run',
  running: 'in doubt',
  retrying: 'failed',
  failed: 'failed',
  'in-doubt': 'in doubt',
  passed: 'passed',
  'failed-continued': 'failed',
  skipped: 'skipped',
  'already-done': 'already done',
  done: 'done by hand',
};

/** Lines for a terminal: the two runs, then what is different, part by part; what is the same is counted. */
export function comparisonLines(
  { runs: [first, other], inputs, items }: RunComparison,
  { symbols }: Pick<Palette, 'symbols'>,
): readonly StyledLine[] {
  const different = items.filter((item) => !item.isSame || isSlower(item.tookMs));
  const steps = new Set(items.map(({ step }) => step));
  const told = new Set(different.map(({ step }) => step));
  const same = steps.size - told.size;
  const arrow = symbols.arrow;
  return [
    runLine('A', first),
    runLine('B', other),
    [],
    ...(first.digest === other.digest
      ? []
      : [[styled('the runbook is not the same: B ran another text of it', { tone: 'warn' as const })]]),
    ...inputs.map(
      ({ name, values: [a, b] }): StyledLine => [
        styled('input ', { tone: 'muted' }),
        styled(visibleText(name), { tone: 'variable' }),
        styled(`: ${valueWords(a)} ${arrow} ${valueWords(b)}`),
      ],
    ),
    ...different.flatMap((item) => itemLines(item, symbols)),
    [
      styled(
        different.length === 0
          ? `no difference in ${counted(steps.size, 'step')}`
          : `${counted(same, 'other step')} without a difference`,
        { tone: 'muted' },
      ),
    ],
  ];
}

/** Times differ always: only what took at least twice as long, and a second more, is told. */
function isSlower([a, b]: Pair<number>): boolean {
  if (a === undefined || b === undefined) return false;
  return Math.max(a, b) >= 2 * Math.min(a, b) && Math.abs(a - b) >= 1000;
}

function runLine(name: string, { run, outcome, startedAt, tookMs, by }: RunFacts): StyledLine {
  const took = tookMs === undefined ? '' : `, ${formatDuration(tookMs)}`;
  return [
    styled(`${name}  `, { bold: true }),
    styled(run, { tone: 'accent' }),
    styled(`  ${outcome}${took}, ${formatTime(startedAt)}, ${visibleText(by)}`),
  ];
}

function valueWords(value: string | undefined): string {
  return value === undefined ? 'nothing' : quoted(value);
}

function itemLines(item: ItemComparison, symbols: Palette['symbols']): StyledLine[] {
  const { address, tookMs, isEdited, output, isOutputCut } = item;
  const times = isSlower(tookMs) ? timeWords(tookMs, symbols.arrow) : '';
  const head: StyledLine = [
    styled(`${symbols.dot} `, { tone: 'warn' }),
    styled(quoted(address)),
    styled(
      ` ${statusOf(item, symbols.arrow)}${times}${isEdited ? ', other code' : ''}${isOutputCut ? ', output the same as far as it was compared' : ''}`,
    ),
  ];
  return [head, ...(output === undefined ? [] : outputLinesOf(output))];
}

function statusOf({ status: [a, b], exitCode }: ItemComparison, arrow: string): string {
  if (a === undefined) return `only in B: ${statusWords[b ?? 'pending']}`;
  if (b === undefined) return `only in A: ${statusWords[a]}`;
  const words = [withCode(a, exitCode[0]), withCode(b, exitCode[1])];
  return words[0] === words[1] ? String(words[0]) : words.join(` ${arrow} `);
}

function withCode(status: ItemStatus, code: number | null | undefined): string {
  return code === undefined || code === null || code === 0
    ? statusWords[status]
    : `${statusWords[status]}, exit ${code}`;
}

function timeWords([a = 0, b = 0]: Pair<number>, arrow: string): string {
  return `, ${formatDuration(a)} ${arrow} ${formatDuration(b)}`;
}

function outputLinesOf({ line, lines: [a, b], host, each }: OutputDifference): StyledLine[] {
  const where = host === undefined ? '' : ` ${each === undefined ? 'on' : 'for'} ${quoted(host)}`;
  return [
    [styled(`    output differs from line ${line}${where}:`, { tone: 'muted' })],
    [styled(a === undefined ? '    A  (has ended)' : `    A  ${visibleText(a)}`, { tone: 'bad' })],
    [styled(b === undefined ? '    B  (has ended)' : `    B  ${visibleText(b)}`, { tone: 'good' })],
  ];
}
