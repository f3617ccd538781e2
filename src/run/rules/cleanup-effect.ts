// Owns what becomes of a clean-up section where a run ends badly.

import type { EventOf } from '../event.ts';
import { isGoodEnd } from '../outcomes.ts';
import { isSettled, type RunState } from '../state.ts';
import { type Effect, record } from './effect.ts';
import { itemEffect } from './item-effect.ts';

/**
 * What comes before a bad end: the question whether to clean up, and the cleaning up. With nobody there, things are
 * left as they are for whoever looks, and the last line says so. Any other effect stays as it is.
 */
export function cleanupEffect(state: RunState, effect: Effect): Effect {
  const end = effect.type === 'record' ? effect.events.at(-1) : undefined;
  if (effect.type !== 'record' || end?.type !== 'RunEnded') return effect;
  const open = openCleanup(state, end);
  if (open.length === 0 || state.cleanup === 'declined') return effect;
  if (state.cleanup === 'wanted') return nextCleanup(state, open) ?? effect;
  if (state.mode === 'guided') {
    const items = open.flatMap((index) => state.plan.items[index]?.address ?? []);
    return { type: 'ask', question: { type: 'clean-up', items } };
  }
  const message = `${end.message}; its clean-up section was not run`;
  return record(...effect.events.slice(0, -1), { ...end, message });
}

/** Where there was a failure after the gate, the items of the clean-up section that are not settled. */
function openCleanup(state: RunState, { outcome }: EventOf<'RunEnded'>): readonly number[] {
  if (!state.gateOpen || isGoodEnd(outcome) || outcome === 'precondition-failed') return [];
  return state.plan.items.flatMap(({ phase }, index) => {
    const status = state.items[index]?.status;
    return phase === 'cleanup' && status !== undefined && !isSettled(status) ? [index] : [];
  });
}

/** Undefined where one of them was stopped at: then this is the end. */
function nextCleanup(state: RunState, open: readonly number[]): Effect | undefined {
  if (open.some((index) => state.items[index]?.decision === 'stop')) return undefined;
  if (state.phase !== 'cleanup') return record({ type: 'PhaseStarted', phase: 'cleanup' });
  const [first] = open;
  const item = first === undefined ? undefined : state.plan.items[first];
  const known = first === undefined ? undefined : state.items[first];
  return item && known ? itemEffect(state, item, known) : undefined;
}
