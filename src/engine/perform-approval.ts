// Owns asking for approvals, waiting for them, and the last look at the pages before what was approved is run.
import type { Address } from '../basics/address.ts';
import { type ApprovalSubject, changedPages } from '../run/approvals/approval-subject.ts';
import type { Clock } from '../run/clock.ts';
import { effects } from '../run/effects.ts';
import type { PlanItem } from '../run/plan.ts';
import { timeoutActionOf } from '../run/rules/approval-effect.ts';
import type { GivenApproval, ItemState, RunState } from '../run/state.ts';
import type { PerformableEffect, PerformContext } from './run-engine.ts';

const waitPollMs = 200;

/** What is needed to ask and to wait. */
export interface ApprovalPerformers {
  readonly clock: Clock;
  readonly pauseAtGates: boolean;
  readonly pagesNow: () => ApprovalSubject['pages'];
  /** Whether what is kept of an answer is from who is said to have given it. */
  readonly isKept: (address: Address, answer: GivenApproval) => boolean;
}

type Of<Type extends PerformableEffect['type']> = Extract<PerformableEffect, { readonly type: Type }>;

/** Brings about what has to do with an approval. */
export async function performApproval(
  performers: ApprovalPerformers,
  effect: Of<'request-approval' | 'await-approval' | 'check-approval'>,
  context: PerformContext,
): Promise<void> {
  switch (effect.type) {
    case 'request-approval':
      return requestApproval(performers, effect, context);
    case 'await-approval':
      return awaitApproval(performers, effect, context);
    case 'check-approval':
      return checkApproval(performers, effect, context);
  }
}

/** Records that an approval is wanted, until when, and of exactly what. */
function requestApproval(
  { clock, pagesNow }: ApprovalPerformers,
  { item, gate, of, rest }: Of<'request-approval'>,
  { state, record }: PerformContext,
): void {
  const { name, people, count, timeoutMs, onTimeout } = gate;
  const expiresAt = timeoutMs === undefined ? undefined : new Date(clock.now().getTime() + timeoutMs);
  record({
    type: 'ApprovalRequested',
    address: item.address,
    gate: name,
    people,
    needed: count,
    by: state().operator ?? { user: 'unknown', host: '' },
    onTimeout,
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(rest && { rest }),
    of: { ...of, pages: pagesNow() },
  });
}

/** Waits until the gate is answered, has expired, or somebody ended the waiting. */
async function awaitApproval(
  { clock, pauseAtGates }: ApprovalPerformers,
  { item, expiresAt }: Of<'await-approval'>,
  { state, record, signal }: PerformContext,
): Promise<void> {
  const { address } = item;
  while (isWaiting(state(), item) && !signal.aborted) {
    if (expiresAt !== undefined && clock.now().getTime() >= Date.parse(expiresAt)) {
      record({ type: 'ApprovalTimedOut', address, action: actionAtEnd(state(), item) });
      return;
    }
    if (pauseAtGates) {
      record({
        type: 'RunPaused',
        reason: 'approval',
        message: `\`${address}\` waits for approval`,
        at: address,
      });
      return;
    }
    await clock.sleep(waitPollMs, signal);
  }
  if (signal.aborted && isWaiting(state(), item)) {
    record({
      type: 'RunPaused',
      reason: 'interrupt',
      message: `interrupted while waiting for the approval of \`${address}\``,
      at: address,
    });
  }
}

/** Records whether the pages are still those that were approved, and the answers those of who gave them. */
function checkApproval(
  { pagesNow, isKept }: ApprovalPerformers,
  { item, pages }: Of<'check-approval'>,
  { state, record }: PerformContext,
): void {
  const { address } = item;
  const given = stateOf(state(), item)?.approval?.given ?? [];
  const unproven = given.filter((answer) => !isKept(address, answer));
  record({
    type: 'ApprovalChecked',
    address,
    changed: [
      ...changedPages(pages, pagesNow()),
      ...unproven.map(({ by }) => `no answer of \`${by.user}\` is kept`),
    ],
  });
}

/** False also where what waits is another by now, which has to be asked for anew. */
function isWaiting(state: RunState, { address }: PlanItem): boolean {
  const effect = effects(state);
  return effect.type === 'await-approval' && effect.item.address === address;
}

function actionAtEnd(state: RunState, item: PlanItem) {
  const known = stateOf(state, item);
  return known?.approval ? timeoutActionOf(state, item, known, known.approval.onTimeout) : 'deny';
}

function stateOf({ items, indexOf }: RunState, { address }: PlanItem): ItemState | undefined {
  return items[indexOf.get(address) ?? -1];
}
