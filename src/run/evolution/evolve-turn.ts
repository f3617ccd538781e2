// Owns how an event changes a block that has turns: what it says of some items is said of no other.
import { namedValue } from '../../basics/named-values.ts';
import type { EventOf, HostStatus } from '../event.ts';
import type { ItemState } from '../state.ts';
import { emptyResult, isSettledHost } from '../targets/host-targets.ts';

/** Events that may be about some of a block's items only. */
export type TurnEvent = EventOf<
  | 'BlockStarted'
  | 'BlockFailed'
  | 'BlockReleased'
  | 'ConfirmationGiven'
  | 'TurnEnded'
  | 'FailureDecided'
  | 'DoubtResolved'
  | 'BlockSkipped'
  | 'BlockMarkedDone'
>;

/** The block after an event about these items; `whole` is what the same event makes of a block without turns. */
export function evolveTurn(
  before: ItemState,
  whole: ItemState,
  event: TurnEvent & { readonly turn: readonly string[] },
): ItemState {
  const { turn } = event;
  switch (event.type) {
    case 'TurnEnded':
      return endTurn(
        drop(
          whole,
          turn.filter((name) => statusOf(whole, name) === 'failed'),
        ),
      );
    case 'BlockSkipped':
      return endTurn(settleItems(whole, turn, 'left-out'));
    case 'BlockMarkedDone':
      return endTurn(settleItems(whole, turn, 'done'));
    case 'FailureDecided':
      return decide(before, whole, turn, event.decision);
    case 'DoubtResolved':
      return decide(before, whole, turn, event.as);
    default:
      return { ...whole, turn };
  }
}

function decide(
  before: ItemState,
  whole: ItemState,
  turn: readonly string[],
  decision: EventOf<'FailureDecided'>['decision'] | EventOf<'DoubtResolved'>['as'],
): ItemState {
  switch (decision) {
    case 'continue':
      return endTurn({
        ...drop(whole, turn),
        ...(before.reason !== undefined && { droppedFor: before.reason }),
      });
    case 'skip':
      return endTurn(settleItems(whole, turn, 'left-out'));
    case 'mark-done':
    case 'done':
      return endTurn(settleItems(whole, turn, 'done'));
    default:
      return { ...whole, turn };
  }
}

/** The block between two turns: what was asked and said of the last one counts no more. */
export function endTurn(item: ItemState): ItemState {
  const {
    reason: _reason,
    whenHolds: _when,
    checkHolds: _check,
    retryDelayMs: _delay,
    skipReason: _skip,
    decision: _decision,
    from: _from,
    approval,
    ...rest
  } = item;
  return {
    ...rest,
    status: 'pending',
    turn: [],
    released: false,
    confirmed: false,
    failures: 0,
    ...(approval !== undefined && { approval: { ...approval, checked: false } }),
  };
}

/** Whether nothing that was begun of a block's turn is left without an end, so that nothing is in doubt. */
export function isTurnAtRest({ turn, attempts, onHosts = {} }: ItemState): boolean {
  if (turn === undefined) return false;
  return turn.every((name) => {
    const progress = namedValue(onHosts, name);
    return progress === undefined || isSettledHost(progress) || progress.attempt !== attempts;
  });
}

function drop(item: ItemState, names: readonly string[]): ItemState {
  const dropped = [...new Set([...(item.dropped ?? []), ...names])];
  return dropped.length === 0 ? item : { ...item, dropped };
}

function settleItems(item: ItemState, names: readonly string[], status: HostStatus): ItemState {
  const settled = names.map((name) => {
    const { attempt, each } = namedValue(item.onHosts ?? {}, name) ?? {};
    return [name, { ...emptyResult(name, status, each), ...(attempt !== undefined && { attempt }) }];
  });
  return { ...item, onHosts: { ...item.onHosts, ...Object.fromEntries(settled) } };
}

function statusOf({ onHosts = {} }: ItemState, name: string): string | undefined {
  return namedValue(onHosts, name)?.status;
}
