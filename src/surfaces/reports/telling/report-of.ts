// Owns what a report of a run says: how it ended, what failed, how the time went, its steps, and who decided what.
import type { Address } from '../../../basics/address.ts';
import type { RecordedEvent } from '../../../run/event.ts';
import type { Outcome } from '../../../run/outcomes.ts';
import type { RunState } from '../../../run/state.ts';
import type { EarlierTimes } from '../../../run/surface.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { endWords } from '../../../view/words/outcome-words.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { byHandWords, machineCostWords, peopleCostWords } from '../cost/money-words.ts';
import type { RunCost } from '../cost/run-cost.ts';
import { courseOfRun, shortestWaitMs, timeSpent, waitOf, workOf } from '../course/course-of-run.ts';
import { type DocumentState, emptyDocumentState, foldResults, type ReadOutput } from '../document-log.ts';
import type { Page, PageBlock } from '../page/page.ts';
import { courseChart } from './course-chart.ts';
import { decisionsOf, type Moment, timelineOf, toldOf } from './decisions-of.ts';
import { factsOf } from './facts-of.ts';
import { failureBlocks } from './failure-blocks.ts';
import { itemFold } from './item-fold.ts';
import { stepRows } from './step-rows.ts';

/** What a report is made of. */
export interface ReportedRun {
  readonly state: RunState;
  /** The whole journal. */
  readonly history: readonly RecordedEvent[];
  readonly read: ReadOutput;
  /** What a block had printed until it was cut off; absent where that is not told. */
  readonly cutOff?: (address: Address) => readonly PageBlock[];
  /** What earlier runs of the page took; absent where that is not told. */
  readonly earlier?: EarlierTimes;
  /** A living process works on it: what is running is not in doubt. */
  readonly isLive?: boolean;
  /** Absent where nothing is written by which it could be told. */
  readonly cost?: RunCost;
}

/** The report as a page. */
export function reportOf(run: ReportedRun): Page {
  const { state, history, read } = run;
  const documented = foldResults(emptyDocumentState, history);
  const spans = courseOfRun(history);
  return {
    title: visibleText(state.plan.title),
    blocks: [
      { type: 'table', head: [], rows: [...factsOf(state, history), ...costFacts(run.cost)] },
      ...failureBlocks(run),
      ...outputBlocks(state, history),
      { type: 'heading', level: 2, text: 'Time' },
      ...timeBlocks(state, history, spans),
      { type: 'heading', level: 2, text: 'Steps' },
      stepRows(state, spans, run),
      ...stepFolds(state, documented, read),
      ...momentBlocks('Decisions', decisionsOf(history)),
      ...momentBlocks('Who was told', toldOf(history)),
    ],
  };
}

/** What a run has cost, as a report says it. */
export function costFacts(cost: RunCost | undefined): readonly (readonly [string, string])[] {
  if (cost === undefined) return [];
  return [
    ['machines', machineCostWords(cost)],
    ['work by hand', peopleCostWords(cost)],
    ['all by hand', byHandWords(cost)],
  ];
}

/** GitHub takes 1 MiB from a step of a job. */
const mostRows = 1000;

/** A report for the page of a job on a code host, which has little room: how it ended, what failed, and its steps. */
export function stepSummaryOf(run: ReportedRun): Page {
  const { state, history } = run;
  const ended = history.findLast(({ event }) => event.type === 'RunEnded');
  const how = ended?.event.type === 'RunEnded' ? endWords(ended.event) : `is ${state.lifecycle}`;
  const steps = stepRows(state, courseOfRun(history), run);
  const mark: Readonly<Partial<Record<Outcome, string>>> = { succeeded: '✔', rehearsed: '✔' };
  const symbol = state.outcome === undefined ? '◌' : (mark[state.outcome] ?? '✘');
  return {
    title: `${symbol} ${visibleText(state.plan.title)} ${how}`,
    blocks: [
      { type: 'table', head: [], rows: factsOf(state, history) },
      ...failureBlocks(run),
      ...outputBlocks(state, history),
      { ...steps, rows: steps.rows.slice(0, mostRows) },
      ...(steps.rows.length > mostRows
        ? [{ type: 'paragraph' as const, text: `${steps.rows.length - mostRows} more` }]
        : []),
    ],
  };
}

function timeBlocks(
  state: RunState,
  history: readonly RecordedEvent[],
  spans: ReturnType<typeof courseOfRun>,
): readonly PageBlock[] {
  const spent = timeSpent(spans);
  const work = workOf(spent);
  const all = work + waitOf(spent);
  const parts = [
    [spent.work, 'blocks'],
    [spent.people, 'work by hand'],
    [spent.approval, 'waiting for approval'],
    [spent.waiting, 'waiting'],
    [spent.paused, 'paused'],
  ] as const;
  const words = parts.flatMap(([ms, what]) =>
    ms === 0 || (ms < shortestWaitMs && what !== 'blocks') ? [] : [`${formatDuration(ms)} ${what}`],
  );
  const { estimateMs } = state.plan;
  const compared =
    estimateMs === undefined
      ? ''
      : ` The page estimates ${formatDuration(estimateMs)}: ${differenceWords(work, estimateMs)}.`;
  return [
    {
      type: 'paragraph',
      text: `${formatDuration(all)} ${state.lifecycle === 'ended' ? 'from its start to its end' : 'up to its last record'}${words.length > 0 ? `: ${words.join(', ')}` : ''}.${compared}`,
    },
    ...(all > 0 ? [courseChart(state, spans, all)] : []),
    momentFold(`Timeline, ${counted(history.length, 'event')}`, timelineOf(history)),
  ];
}

/** Against what was estimated, waits left aside. */
function differenceWords(workMs: number, estimateMs: number): string {
  const ms = workMs - estimateMs;
  if (Math.abs(ms) < 1000) return 'as long as the work took';
  return `the work took ${formatDuration(Math.abs(ms))} ${ms < 0 ? 'less' : 'more'}`;
}

function outputBlocks({ plan }: RunState, history: readonly RecordedEvent[]): readonly PageBlock[] {
  const ended = history.findLast(({ event }) => event.type === 'RunEnded');
  const set = (ended?.event.type === 'RunEnded' && ended.event.outputs) || {};
  const names = [...new Set([...(plan.outputs ?? []), ...Object.keys(set)])];
  if (names.length === 0) return [];
  const rows = names.map((name) => [
    visibleText(name),
    set[name] === undefined ? 'was not set' : visibleText(set[name]),
  ]);
  return [
    { type: 'heading', level: 2, text: 'Outputs' },
    { type: 'table', head: ['Name', 'Value'], rows },
  ];
}

function stepFolds(state: RunState, { items }: DocumentState, read: ReadOutput): readonly PageBlock[] {
  const folds: PageBlock[] = [];
  let step: string | undefined;
  for (const item of state.plan.items) {
    const record = items.get(item.address);
    if (record === undefined) continue;
    const title = `${visibleText(item.stepTitle)}${item.undoes === undefined ? '' : ` (undoes ${quoted(item.undoes)})`}`;
    if (title !== step) folds.push({ type: 'heading', level: 3, text: title });
    step = title;
    folds.push(itemFold(item, record, read));
  }
  return folds;
}

function momentBlocks(title: string, moments: readonly Moment[]): readonly PageBlock[] {
  if (moments.length === 0) return [];
  return [{ type: 'heading', level: 2, text: title }, momentTable(moments)];
}

function momentFold(summary: string, moments: readonly Moment[]): PageBlock {
  return { type: 'fold', summary, blocks: [momentTable(moments)] };
}

function momentTable(moments: readonly Moment[]): PageBlock {
  return {
    type: 'table',
    head: ['When', 'What'],
    rows: moments.map(({ at, text }) => [formatTime(at), text]),
  };
}
