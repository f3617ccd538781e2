// Owns who is sent updates of a run, and when the next one is due.
import type { PageRules } from '../plan.ts';
import { linksWithRules } from '../rules/links-with-rules.ts';
import type { RunState } from '../state.ts';

type UpdateRule = NonNullable<PageRules['updates']>;

/** The rule that holds now: that of the innermost link that is under way and has one, else that of the opened page. */
export function updateRule({ plan, items }: RunState): UpdateRule | undefined {
  const inner = linksWithRules(plan).findLast(
    ({ index, page }) => page.updates !== undefined && items[index]?.status === 'running',
  );
  return inner?.page.updates ?? plan.updates;
}

/**
 * Milliseconds from `nowMs` (wall time) until the next update is due, below zero where it is overdue: counted from the
 * last one, else from the start of the run. Undefined where nobody waits for one.
 */
export function untilUpdate(state: RunState, nowMs: number): number | undefined {
  const { lifecycle, options, startedAt, updates } = state;
  const everyMs = updateRule(state)?.everyMs;
  const since = updates.at(-1)?.at ?? startedAt;
  if (everyMs === undefined || since === undefined || lifecycle !== 'running' || options.rehearse)
    return undefined;
  return Date.parse(since) + everyMs - nowMs;
}
