// Owns which facts follow from a jump to another item.
import { namedValue } from '../../basics/named-values.ts';
import type { CommandOf } from '../command.ts';
import type { RunEvent } from '../event.ts';
import { enclosingLinks, isInnerGate, membersOf } from '../rules/enclosing-links.ts';
import { type ItemState, isSettled, type RunState } from '../state.ts';
import { type Decision, reject, take } from './decision.ts';

/**
 * Forward, everything passed over is skipped by the operator's word; back, the item is opened again. An item of a
 * link is never reached but through its link and the preconditions there; a link is opened with all it brings.
 */
export function decideJump(state: RunState, index: number, command: CommandOf<'JumpTo'>): Decision {
  const { address, by } = command;
  const item = state.plan.items[index];
  if (state.rollback || index >= state.mainCount || item === undefined)
    return reject('rollback', 'undo items have their own order');
  if (!state.gateOpen) return reject('gate', 'the preconditions come first');
  if (state.items[index]?.status === 'running') return reject('running', `\`${address}\` is running`);
  const way = wayTo(state, index);
  const over = state.plan.items.slice(state.cursor, index).flatMap((passed, offset): RunEvent[] => {
    const known = state.items[state.cursor + offset];
    if (!known || isSettled(known.status) || way.has(state.cursor + offset)) return [];
    const note = `jumped over to \`${address}\``;
    return [{ type: 'BlockSkipped', address: passed.address, reason: 'operator', by, note }];
  });
  const inside = item.kind === 'runbook' ? membersOf(state, index) : [];
  // Who goes to a step of another way takes that way as well.
  const chosen = (item.branches ?? []).flatMap(({ choice, branch, of }): RunEvent[] => {
    const made = namedValue(state.choices, choice);
    if (made === undefined || made.includes(branch)) return [];
    const branches = of.flatMap(({ name }) => (name === branch || made.includes(name) ? [name] : []));
    return [{ type: 'ChoiceMade', choice, branches, at: address, by, automatic: false }];
  });
  const again = [...way, ...inside].flatMap((other): RunEvent[] => {
    const known = state.items[other];
    const planned = state.plan.items[other];
    if (!known || !planned || !isSettled(known.status) || known.status === 'excluded') return [];
    if (way.has(other) && isInnerGate(planned) && holds(known)) return [];
    return [{ type: 'JumpedTo', address: planned.address, by }];
  });
  return take(...over, ...chosen, ...again, { type: 'JumpedTo', address, by });
}

/** The links around an item and the preconditions of their runbooks before it, in their order. */
function wayTo(state: RunState, target: number): ReadonlySet<number> {
  const item = state.plan.items[target];
  const way: number[] = [];
  for (const link of item === undefined ? [] : enclosingLinks(state, item)) {
    way.push(link);
    const address = state.plan.items[link]?.address;
    for (const member of membersOf(state, link)) {
      const gate = state.plan.items[member];
      if (member < target && gate?.within === address && gate !== undefined && isInnerGate(gate))
        way.push(member);
    }
  }
  return new Set(way.sort((left, right) => left - right));
}

function holds(known: ItemState): boolean {
  if (!isSettled(known.status) || known.status === 'failed-continued') return false;
  return known.skipReason !== 'superseded' && known.skipReason !== 'operator';
}
