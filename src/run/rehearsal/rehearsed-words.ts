// Owns what a rehearsal says of itself where it ends.
import type { RunState } from '../state.ts';

/** How many blocks, checklists and manual steps it has looked at, and how many it has left out. */
export function rehearsedWords({ plan, items, mainCount }: RunState): string {
  let looked = 0;
  let left = 0;
  for (const [index, { kind }] of plan.items.slice(0, mainCount).entries()) {
    const known = items[index];
    if (kind === 'runbook' || known === undefined) continue;
    if (known.skipReason === 'rehearsal') left += 1;
    else if (/^(?:passed|done|failed-continued)$/.test(known.status)) looked += 1;
  }
  return `rehearsed: ${looked} looked at, ${left} left out`;
}
