// Owns whose turn it is in a step that does several blocks with an item of its list before the next one.
import { namedValue } from '../../basics/named-values.ts';
import type { RunEvent } from '../event.ts';
import type { BlockItem, PlanItem } from '../plan.ts';
import { type ItemState, isSettled, type RunState } from '../state.ts';
import { fellowsOf } from './fellows-of.ts';
import { type HostTargets, hostsOf, hostTargets, isSettledHost, parallelOf } from './host-targets.ts';
import type { OfTurn } from './target-event.ts';

/** A block, and the items that it is to be done with now. */
export interface Turn {
  /** Of the block, in the plan. */
  readonly index: number;
  /** None where the list is not known yet, or the block is through with it. */
  readonly items: readonly string[];
  /** The block has nothing left to do with any item. */
  readonly isThrough: boolean;
}

/** A block of such a step that has still something to do. */
interface OpenBlock {
  readonly index: number;
  readonly planned: BlockItem;
  readonly known: ItemState;
}

/**
 * The block of the step that comes next, and with which items: so many at once as the step says, each block with all of
 * those before the next block, and all blocks before the next items. What has begun comes first. Undefined where the
 * block goes through its list alone, and where all of them are settled.
 */
export function turnOf(state: RunState, index: number): Turn | undefined {
  const fellows = fellowsOf(state.plan, index);
  const open = fellows.flatMap((at): OpenBlock[] => {
    const planned = state.plan.items[at];
    const known = state.items[at];
    return planned?.kind === 'block' && known && !isSettled(known.status)
      ? [{ index: at, planned, known }]
      : [];
  });
  const [first] = open;
  if (first === undefined) return undefined;
  const list = hostsOf(state, first.planned, first.known) ?? [];
  if (list.length === 0) return { index: first.index, items: [], isThrough: false };
  const gone = goneOf(state, fellows);
  const left = new Map(open.map((block) => [block, leftOf(state, block, gone)] as const));
  const begun = open.find(({ known }) => known.status !== 'pending' || hasBegunTurn(known));
  if (begun !== undefined) return { index: begun.index, items: itemsOfTurn(begun.known), isThrough: false };
  const through = open.find((block) => left.get(block)?.size === 0);
  if (through !== undefined) return { index: through.index, items: [], isThrough: true };
  const now = list
    .filter((name) => open.some((block) => left.get(block)?.has(name)))
    .slice(0, parallelOf(first.planned));
  for (const block of open) {
    const items = now.filter((name) => left.get(block)?.has(name));
    if (items.length > 0) return { index: block.index, items, isThrough: false };
  }
  return undefined;
}

/** The event with the items that it is about now. */
export function atTurn<Event extends RunEvent>(state: RunState, event: Event): Event {
  if (!('address' in event) || event.address === undefined) return event;
  const item = state.plan.items[state.indexOf.get(event.address) ?? -1];
  const turn = item === undefined ? undefined : itemsOfNow(state, item);
  return turn === undefined ? event : { ...event, turn };
}

/** The items that a block is about now; undefined where it is about all of its list, or has none. */
function itemsOfNow(state: RunState, item: PlanItem): readonly string[] | undefined {
  const index = state.indexOf.get(item.address) ?? -1;
  const turn = turnOf(state, index);
  return turn?.index === index && turn.items.length > 0 ? turn.items : undefined;
}

/** The items that a block is about now, to stand behind its name; empty where it is about all of its list, or has none. */
export function nowWords(state: RunState, item: PlanItem): string {
  const items = itemsOfNow(state, item);
  return items === undefined ? '' : ` for ${items.map((name) => `\`${name}\``).join(', ')}`;
}

/** How an event that is about these targets says so. */
export function turnIn(targets: HostTargets | undefined): OfTurn {
  return targets?.turn === undefined ? {} : { turn: targets.turn.items };
}

/** What a block is run for, or asked about, now: where it has turns, the items of this one. */
export function targetsOfNow(state: RunState, item: BlockItem, known: ItemState): HostTargets {
  const targets = hostTargets(state, item, known);
  const index = state.indexOf.get(item.address) ?? -1;
  const fellows = fellowsOf(state.plan, index);
  if (fellows.length === 0) return targets;
  const items = new Set(itemsOfNow(state, item) ?? []);
  const ended = (known.dropped ?? []).flatMap((name) => {
    const progress = namedValue(known.onHosts ?? {}, name);
    return progress?.status === 'failed' ? [progress] : [];
  });
  const elsewhere = goneOf(
    state,
    fellows.filter((fellow) => fellow !== index),
  );
  return {
    all: targets.all,
    left: targets.left.filter((name) => items.has(name)),
    settled: [...targets.settled, ...ended],
    turn: { items: targets.all.filter((name) => items.has(name)), gone: elsewhere.size },
  };
}

/** Items that have failed at one of the blocks and are not gone on with. */
function goneOf(state: RunState, fellows: readonly number[]): ReadonlySet<string> {
  return new Set(fellows.flatMap((index) => state.items[index]?.dropped ?? []));
}

function leftOf(
  state: RunState,
  { planned, known }: OpenBlock,
  gone: ReadonlySet<string>,
): ReadonlySet<string> {
  return new Set(hostTargets(state, planned, known).left.filter((name) => !gone.has(name)));
}

/** A turn that was released, begun or failed is brought to its end before another one comes. */
function hasBegunTurn({ turn, onHosts = {} }: ItemState): boolean {
  if (turn === undefined) return false;
  return turn.some((name) => {
    const progress = namedValue(onHosts, name);
    return progress === undefined || !isSettledHost(progress);
  });
}

function itemsOfTurn(known: ItemState): readonly string[] {
  const { turn, onHosts = {} } = known;
  // What has failed without a turn, as by a denial, is about all of its list.
  if (turn === undefined) return [];
  return turn.filter((name) => {
    const progress = namedValue(onHosts, name);
    if (progress === undefined || !isSettledHost(progress)) return true;
    // It had begun, and what its `check` says of it has still to be decided on.
    return (
      known.status === 'in-doubt' && progress.status === 'already-done' && progress.attempt !== undefined
    );
  });
}
