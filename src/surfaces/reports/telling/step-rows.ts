// Owns the table of a run's steps: what became of each, how long it took, and how long that was expected to be.
import type { PlanItem } from '../../../run/plan.ts';
import type { ItemState, ItemStatus, RunState } from '../../../run/state.ts';
import type { EarlierTimes } from '../../../run/surface.ts';
import { isSettledHost } from '../../../run/targets/host-targets.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { endedBefore } from '../../../view/steps/ended-before.ts';
import { findingWords } from '../../../view/words/finding-words.ts';
import { phaseWords } from '../../../view/words/phase-words.ts';
import { actorWords, counted, quoted } from '../../../view/words/quoted.ts';
import { reasonWords, skipWords } from '../../../view/words/reason-words.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import { shortestWaitMs, type TimeSpan, timeSpent, waitOf } from '../course/course-of-run.ts';
import type { PageTable } from '../page/page.ts';

const statusWords: Readonly<Record<ItemStatus, string>> = {
  excluded: 'left out',
  pending: 'not run',
  running: 'started, and how it ended is not known',
  retrying: 'failed, another attempt was due',
  failed: 'failed',
  'in-doubt': 'started, and how it ended is not known',
  passed: 'passed',
  'failed-continued': 'failed, and the run went on',
  skipped: 'skipped',
  'already-done': 'already done',
  done: 'done by hand',
};

/** What is known beside the run. */
export interface StepRowsOptions {
  readonly earlier?: EarlierTimes | undefined;
  /** A living process works on it: what is running is not in doubt. */
  readonly isLive?: boolean | undefined;
}

/**
 * A row for each part of a step; undo items that no rollback came to are no part of it. What earlier runs took stands
 * beside it where they have measured any of it.
 */
export function stepRows(
  state: RunState,
  spans: readonly TimeSpan[],
  { earlier = new Map(), isLive = false }: StepRowsOptions = {},
): PageTable {
  const isMeasured = state.plan.items.some(({ address }) => earlier.has(address));
  const before = ({ address }: PlanItem): readonly string[] => {
    const time = earlier.get(address);
    return isMeasured ? [time === undefined ? '' : formatDuration(time.medianMs)] : [];
  };
  return {
    type: 'table',
    head: [
      ...['Section', 'Step', 'Part', 'Result', 'Took', 'Waited', 'Estimated'],
      ...(isMeasured ? ['Earlier (median)'] : []),
    ],
    right: isMeasured ? [4, 5, 6, 7] : [4, 5, 6],
    rows: state.plan.items.flatMap((item, index) => {
      const known = state.items[index];
      return known === undefined || known.status === 'excluded'
        ? []
        : [[...rowOf(item, known, spans, isLive), ...before(item)]];
    }),
  };
}

function rowOf(
  item: PlanItem,
  known: ItemState,
  spans: readonly TimeSpan[],
  isLive: boolean,
): readonly string[] {
  const spent = timeSpent(spans, ({ address }) => address === item.address);
  const wait = waitOf(spent);
  const tookMs = known.result?.durationMs ?? (spent.people === 0 ? undefined : spent.people);
  return [
    phaseWords(item.phase),
    visibleText(item.stepTitle),
    quoted(item.address),
    isLive && known.status === 'running' ? 'running' : resultOf(known),
    tookMs === undefined ? '' : formatDuration(tookMs),
    wait < shortestWaitMs ? '' : formatDuration(wait),
    item.estimateMs === undefined ? '' : writtenDuration(item.estimateMs),
  ];
}

function resultOf(known: ItemState): string {
  const before = endedBefore(known);
  if (before !== undefined) {
    const why = known.reason === undefined ? '' : `: ${reasonWords(known.reason)}`;
    return `${before}${why}, and not run again since the run was resumed`;
  }
  const found = known.status === 'passed' && known.result?.finding ? findingWords(known.result) : undefined;
  const why =
    known.status === 'skipped' && known.skipReason !== undefined
      ? skipWords(known.skipReason)
      : known.status.startsWith('failed') && known.reason
        ? reasonWords(known.reason)
        : '';
  const note = known.note === undefined ? '' : ` (${visibleText(known.note)})`;
  // Of one that is done with one item after the other, each has an attempt of its own.
  const attempts = known.attempts > 1 && known.turn === undefined ? `, ${known.attempts} attempts` : '';
  return `${found ?? partOfList(known) ?? statusWords[known.status]}${why === '' ? '' : `: ${why}`}${byOf(known)}${note}${attempts}`;
}

/** How far a block has come that was left between two items of its list. */
function partOfList({ status, turn, onHosts = {} }: ItemState): string | undefined {
  const settled = Object.values(onHosts).filter(isSettledHost).length;
  if (status !== 'pending' || turn === undefined || settled === 0) return undefined;
  return `through with ${counted(settled, 'item')}, and not with the others`;
}

/** Who says so, where it is somebody's word and nothing that was run. */
function byOf({ status, by, skipReason }: ItemState): string {
  if (by === undefined) return '';
  if (status === 'done') return `, confirmed by ${actorWords(by)}`;
  return status === 'skipped' && skipReason === 'operator' ? `, ${actorWords(by)}` : '';
}
