// Owns the words for what runs come to.
import type { Outcome } from '../../../run/outcomes.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { formatTime, millisecondsBetween } from '../../../view/words/format-time.ts';
import { counted, listed } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import { moneyWords } from '../cost/money-words.ts';
import type { RunStatistics, Spread } from './run-statistics.ts';
import type { RunbookStatistics } from './runbook-statistics.ts';
import type { Saved } from './saved-time.ts';

const outcomeNames: readonly (readonly [Outcome, string])[] = [
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['rolled-back', 'rolled back'],
  ['rollback-failed', 'failed to roll back'],
  ['precondition-failed', 'held up by a precondition'],
  ['stopped', 'stopped'],
];

/** `3 succeeded, 1 failed and 1 not ended`. */
export function outcomeCounts({ outcomes, open }: RunStatistics): string {
  const ended = outcomeNames.flatMap(([outcome, words]) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return listed([...ended, ...(open > 0 ? [`${open} not ended`] : [])]);
}

/** What did not do what it was run for and changed something, or may have. */
export function failedRuns({ outcomes }: RunStatistics): number {
  return (outcomes.failed ?? 0) + (outcomes['rolled-back'] ?? 0) + (outcomes['rollback-failed'] ?? 0);
}

/** `75 %`, of what has ended; a dash where nothing has. */
export function shareWords(good: number, all: number): string {
  return all === 0 ? '-' : `${Math.round((good / all) * 100)} %`;
}

/** `2.0 s (median), 5.0 s (9 of 10), 8.0 s at most`. */
export function spreadWords({ medianMs, p90Ms, longestMs }: Spread): string {
  return `${formatDuration(medianMs)} (median), ${formatDuration(p90Ms)} (9 of 10), ${formatDuration(longestMs)} at most`;
}

/** How the work compares with what the page estimates. */
export function estimateWords({ work, estimateMs }: Pick<RunbookStatistics, 'work' | 'estimateMs'>): string {
  if (estimateMs === undefined) return 'not known: the page has no `estimate`';
  if (work === undefined) return writtenDuration(estimateMs);
  const share = Math.round((work.medianMs / estimateMs) * 100);
  return `${writtenDuration(estimateMs)}; the work takes ${share} % of it`;
}

/** `2 h 10 min, 195 EUR`; less than nothing is said to be lost. */
export function savedWords({ ms, money }: Saved): string {
  if (ms === undefined) return 'not known: the page has no `manual-estimate`';
  const time = `${ms < 0 ? 'lost ' : ''}${writtenDuration(Math.abs(ms))}`;
  return money === undefined
    ? `${time}; in money not known: no \`rates\` are configured`
    : `${time}, ${moneyWords(money)}`;
}

/** When a run last showed that the page works, and how long ago that is. */
export function proofWords({ lastProvenAt, lastSucceededAt }: RunStatistics, now: string): string {
  if (lastProvenAt !== undefined) return `${formatTime(lastProvenAt)}, ${agoWords(lastProvenAt, now)}`;
  return lastSucceededAt === undefined ? 'never succeeded' : 'never proven: no run succeeded whole';
}

/** `3 days ago`, `2 h ago`. */
function agoWords(at: string, now: string): string {
  const ms = millisecondsBetween(at, now);
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${counted(days, 'day')} ago` : `${formatDuration(ms)} ago`;
}
