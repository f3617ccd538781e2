// Owns the words for what earlier runs took: for a part of a step, and for going back from where a run is.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../../run/plan.ts';
import { planRollbackEvent } from '../../run/rules/rollback-effect.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierTime, EarlierTimes } from '../../run/surface.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { type StyledRun, styled } from '../layout/styled-line.ts';
import { counted } from './quoted.ts';
import { writtenDuration } from './written-duration.ts';

/** `took 12 s, the median of 3 earlier runs`, beside what its author estimates; nothing where nobody has measured it. */
export function earlierFacts({ address }: PlanItem, earlier: EarlierTimes): StyledRun[] {
  const time = earlier.get(address);
  return time === undefined ? [] : [styled(earlierWords(time), { tone: 'muted' })];
}

function earlierWords({ medianMs, count }: EarlierTime): string {
  const took = `took ${formatDuration(medianMs)}`;
  return count === 1 ? `${took} in an earlier run` : `${took}, the median of ${count} earlier runs`;
}

/**
 * `going back from here takes about 4 min`, by what the undos took in earlier runs, else by what is estimated for them;
 * empty where nothing is known of any, and where nothing would be undone. Without `undos` they are those of a rollback now.
 */
export function wayBackWords(
  state: RunState,
  earlier: EarlierTimes,
  undos: readonly Address[] = planRollbackEvent(state, false)?.items ?? [],
): string {
  const items = undos.flatMap((address) => state.plan.items[state.indexOf.get(address) ?? -1] ?? []);
  // A link stands for what it brings, which is among them.
  const timed = items.filter(({ kind }) => kind !== 'runbook');
  const times = timed.flatMap(
    ({ address, estimateMs }) => earlier.get(address)?.medianMs ?? estimateMs ?? [],
  );
  if (times.length === 0) return '';
  const all = aboutDuration(times.reduce((sum, ms) => sum + ms, 0));
  const unknown = timed.length - times.length;
  if (unknown > 0)
    return `going back from here takes more than ${all}: nobody knows it of ${unknown} of ${counted(timed.length, 'undo', 'undos')}`;
  const measured = timed.filter(({ address }) => earlier.has(address)).length;
  const by =
    measured === 0
      ? ', as estimated'
      : measured < timed.length
        ? ', in part as estimated'
        : ', as in earlier runs';
  return `going back from here takes about ${all}${by}`;
}

/** No closer than anybody can know it: whole minutes from five on, before that steps of ten seconds. */
function aboutDuration(ms: number): string {
  const step = ms >= 300_000 ? 60_000 : ms >= 60_000 ? 10_000 : 1;
  return writtenDuration(Math.round(ms / step) * step);
}
