// Owns how a link to another runbook ends, and what does not happen because of it.
import { type Address, address } from '../../basics/address.ts';
import type { AttemptResult, RunEvent } from '../event.ts';
import type { Outcome } from '../outcomes.ts';
import type { Plan, PlanItem } from '../plan.ts';
import { isSettled, type RunState } from '../state.ts';
import { policyActor } from './effect.ts';
import { enclosingLinks, isInnerGate, membersOf } from './enclosing-links.ts';
import { isRefuted } from './prerequisite-that-holds.ts';

/** Found once for each plan: most have no links, and every step of a run asks. */
const linksOfPlans = new WeakMap<Plan, readonly number[]>();

/** Links that have begun and not ended, the innermost first. */
function openLinks({ plan, items }: RunState): readonly number[] {
  let links = linksOfPlans.get(plan);
  if (links === undefined) {
    links = plan.items.flatMap(({ kind }, index) => (kind === 'runbook' ? [index] : [])).reverse();
    linksOfPlans.set(plan, links);
  }
  return links.filter((index) => items[index]?.status === 'running');
}

/** The innermost link whose items are all behind the cursor, and that nobody has recorded the end of. */
export function linkToClose(state: RunState): number | undefined {
  const current = state.cursor < state.mainCount ? state.plan.items[state.cursor] : undefined;
  const around = current === undefined ? [] : enclosingLinks(state, current);
  return openLinks(state).find((index) => index < state.cursor && !around.includes(index));
}

/**
 * The end of a link whose items are all settled: passed, unless one of them failed and the run went on, or a rehearsal
 * left one of them out.
 */
export function endOfLink(state: RunState, link: number): readonly RunEvent[] {
  const failed = membersOf(state, link).some(
    (index) => state.items[index]?.status === 'failed-continued' && !state.plan.items[index]?.probe,
  );
  const { address, attempt } = attemptOf(state, link);
  if (failed) return [...failedLink(state, link, 'failed'), ...continued(state, address)];
  if (membersOf(state, link).some((index) => state.items[index]?.skipReason === 'rehearsal'))
    return [{ type: 'BlockSkipped', address, reason: 'rehearsal' }];
  return [{ type: 'BlockPassed', address, attempt, result: resultOf(state, link) }];
}

/** What is recorded of links that the end of the whole run cuts off. */
export function cutOffLinks(state: RunState, outcome: Outcome): readonly RunEvent[] {
  return openLinks(state).flatMap((link) => failedLink(state, link, outcome));
}

/**
 * Whether an item will not happen because a link that brings it does not go on: the link was skipped or done by
 * hand, a precondition of its runbook does not hold and the run went on, or it failed and says `continue` itself.
 * However a link of the run ended, what was begun behind it is undone: only a link of the rollback brings its undos or
 * leaves them out.
 */
export function isSuperseded(state: RunState, item: PlanItem): boolean {
  if (isRefuted(state, item)) return true;
  return enclosingLinks(state, item).some((link) => {
    if (item.phase === 'rollback' && state.plan.items[link]?.phase !== 'rollback') return false;
    const status = state.items[link]?.status;
    if (status !== undefined && isSettled(status) && status !== 'passed' && status !== 'excluded')
      return true;
    return membersOf(state, link).some((member) => linkLeftAt(state, member) === link);
  });
}

/** The link that is left because this item failed and the run went on; undefined where it goes on within the link. */
function linkLeftAt(state: RunState, index: number): number | undefined {
  const item = state.plan.items[index];
  if (item === undefined || item.kind === 'runbook' || item.probe) return undefined;
  if (state.items[index]?.status !== 'failed-continued') return undefined;
  const isGate = isInnerGate(item);
  if (!isGate && item.onFailure !== undefined) return undefined;
  const links = enclosingLinks(state, item);
  const speaking = links.find((link) => state.plan.items[link]?.onFailure !== undefined);
  if (speaking !== undefined && state.plan.items[speaking]?.onFailure === 'continue') return speaking;
  return isGate ? links[0] : undefined;
}

/** That a linked runbook failed was decided about when its item failed. */
export function continued(state: RunState, address: Address): readonly RunEvent[] {
  const by = policyActor(state);
  return [{ type: 'FailureDecided', address, decision: 'continue', by, automatic: true }];
}

function failedLink(state: RunState, link: number, outcome: Outcome): readonly RunEvent[] {
  const { address, attempt } = attemptOf(state, link);
  const result = { ...resultOf(state, link), exitCode: null };
  // Of a prerequisite nothing is begun but its validation, and that has failed.
  const how = outcome === 'precondition-failed' ? 'failed' : outcome;
  return [{ type: 'BlockFailed', address, attempt, result, reason: { type: 'runbook', outcome: how } }];
}

function attemptOf(state: RunState, link: number): { readonly address: Address; readonly attempt: number } {
  return {
    address: state.plan.items[link]?.address ?? address(''),
    attempt: state.items[link]?.attempts ?? 1,
  };
}

/** A link prints nothing itself; its time goes from its start to the last end of an item of it. */
function resultOf(state: RunState, link: number): AttemptResult {
  const started = Date.parse(state.items[link]?.startedAt ?? '');
  const ends = membersOf(state, link).map((index) => Date.parse(state.items[index]?.endedAt ?? ''));
  const last = ends.reduce((latest, end) => (end > latest ? end : latest), started);
  return {
    exitCode: 0,
    durationMs: Number.isNaN(last - started) ? 0 : last - started,
    output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
    captured: {},
    warnings: [],
  };
}
