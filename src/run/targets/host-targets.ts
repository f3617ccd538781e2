// Owns which hosts a block runs on, which of them are still to do, and when enough have passed.
import type { StepName } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import { hostsRuledOut } from '../belonging/is-ruled-out.ts';
import type { FailureReason, HostResult } from '../event.ts';
import { ownText, secretMask } from '../masking/redactor.ts';
import type { BlockItem, Loop, PlanItem } from '../plan.ts';
import type { HostProgress, ItemState, RunState } from '../state.ts';
import { fellowsOf } from './fellows-of.ts';

/** At once, where a block does not say `parallel=`. */
const defaultParallel = 10;

/** A list of hosts is not longer than this: one that is comes from a mistake. */
const hostLimit = 1000;

/** The hosts of a block, or the items of its list, at one moment of a run. */
export interface HostTargets {
  /** All of them, in the order in which they were named. */
  readonly all: readonly string[];
  /** Those that have not come to a good end yet. */
  readonly left: readonly string[];
  /** What became of the others. */
  readonly settled: readonly HostResult[];
  /** Set where a step does several blocks with an item before the next: `left` are those of one turn then. */
  readonly turn?: {
    readonly items: readonly string[];
    /** Given up at another block. */
    readonly gone: number;
  };
}

/** Whether a block runs on hosts at all. */
export function runsOnHosts(item: PlanItem): item is BlockItem {
  return item.kind === 'block' && (item.hosts.length > 0 || item.hostsFrom !== undefined);
}

/** Whether a block is run once for each of several hosts or items. */
export function hasTargets(item: PlanItem): item is BlockItem {
  return item.kind === 'block' && (item.each !== undefined || runsOnHosts(item));
}

/**
 * Hosts or items at once. A list is gone through in its order, unless the page says otherwise; as another user always,
 * for whom there is one session.
 */
export function parallelOf({ parallel, each, user }: BlockItem): number {
  if (each !== undefined && user !== undefined) return 1;
  return parallel ?? (each === undefined ? defaultParallel : 1);
}

/**
 * The hosts of a block, or the items of its list; undefined while the command that knows them has not been asked. An
 * undo that asks the command that its step has asked goes where that step went, and through a list from its end.
 */
export function hostsOf(state: RunState, item: BlockItem, known: ItemState): readonly string[] | undefined {
  if (item.each !== undefined) {
    const items =
      known.hosts ?? item.each.items ?? itemsOfFellows(state, item) ?? itemsOfStep(state, item, item.each);
    return item.undoes === undefined ? items : items?.toReversed();
  }
  if (known.hosts !== undefined) return known.hosts;
  if (item.hostsFrom === undefined) return item.hosts;
  const undone = itemsUndoneBy(state, item).find(({ planned }) => planned.hostsFrom === item.hostsFrom);
  return undone?.known.hosts;
}

/** One list for all blocks that are done with an item before the next. */
function itemsOfFellows(state: RunState, item: BlockItem): readonly string[] | undefined {
  return fellowsOf(state.plan, state.indexOf.get(item.address) ?? -1)
    .map((index) => state.items[index]?.hosts)
    .find((hosts) => hosts !== undefined);
}

/** What the block that an undo or a validation is about was run for. Where it was not, there is nothing to ask for. */
function itemsOfStep(state: RunState, item: BlockItem, each: Loop): readonly string[] | undefined {
  const { undoes, validates = undoes } = item;
  if (validates === undefined) return undefined;
  const about = itemsOf(state, validates).find(({ planned }) => isSameList(planned.each, each));
  return about === undefined ? undefined : (about.known.hosts ?? []);
}

function isSameList(one: Loop | undefined, { name, from, variable }: Loop): boolean {
  return one?.name === name && one.from === from && one.variable === variable;
}

/** What is still to be done on the hosts of a block, or with the items of its list. */
export function hostTargets(state: RunState, item: BlockItem, known: ItemState): HostTargets {
  const all = hostsOf(state, item, known) ?? [];
  const untouched = hostsToSpare(state, item);
  const ruledOut = hostsRuledOut(state, item);
  const settled: HostResult[] = [];
  const left: string[] = [];
  for (const host of all) {
    const progress = namedValue(known.onHosts ?? {}, host);
    if (progress !== undefined && isSettledHost(progress)) settled.push(progress);
    else if (ruledOut.has(host)) settled.push(emptyResult(host, 'skipped', item.each?.name));
    else if (untouched.has(host)) settled.push(emptyResult(host, 'not-needed', item.each?.name));
    else left.push(host);
  }
  return { all, left, settled };
}

/** Hosts of the step that an item undoes on which nothing of the step was ever begun. */
function hostsToSpare(state: RunState, item: BlockItem): ReadonlySet<string> {
  const named = new Set<string>();
  const begun = new Set<string>();
  for (const { planned, known } of itemsUndoneBy(state, item)) {
    const hosts = known.hosts ?? planned.each?.items ?? planned.hosts;
    for (const host of hosts) named.add(host);
    for (const [host, progress] of Object.entries(known.onHosts ?? {}))
      if (wasBegun(progress, known.attempts)) begun.add(host);
    // What a person did by hand, or says was done, may have been done anywhere.
    if (known.status === 'done') for (const host of hosts) begun.add(host);
  }
  return new Set([...named].filter((host) => !begun.has(host)));
}

/** Whether anything of a block may have been done on a host; its progress there tells of the last attempt only. */
function wasBegun(progress: HostProgress, attempts: number): boolean {
  const { status, attempt } = progress;
  // It had started there, and what is asked of it says that nothing is left to do.
  if (status === 'skipped' || status === 'already-done') return attempt !== undefined;
  if (status === 'failed') {
    const { failure } = progress;
    const isAlone = failure?.type === 'spawn' || (failure?.type === 'file' && !failure.isWritten);
    return !isAlone || attempts > 1;
  }
  return ['passed', 'done', 'running', 'in-doubt'].includes(status);
}

interface PlacedItem {
  readonly planned: BlockItem;
  readonly known: ItemState;
}

/** Blocks on hosts for an undo on hosts, those of the same list for that of a list. */
function itemsUndoneBy(
  state: RunState,
  { undoes, restores, each, hasTurns }: BlockItem,
): readonly PlacedItem[] {
  if (undoes === undefined) return [];
  return itemsOf(state, undoes).filter(({ planned }) => {
    // An old file goes back where its own block has come to, whatever else was done with the item.
    if (restores !== undefined && hasTurns) return planned.address === restores;
    return planned.each?.name === each?.name;
  });
}

/** The blocks of a step that have hosts or lists. */
function itemsOf(state: RunState, step: StepName): readonly PlacedItem[] {
  return state.plan.items.slice(0, state.mainCount).flatMap((planned, index) => {
    const known = state.items[index];
    return planned.step === step && hasTargets(planned) && known ? [{ planned, known }] : [];
  });
}

/** A host that needs nothing more, unless somebody asks for the whole block again. */
export function isSettledHost(progress: HostProgress): progress is HostResult {
  return ['passed', 'skipped', 'already-done', 'done', 'left-out', 'not-needed'].includes(progress.status);
}

/** A result of a host on which nothing was run, or of an item of a list. */
export function emptyResult(host: string, status: HostResult['status'], each?: string): HostResult {
  return {
    host,
    ...(each !== undefined && { each }),
    status,
    exitCode: null,
    durationMs: 0,
    output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
  };
}

/** How many of so many hosts or items must come to a good end: `all`, a number, or a share that is rounded up. */
export function neededHosts(mustPass: string | undefined, total: number): number {
  if (mustPass === undefined || mustPass === 'all') return total;
  if (!mustPass.endsWith('%')) return Math.min(Number(mustPass), total);
  return Math.ceil((Number(mustPass.slice(0, -1)) * total) / 100);
}

/**
 * Whether another host may be begun when so many have failed. Where something is changed, a block that can no longer
 * succeed goes to no further host; one that only looks tells of all of them.
 */
export function mayBegin(item: BlockItem, total: number, failed: number): boolean {
  return item.risk === 'read' || failed <= total - neededHosts(item.hostsMustPass, total);
}

/** Why a block on hosts has failed; undefined when enough of them came to a good end. */
export function hostsFailure(
  item: BlockItem,
  results: readonly HostResult[],
  wordsOf: (reason: FailureReason) => string,
  turn?: HostTargets['turn'],
): FailureReason | undefined {
  const failed = results.filter(({ status }) => status === 'failed');
  const notRun = results.filter(({ status }) => status === 'not-run').map(({ host }) => host);
  const good = results.length - failed.length - notRun.length;
  const needed = neededHosts(item.hostsMustPass, results.length);
  if (turn !== undefined) {
    if (isGoodTurn(results, turn, results.length - failed.length - turn.gone >= needed)) return undefined;
  } else if (good >= needed && notRun.length === 0) return undefined;
  const [first] = failed;
  if (results.length === 1 && first?.failure) return first.failure;
  const names = failed.slice(0, 3).map(({ host, failure }) => {
    const why = failure === undefined ? '' : ` (${wordsOf(failure)})`;
    return `\`${host}\`${why}`;
  });
  if (failed.length > names.length) names.push(`${failed.length - names.length} more`);
  const wanted = needed < results.length ? `, and ${needed} must pass` : '';
  const kind = item.each === undefined ? 'hosts' : 'items';
  const counts = `${failed.length} of ${results.length} ${kind} failed${wanted}`;
  const rest = notRun.length > 0 ? `; not run on ${listShort(notRun)}` : '';
  const why = failed.length > 0 ? `${counts}: ${names.join(', ')}` : 'interrupted';
  return { type: 'hosts', failed: failed.map(({ host }) => host), notRun, message: ownText(`${why}${rest}`) };
}

/** Those whose turn has not come yet are no failure, and neither are too few of them to be missed. */
function isGoodTurn(
  results: readonly HostResult[],
  { items }: NonNullable<HostTargets['turn']>,
  mayStillPass: boolean,
): boolean {
  const statuses = results.filter(({ host }) => items.includes(host)).map(({ status }) => status);
  if (statuses.includes('not-run')) return false;
  return mayStillPass || !statuses.includes('failed');
}

function listShort(hosts: readonly string[]): string {
  const named = hosts.slice(0, 3).map((host) => `\`${host}\``);
  if (hosts.length > 3) named.push(`${hosts.length - 3} more`);
  return named.join(', ');
}

/** Reads what an inventory command has printed: a host a line, `#` begins a remark; or says why it is no list. */
export function readHosts(
  text: string,
):
  | { readonly ok: true; readonly hosts: readonly string[] }
  | { readonly ok: false; readonly message: string } {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  const hosts = [...new Set(lines.filter((line) => line !== ''))];
  // Masked, it is another name; and a name is told wherever its block is.
  if (hosts.some((host) => host.includes(secretMask)))
    return { ok: false, message: 'it printed a host whose name holds a secret' };
  const wrong = hosts.find((host) => !isHostName(host));
  if (wrong !== undefined)
    return { ok: false, message: `it printed \`${wrong}\`, which is not the name of a host` };
  if (hosts.length === 0) return { ok: false, message: 'it printed no host' };
  if (hosts.length > hostLimit)
    return { ok: false, message: `it printed ${hosts.length} hosts, more than ${hostLimit}` };
  return { ok: true, hosts };
}

/** Whether a text can be handed to ssh as the name of a host: one word, and never an option. */
export function isHostName(text: string): boolean {
  return /^[^-\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}][^\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,254}$/u.test(text);
}
