// Owns how long it was from one event of a run to another, also where the clock was set meanwhile.
import type { RecordedEvent, RunEvent } from '../../../run/event.ts';
import { millisecondsBetween } from '../../../view/words/format-time.ts';

/** Milliseconds by which the times of two events may differ from what was measured, without the clock having been set. */
const toleranceMs = 1000;

/**
 * Milliseconds between two events, the one behind the other, by their times; where the clock was set back between them, as
 * long as what ended there took by a steady one. Never below zero: more is not known.
 */
export function spentBetween(before: RecordedEvent, next: RecordedEvent): number {
  const byClockMs = millisecondsBetween(before.at, next.at);
  const measuredMs = measuredOf(next.event);
  if (measuredMs === undefined) return byClockMs;
  const isBack = Date.parse(next.at) < Date.parse(before.at);
  const isAll = isBeginOf(before.event, next.event) && byClockMs + toleranceMs < measuredMs;
  return isBack || isAll ? measuredMs : byClockMs;
}

/** Milliseconds from the start of a run to its last end; undefined where it has not ended. */
export function spentUntilEnd(history: readonly RecordedEvent[]): number | undefined {
  const end = history.findLastIndex(({ event }) => event.type === 'RunEnded');
  if (end < 0) return undefined;
  const start = history.findIndex(({ event }) => event.type === 'RunStarted');
  let spentMs = 0;
  for (let at = Math.max(start, 0) + 1; at <= end; at += 1) {
    const [before, next] = history.slice(at - 1, at + 1);
    if (before && next) spentMs += spentBetween(before, next);
  }
  return spentMs;
}

/** All of what is measured lies between the two. */
function isBeginOf(before: RunEvent, end: RunEvent): boolean {
  if (end.type === 'ShellClosed') return before.type === 'ShellOpened';
  return before.type === 'BlockStarted' && 'address' in end && before.address === end.address;
}

function measuredOf(event: RunEvent): number | undefined {
  if (event.type === 'ShellClosed') return event.durationMs;
  return event.type === 'BlockPassed' || event.type === 'BlockFailed' ? event.result.durationMs : undefined;
}
