// Owns asking the conditions of a block's attributes: whether it runs, whether it is done already.
import { fail, ok, type Result } from '../basics/result.ts';
import { meansNo } from '../languages/commands/judging/means-no.ts';
import type { FailureReason } from '../run/event.ts';
import type { EachItem, Executor } from '../run/executor.ts';
import { ownText } from '../run/masking/redactor.ts';
import type { BlockItem } from '../run/plan.ts';
import { nothingRun } from '../run/rules/effect.ts';
import type { RunState } from '../run/state.ts';
import { parallelOf } from '../run/targets/host-targets.ts';
import { turnIn } from '../run/targets/turn-of.ts';
import { bindTarget } from './bind-target.ts';
import type { PerformableEffect, PerformContext } from './run-engine.ts';

/** How often a block was begun so far. */
export function attemptsOf(state: RunState, { address }: BlockItem): number {
  return state.items[state.indexOf.get(address) ?? -1]?.attempts ?? 0;
}

/** Asks a `when` or `check`, on every host of the block that is left where it has any. */
export async function checkCondition(
  ready: Executor,
  { item, condition, code, hosts }: Extract<PerformableEffect, { type: 'check-condition' }>,
  { record, state, signal }: PerformContext,
): Promise<void> {
  const attempt = attemptsOf(state(), item);
  const asked = { item, attempt, condition, code, signal };
  const { address } = item;
  const refuse = (reason: FailureReason): void =>
    record({ type: 'BlockFailed', address, attempt, result: nothingRun, reason, ...turnIn(hosts) });
  if (hosts === undefined) {
    const holds = await askCondition(ready, asked);
    if (typeof holds !== 'boolean') return refuse(holds);
    return record({ type: 'ConditionChecked', address, condition, holds });
  }
  const said = await askOnHosts(hosts.left, parallelOf(item), (host) =>
    askCondition(ready, { ...asked, ...bindTarget(item, host, hosts.all) }),
  );
  if (!said.ok) return refuse(said.error);
  const answers = [...said.value.values()];
  // One host that wants it is enough to run; to be done already, it must be done on all.
  const holds = condition === 'when' ? answers.some(Boolean) : answers.every(Boolean);
  record({
    type: 'ConditionChecked',
    address,
    condition,
    holds,
    hosts: Object.fromEntries(said.value),
    ...(item.each !== undefined && { each: item.each.name }),
  });
}

/** What each host says; the first failure, where one cannot be asked. */
async function askOnHosts(
  hosts: readonly string[],
  parallel: number,
  ask: (host: string) => Promise<boolean | FailureReason>,
): Promise<Result<ReadonlyMap<string, boolean>, FailureReason>> {
  const answers = new Map<string, boolean>();
  let failure: FailureReason | undefined;
  const waiting = [...hosts];
  const askNext = async (): Promise<void> => {
    for (let host = waiting.shift(); host !== undefined && failure === undefined; host = waiting.shift()) {
      const answer = await ask(host);
      if (typeof answer === 'boolean') answers.set(host, answer);
      else failure ??= answer;
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, hosts.length) }, askNext));
  return failure === undefined ? ok(answers) : fail(failure);
}

/** What is asked of a block, and where. */
export interface AskedCondition {
  readonly item: BlockItem;
  readonly attempt: number;
  readonly condition: 'when' | 'check';
  readonly code: string;
  readonly signal: AbortSignal;
  readonly host?: string;
  readonly each?: EachItem;
}

/** Exit 0 is yes, and 1 or what `meansNo` knows is no; anything else is a failure of the condition, never an answer. */
export async function askCondition(
  executor: Executor,
  { condition, ...asked }: AskedCondition,
): Promise<boolean | FailureReason> {
  const run = await executor.run({ ...asked, purpose: 'condition', onOutput: () => {} });
  if (run.ok) return true;
  const { reason } = run;
  if (reason.type === 'interrupted' || reason.type === 'connection') return reason;
  if (reason.type === 'exit' && meansNo(asked.code, reason.code)) return false;
  const how =
    reason.type === 'spawn'
      ? reason.message
      : run.result.exitCode === null
        ? 'did not end by itself'
        : `ended with exit ${run.result.exitCode}`;
  const { host, each } = asked;
  const where = host === undefined ? (each === undefined ? '' : ` for \`${each.item}\``) : ` on \`${host}\``;
  return {
    type: 'condition',
    condition,
    message: ownText(`\`${condition}\` ${how}${where}; 0 means yes and 1 means no`),
  };
}
