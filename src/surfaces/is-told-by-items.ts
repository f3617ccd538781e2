// Owns which events say nothing that those of their single items do not say.
import type { RunEvent } from '../run/event.ts';

/** Whether what is told of each item tells it already. */
export function isToldByItems(event: RunEvent): boolean {
  if (event.type === 'BlockStarted') return event.turn !== undefined;
  return event.type === 'TurnEnded' && event.result.warnings.length === 0;
}
