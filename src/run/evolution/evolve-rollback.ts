// Owns how the events of a rollback change what is known of a run.
import type { Address } from '../../basics/address.ts';
import type { EventOf } from '../event.ts';
import { enclosingLinks } from '../rules/enclosing-links.ts';
import type { ItemState, RunState } from '../state.ts';

/** The state after a rollback was planned, begun, or declined. */
export function evolveRollback(
  state: RunState,
  event: EventOf<'RollbackPlanned' | 'RollbackStarted' | 'RollbackDeclined'>,
): RunState {
  switch (event.type) {
    case 'RollbackPlanned':
      return planRollback(state, event.items, event.automatic);
    case 'RollbackStarted':
      return startRollback(state, event.excluded);
    case 'RollbackDeclined':
      return declineRollback(state);
  }
}

function planRollback(state: RunState, addresses: readonly Address[], automatic: boolean): RunState {
  const order = addresses.flatMap((address) => state.indexOf.get(address) ?? []);
  return { ...state, rollback: { status: 'planned', order, automatic } };
}

/** The failure that led here is undecided again, so that the operator can choose something else. */
function declineRollback(state: RunState): RunState {
  const { rollback: _rollback, ...rest } = state;
  const items = state.items.map((item): ItemState => {
    if (item.status !== 'failed' || item.decision !== 'rollback') return item;
    const { decision: _decision, ...undecided } = item;
    return undecided;
  });
  return { ...rest, items };
}

function startRollback(state: RunState, excluded: readonly Address[]): RunState {
  if (!state.rollback) return state;
  const left = new Set(excluded);
  const items = [...state.items];
  for (const index of state.rollback.order) {
    const item = items[index];
    const planned = state.plan.items[index];
    if (!item || !planned || left.has(planned.address)) continue;
    const around = enclosingLinks(state, planned).map((link) => state.plan.items[link]?.address);
    if (around.some((link) => link !== undefined && left.has(link))) continue;
    if (item.status === 'excluded') items[index] = { ...item, status: 'pending' };
  }
  return { ...state, phase: 'rollback', items, rollback: { ...state.rollback, status: 'running' } };
}
