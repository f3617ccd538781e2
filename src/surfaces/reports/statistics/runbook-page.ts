// Owns what runs come to as a page with charts: of one runbook, and of all.
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { phaseWords } from '../../../view/words/phase-words.ts';
import { quoted } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import {
  byHandWords,
  idleShareWords,
  idleWords,
  machineCostWords,
  peopleCostWords,
} from '../cost/money-words.ts';
import { costByMonth, type IdleTime, type RunCost } from '../cost/run-cost.ts';
import type { Chart, ChartRow, Page, PageBlock } from '../page/page.ts';
import type { ItemStatistics } from './run-statistics.ts';
import type { RunbookStatistics } from './runbook-statistics.ts';
import {
  estimateWords,
  failedRuns,
  outcomeCounts,
  proofWords,
  savedWords,
  shareWords,
  spreadWords,
} from './spread-words.ts';

/** The page of one runbook; `now` is ISO 8601. */
export function runbookPage(one: RunbookStatistics, now: string): Page {
  return {
    title: visibleText(one.title),
    blocks: [
      { type: 'table', head: [], rows: factsOf(one, now) },
      { type: 'heading', level: 2, text: 'Steps' },
      ...chartIfAny(durationChart(one.items)),
      ...chartIfAny(successChart(one.items)),
      itemTable(one.items),
      ...listOf('Most failing', one.mostFailing),
      ...listOf('Always skipped', one.alwaysSkipped),
      ...listOf('Never run', one.neverRun),
      ...monthBlocks(one.months, undefined),
    ],
  };
}

/** The page of all runbooks; `neverRun` are pages that have no run. */
export function runbooksPage(
  all: readonly RunbookStatistics[],
  neverRun: readonly string[],
  now: string,
  idle: readonly IdleTime[] = [],
): Page {
  const sorted = all.toSorted((one, other) => failedRuns(other) - failedRuns(one) || other.runs - one.runs);
  const most = Math.max(1, ...all.map(({ runs }) => runs));
  const outcomes: Chart = {
    type: 'chart',
    title: 'Runs by how they ended, most failing first',
    total: most,
    totalWords: String(most),
    legend: [
      { kind: 'good', words: 'succeeded' },
      { kind: 'bad', words: 'failed' },
      { kind: 'other', words: 'held up, stopped or not ended' },
    ],
    rows: sorted.map((one): ChartRow => {
      const good = one.outcomes.succeeded ?? 0;
      const bad = good + failedRuns(one);
      return {
        label: visibleText(one.title),
        value: failedRuns(one) === 0 ? String(one.runs) : `${one.runs}, ${failedRuns(one)} failed`,
        parts: partsOf(['good', good], ['bad', bad], ['other', one.runs]),
      };
    }),
  };
  return {
    title: 'Runbooks',
    blocks: [
      ...chartIfAny(outcomes),
      ...chartIfAny(tookChart(sorted)),
      {
        type: 'table',
        head: [
          'Runbook',
          'Failed',
          'Succeeded',
          'Took',
          '9 of 10',
          'Waits',
          'Machines',
          'Saved',
          'Last proof',
        ],
        right: [1, 2, 3, 4, 5],
        rows: sorted.map((one) => [
          `${visibleText(one.title)} (${quoted(one.runbook)})`,
          `${failedRuns(one)} of ${one.runs}`,
          shareWords(one.outcomes.succeeded ?? 0, one.runs - one.open),
          one.took === undefined ? '' : formatDuration(one.took.medianMs),
          one.took === undefined ? '' : formatDuration(one.took.p90Ms),
          one.waits === undefined ? '' : formatDuration(one.waits.medianMs),
          machineCostWords(one.cost, false),
          savedWords(one.saved),
          proofWords(one, now),
        ]),
      },
      ...monthBlocks(monthsOf(all), idle),
      ...listOf('Never run', neverRun),
    ],
  };
}

/** Of those that have succeeded at least once, on one scale. */
function tookChart(all: readonly RunbookStatistics[]): Chart {
  const measured = all.flatMap((one) =>
    one.took === undefined ? [] : [{ title: one.title, took: one.took }],
  );
  const total = Math.max(1, ...measured.map(({ took }) => took.p90Ms));
  return {
    type: 'chart',
    title: 'How long a success takes, waits included',
    total,
    totalWords: formatDuration(total),
    legend: [
      { kind: 'work', words: 'half of the runs' },
      { kind: 'waiting', words: '9 of 10 runs' },
    ],
    rows: measured.map(({ title, took }) => ({
      label: visibleText(title),
      value: formatDuration(took.medianMs),
      parts: partsOf(['work', took.medianMs], ['waiting', took.p90Ms]),
    })),
  };
}

function factsOf(one: RunbookStatistics, now: string): readonly (readonly [string, string])[] {
  return [
    ['runbook', quoted(one.runbook)],
    ...(one.owner === undefined ? [] : [['owner', visibleText(one.owner)] as const]),
    ['runs', `${one.runs} since ${formatTime(one.firstStartedAt)}: ${outcomeCounts(one)}`],
    ['succeeded', shareWords(one.outcomes.succeeded ?? 0, one.runs - one.open)],
    ['last proof', proofWords(one, now)],
    ['a success took', one.took === undefined ? 'not known' : spreadWords(one.took)],
    ['of that, work', one.work === undefined ? 'not known' : spreadWords(one.work)],
    ['of that, waits', one.waits === undefined ? 'not known' : spreadWords(one.waits)],
    ['estimated', estimateWords(one)],
    ['saved', savedWords(one.saved)],
    ['machines', machineCostWords(one.cost)],
    ...(one.idle === undefined ? [] : [['workers without a run', idleShareWords(one.idle)] as const]),
    ['work by hand', peopleCostWords(one.cost)],
    ['all by hand', byHandWords(one.cost)],
  ];
}

/** What the runs of all runbooks cost, month by month, newest first. */
export function monthsOf(all: readonly RunbookStatistics[]): RunbookStatistics['months'] {
  return costByMonth(
    all.flatMap(({ months }) => months.map(({ month, cost }) => ({ startedAt: month, cost }))),
  );
}

/** The rows of a table of months, also of those in which no run began; without `idle`, workers are not told of. */
export function monthRows(
  months: readonly { readonly month: string; readonly cost: RunCost }[],
  idle: readonly IdleTime[] | undefined,
): readonly (readonly string[])[] {
  const runless = (idle ?? []).filter(({ month }) => months.every((one) => one.month !== month));
  return [...months, ...runless]
    .toSorted((one, other) => other.month.localeCompare(one.month))
    .map((one) => {
      const { month } = one;
      const waited = idle === undefined ? [] : [idleWords(idle.find((other) => other.month === month))];
      if (!('cost' in one)) return [month, '0', '-', ...waited, '-', '-'];
      const { cost } = one;
      return [
        month,
        String(cost.runs),
        machineCostWords(cost, false),
        ...waited,
        peopleCostWords(cost, false),
        byHandWords(cost, false),
      ];
    });
}

function monthBlocks(
  months: RunbookStatistics['months'],
  idle: readonly IdleTime[] | undefined,
): readonly PageBlock[] {
  if (months.length === 0 && (idle ?? []).length === 0) return [];
  return [
    { type: 'heading', level: 2, text: 'Cost by month' },
    {
      type: 'table',
      head: [
        ...['Month', 'Runs', 'Machines'],
        ...(idle === undefined ? [] : ['Workers without a run']),
        ...['Work by hand', 'All by hand'],
      ],
      right: [1],
      rows: monthRows(months, idle),
    },
  ];
}

function durationChart(items: readonly ItemStatistics[]): Chart {
  const measured = items.flatMap((item) => (item.took === undefined ? [] : [{ ...item, took: item.took }]));
  const total = Math.max(1, ...measured.map(({ took, estimateMs = 0 }) => Math.max(took.p90Ms, estimateMs)));
  return {
    type: 'chart',
    title: 'How long the steps take',
    total,
    totalWords: formatDuration(total),
    legend: [
      { kind: 'work', words: 'half of the runs' },
      { kind: 'waiting', words: '9 of 10 runs' },
    ],
    rows: measured.map(({ address, took, estimateMs }) => ({
      label: visibleText(address),
      value: `${formatDuration(took.medianMs)}${estimateMs === undefined ? '' : `, est. ${writtenDuration(estimateMs)}`}`,
      parts: partsOf(['work', took.medianMs], ['waiting', took.p90Ms]),
    })),
  };
}

function successChart(items: readonly ItemStatistics[]): Chart {
  const ran = items.filter((item) => item.ran > 0);
  const total = Math.max(1, ...ran.map((item) => item.ran + item.passedOver));
  return {
    type: 'chart',
    title: 'What became of the steps, by runs',
    total,
    totalWords: String(total),
    legend: [
      { kind: 'good', words: 'passed at once' },
      { kind: 'bad', words: 'failed, also where it passed later' },
      { kind: 'other', words: 'skipped or already done' },
    ],
    rows: ran.map(({ address, ran: runs, failed, passedOver }) => ({
      label: visibleText(address),
      value: shareWords(runs - failed, runs),
      parts: partsOf(['good', runs - failed], ['bad', runs], ['other', runs + passedOver]),
    })),
  };
}

function itemTable(items: readonly ItemStatistics[]): PageBlock {
  return {
    type: 'table',
    head: [
      'Section',
      'Step',
      'Part',
      'Ran',
      'Failed',
      'Again',
      'Skipped',
      'Median',
      '9 of 10',
      'Waited',
      'Estimated',
    ],
    right: [3, 4, 5, 6, 7, 8, 9, 10],
    rows: items.map((item) => [
      phaseWords(item.phase),
      visibleText(item.title),
      quoted(item.address),
      String(item.ran),
      String(item.failed),
      String(item.repeated),
      String(item.passedOver),
      item.took === undefined ? '' : formatDuration(item.took.medianMs),
      item.took === undefined ? '' : formatDuration(item.took.p90Ms),
      item.waited === undefined ? '' : formatDuration(item.waited.medianMs),
      item.estimateMs === undefined ? '' : writtenDuration(item.estimateMs),
    ]),
  };
}

function listOf(title: string, names: readonly string[]): readonly PageBlock[] {
  if (names.length === 0) return [];
  return [
    { type: 'heading', level: 2, text: title },
    { type: 'list', items: names.map(quoted) },
  ];
}

const chartIfAny = (chart: Chart): readonly PageBlock[] => (chart.rows.length === 0 ? [] : [chart]);

/** Stretches one behind the other, each up to its own end; those without a length are left out. */
function partsOf(
  ...ends: readonly (readonly [Chart['legend'][number]['kind'], number])[]
): ChartRow['parts'] {
  let from = 0;
  return ends.flatMap(([kind, to]) => {
    const part = { kind, from, to };
    from = Math.max(from, to);
    return to > part.from ? [part] : [];
  });
}
