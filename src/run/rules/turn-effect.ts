// Owns what comes next at an item of a run, of whose step another block may have its turn.
import type { AttemptResult, HostResult, RunEvent } from '../event.ts';
import { ownText } from '../masking/redactor.ts';
import type { BlockItem } from '../plan.ts';
import type { ItemState, RunState } from '../state.ts';
import { emptyResult, hostsOf } from '../targets/host-targets.ts';
import { atTurn, type Turn, turnOf } from '../targets/turn-of.ts';
import { type Effect, nothingRun, policyActor, record } from './effect.ts';
import { itemEffect } from './item-effect.ts';

/** What the item at `index` needs next, or the block of its step whose turn it is. */
export function turnEffect(state: RunState, index: number): Effect {
  const turn = turnOf(state, index);
  const item = state.plan.items[turn?.index ?? index];
  const known = state.items[turn?.index ?? index];
  if (item === undefined || known === undefined) return { type: 'none' };
  if (turn?.isThrough && item.kind === 'block') return record(endOfList(state, item, known));
  const effect = itemEffect(state, item, known);
  return turn === undefined ? effect : ofTurn(state, turn, effect);
}

/** What is decided in the place of a person, and asked of one, is about the items of the turn. */
function ofTurn(state: RunState, { items }: Turn, effect: Effect): Effect {
  if (items.length === 0) return effect;
  if (effect.type === 'record')
    return {
      ...effect,
      events: effect.events.map((event) => (isOfTurn(event) ? atTurn(state, event) : event)),
    };
  if (effect.type !== 'ask') return effect;
  const { question } = effect;
  switch (question.type) {
    case 'release':
    case 'confirm':
    case 'failure':
    case 'in-doubt':
      return { ...effect, question: { ...question, items } };
    default:
      return effect;
  }
}

function isOfTurn({ type }: RunEvent): boolean {
  return type === 'ConfirmationGiven' || type === 'FailureDecided' || type === 'DoubtResolved';
}

/** How a block ends that has nothing left to do with any item of its list. */
function endOfList(state: RunState, item: BlockItem, known: ItemState): RunEvent {
  const { address } = item;
  const { onHosts = {}, dropped = [] } = known;
  const list = hostsOf(state, item, known) ?? [];
  const results = list.map((name): HostResult => {
    const progress = Object.hasOwn(onHosts, name) ? onHosts[name] : undefined;
    const isEnded = progress !== undefined && 'output' in progress;
    return isEnded ? progress : emptyResult(name, 'not-run', item.each?.name);
  });
  if (known.droppedFor !== undefined) {
    const by = policyActor(state);
    const note = `\`${address}\` has reached the end of its list`;
    return { type: 'FailureDecided', address, decision: 'continue', by, automatic: true, note };
  }
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has('passed') || statuses.has('done') || dropped.length > 0)
    return { type: 'BlockPassed', address, attempt: known.attempts, result: resultOf(known, results) };
  if (statuses.has('already-done')) return { type: 'BlockAlreadyDone', address };
  if (statuses.has('left-out')) return { type: 'BlockSkipped', address, reason: 'operator' };
  if (statuses.has('skipped')) return { type: 'BlockSkipped', address, reason: 'condition' };
  const reason = item.undoes === undefined ? 'no-items-left' : 'nothing-to-undo';
  return { type: 'BlockSkipped', address, reason };
}

/** Of the shell it says nothing: what the turns have left of it is known since their ends. */
function resultOf({ result = nothingRun }: ItemState, hosts: readonly HostResult[]): AttemptResult {
  const { captured } = result;
  const sum = (count: (host: HostResult) => number): number =>
    hosts.reduce((total, host) => total + count(host), 0);
  const failed = hosts.filter(({ status }) => status === 'failed').map(({ host }) => `\`${host}\``);
  const words = `${failed.length} of ${hosts.length} items failed, and enough passed: ${failed.join(', ')}`;
  return {
    exitCode: 0,
    durationMs: sum(({ durationMs }) => durationMs),
    output: {
      stdoutBytes: sum(({ output }) => output.stdoutBytes),
      stderrBytes: sum(({ output }) => output.stderrBytes),
      lines: sum(({ output }) => output.lines),
    },
    captured,
    ...(hosts.some(({ finding }) => finding) && { finding: true as const }),
    warnings: failed.length === 0 ? [] : [ownText(words)],
    hosts,
  };
}
