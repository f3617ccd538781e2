// Owns which gate a run waits at.
import type { Address } from '../../basics/address.ts';
import { effects } from '../effects.ts';
import type { RunState } from '../state.ts';
import { askingState } from './open-question.ts';

/** The item whose approval a run that goes on waits for; undefined where it waits for none. */
export function awaitedGate(state: RunState): Address | undefined {
  if (state.lifecycle !== 'running') return undefined;
  const effect = effects(state);
  return effect.type === 'await-approval' ? effect.item.address : undefined;
}

/**
 * The same of a run that goes on or rests: as whoever takes it up would find it, or as it was left where the approval
 * is of a run that nobody leads.
 */
export function gateOfResting(state: RunState): Address | undefined {
  if (state.lifecycle === 'ended') return undefined;
  return awaitedGate(askingState(state)) ?? awaitedGate({ ...state, lifecycle: 'running' });
}
