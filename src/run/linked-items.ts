// Owns which items of a run belong to which link to another runbook, and how such a link ends; decides nothing.
import type { Address } from '../basics/ids.ts';
import type { AttemptResult, Outcome, RunEvent, SkipReason } from './event.ts';
import type { PlanItem } from './plan.ts';
import { isSettled, type RunState } from './state.ts';

type Placed = Pick<RunState, 'plan' | 'indexOf'>;

/** Indexes of the links that an item came through, the nearest first. */
export function linksAround({ plan, indexOf }: Placed, item: PlanItem): readonly number[] {
  const found: number[] = [];
  for (let at = item.within; at !== undefined; ) {
    const index = indexOf.get(at);
    const link = index === undefined ? undefined : plan.items[index];
    if (index === undefined || link === undefined || found.includes(index)) break;
    found.push(index);
    at = link.within;
  }
  return found;
}

/** Indexes of everything that a link brings into the run, in its order; the undo items apart. */
export function membersOf(placed: Placed, link: number): readonly number[] {
  const members: number[] = [];
  for (let index = link + 1; ; index += 1) {
    const item = placed.plan.items[index];
    if (item === undefined || !linksAround(placed, item).includes(link)) return members;
    members.push(index);
  }
}

/** Whether an item is a precondition of a linked runbook: nothing of that runbook runs before it holds. */
export function isInnerGate(item: PlanItem): boolean {
  return item.section === 'preconditions' && item.phase !== 'preconditions';
}

/** The nearest link whose items are all behind the cursor, and that nobody has recorded the end of. */
export function linkToClose(state: RunState): number | undefined {
  const behind = state.plan.items[state.cursor - 1];
  if (behind === undefined) return undefined;
  const current = state.cursor < state.mainCount ? state.plan.items[state.cursor] : undefined;
  const around = current === undefined ? [] : linksAround(state, current);
  const passed = [...(behind.kind === 'runbook' ? [state.cursor - 1] : []), ...linksAround(state, behind)];
  return passed.find((index) => state.items[index]?.status === 'running' && !around.includes(index));
}

/** Links that have begun and not ended, the innermost first. */
export function openLinks(state: RunState): readonly number[] {
  const open: number[] = [];
  state.plan.items.forEach((item, index) => {
    if (item.kind === 'runbook' && state.items[index]?.status === 'running') open.unshift(index);
  });
  return open;
}

/** The end of a link whose items are all settled: passed, unless one of them failed and the run went on. */
export function endOfLink(state: RunState, link: number): readonly RunEvent[] {
  const failed = membersOf(state, link).some((index) => state.items[index]?.status === 'failed-continued');
  if (failed) return [...failedLink(state, link, 'failed'), ...continued(state, link)];
  const { address, attempt } = attemptOf(state, link);
  return [{ type: 'BlockPassed', address, attempt, result: resultOf(state, link) }];
}

/** What is recorded of links that the end of the whole run cuts off. */
export function cutOffLinks(state: RunState, outcome: Outcome): readonly RunEvent[] {
  return openLinks(state).flatMap((link) => failedLink(state, link, outcome));
}

/** A linked runbook is given up after a failure in it, and the run goes on behind it. */
export function leaveLink(state: RunState, link: number, failed: Address): readonly RunEvent[] {
  const inner = membersOf(state, link);
  const links = [...inner.filter((index) => state.items[index]?.status === 'running').reverse(), link];
  return [
    ...supersede(state, link, 'superseded', failed),
    ...links.flatMap((index) => [...failedLink(state, index, 'failed'), ...continued(state, index)]),
  ];
}

/** Everything of a link that has not happened yet will not happen. */
export function supersede(
  state: RunState,
  link: number,
  reason: SkipReason,
  except?: Address,
  more: Pick<Extract<RunEvent, { type: 'BlockSkipped' }>, 'by' | 'note'> = {},
): readonly RunEvent[] {
  return membersOf(state, link).flatMap((index): readonly RunEvent[] => {
    const address = state.plan.items[index]?.address;
    const status = state.items[index]?.status;
    if (address === undefined || address === except || status === undefined) return [];
    if (isSettled(status) || status === 'running') return [];
    return [{ type: 'BlockSkipped', address, reason, ...more }];
  });
}

function continued(state: RunState, link: number): readonly RunEvent[] {
  const { address } = attemptOf(state, link);
  const by = state.operator ?? { user: 'runsheet', host: '' };
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
    address: state.plan.items[link]?.address ?? ('' as Address),
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
