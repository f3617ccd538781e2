// Owns how each effect is brought about with the ports it is given.

import type { Address } from '../basics/address.ts';
import { assertNever } from '../basics/assert.ts';
import type { ApprovalSubject } from '../run/approvals/approval-subject.ts';
import type { Clock } from '../run/clock.ts';
import type { AttemptResult, FailureReason, HostResult } from '../run/event.ts';
import type { ExecutionRequest, ExecutionResult, Executor } from '../run/executor.ts';
import { checkExpectations, comparesOutputs } from '../run/expectations/check-expectations.ts';
import type { FailOnPurpose } from '../run/expectations/fail-on-purpose.ts';
import { comparedBytes, printedAsTold } from '../run/expectations/printed.ts';
import { scopedOutputs } from '../run/inputs/scoped-outputs.ts';
import { withOwnUse } from '../run/inputs/with-own-use.ts';
import { decodeMasked, type MaskedText, ownText } from '../run/masking/redactor.ts';
import type { BlockItem, ManualItem, Plan, PlanItem } from '../run/plan.ts';
import { nothingRun } from '../run/rules/effect.ts';
import { unmetNeeds } from '../run/rules/unmet-needs.ts';
import type { RunState } from '../run/state.ts';
import type { HostTargets } from '../run/targets/host-targets.ts';
import { turnIn } from '../run/targets/turn-of.ts';
import type { SendMessage } from '../run/telling/send-message.ts';
import { type AskedCondition, askCondition, checkCondition } from './ask-condition.ts';
import { bindTarget } from './bind-target.ts';
import { compareFile } from './compare-file.ts';
import { type ApprovalPerformers, performApproval } from './perform-approval.ts';
import { performMessage } from './perform-message.ts';
import { resolveHosts } from './resolve-hosts.ts';
import type { PerformableEffect, PerformContext, PerformEffect } from './run-engine.ts';
import { type HostEnd, runOnHosts } from './run-on-hosts.ts';

/** What effects are brought about with. */
export interface Performers {
  readonly plan: Plan;
  readonly clock: Clock;
  /** Starts the executor on first use and gives the same one ever after. */
  readonly executor: () => Promise<Executor>;
  /** The words for why a block failed, where the record holds them. */
  readonly reasonWords: (reason: FailureReason) => string;
  /** True where an unattended run shall rest at an open gate instead of waiting at it. */
  readonly pauseAtGates: boolean;
  /** Digests of the pages of the run as they stand on the disk now, results left out, by their file. */
  readonly pagesNow: () => ApprovalSubject['pages'];
  /** As in `ApprovalPerformers`. */
  readonly isKept: ApprovalPerformers['isKept'];
  /** Sends the messages of blocks that are one. */
  readonly sendMessage: SendMessage;
  /** Set where the outputs that blocks are expected to print are taken over instead of compared. */
  readonly takeOutput?: TakeOutput;
  /** Set in tests of runbooks alone. */
  readonly failOnPurpose?: FailOnPurpose;
}

/** Gets what a block printed, if all else about the block is well. */
export type TakeOutput = (item: BlockItem, stdout: MaskedText) => void;

const noTerminal = ownText('there is no terminal to open it on');

const takenWarning = ownText(
  'its output was not compared with the one shown: the run was asked to take it over',
);

/** Brings effects about. */
export function createPerformer(given: Performers): PerformEffect {
  const told = new Set<Address>();
  const asking = given.plan.items.filter(isAsking);
  return async (wanted, context) => {
    const effect = ofOwnUse(wanted, context.state());
    const executor = async (): Promise<Executor> => {
      const ready = await given.executor();
      await tellAnswers(context.state(), asking, told, ready);
      return ready;
    };
    const performers = { ...given, executor };
    switch (effect.type) {
      case 'resolve-hosts':
        return resolveHosts(await performers.executor(), effect, context);
      case 'check-condition':
        return checkCondition(await performers.executor(), effect, context);
      case 'compare-file':
        return compareFile(await performers.executor(), effect, context);
      case 'run-block':
        return runBlock(performers, effect, context);
      case 'open-shell':
        return openShell(performers, effect, context);
      case 'end-background':
        return endBackground(await performers.executor(), effect, context);
      case 'request-approval':
      case 'await-approval':
      case 'check-approval':
        return performApproval(performers, effect, context);
      default:
        return assertNever(effect);
    }
  };
}

function ofOwnUse(effect: PerformableEffect, state: RunState): PerformableEffect {
  switch (effect.type) {
    case 'resolve-hosts':
    case 'check-condition':
    case 'compare-file':
    case 'run-block':
      return { ...effect, item: withOwnUse(state, effect.item) };
    default:
      return effect;
  }
}

/** A step whose answer becomes a variable. */
type Asking = ManualItem & { readonly ask: NonNullable<ManualItem['ask']> };

function isAsking(item: PlanItem): item is Asking {
  return item.kind === 'manual' && item.ask !== undefined;
}

/** Blocks see what people have answered by then, unless something else was set under that name since. */
async function tellAnswers(
  state: RunState,
  asking: readonly Asking[],
  told: Set<Address>,
  executor: Executor,
): Promise<void> {
  for (const item of asking) {
    const { address, ask } = item;
    const answer = state.items[state.indexOf.get(address) ?? -1]?.answer;
    if (answer === undefined || told.has(address)) continue;
    told.add(address);
    const own = { [ask.variable]: answer };
    const isLast = state.captured[ask.variable] === answer;
    const variables = { ...(isLast && own), ...scopedOutputs(item, own) };
    if (Object.keys(variables).length > 0) await executor.setVariables(variables);
  }
}

async function runBlock(
  performers: Performers,
  effect: Extract<PerformableEffect, { type: 'run-block' }>,
  context: PerformContext,
): Promise<void> {
  const { executor, clock } = performers;
  const { item, attempt, code, from, delayMs, hosts } = effect;
  const { record, signal } = context;
  const { address } = item;
  const turn = turnIn(hosts);
  if (delayMs > 0) {
    await clock.sleep(delayMs, signal);
    if (signal.aborted) {
      const reason: FailureReason = { type: 'interrupted' };
      record({ type: 'BlockFailed', address, attempt, result: nothingRun, reason, ...turn });
      return;
    }
  }
  if (item.sends !== undefined) return performMessage(performers, effect, context);
  const ready = await executor();
  const isEdited = code !== item.code;
  record({
    type: 'BlockStarted',
    address,
    attempt,
    ...(isEdited && { code }),
    ...(from && { from }),
    ...turn,
  });
  const { result, reason, isNoFault } = await runAndJudge(performers, effect, ready, context);
  const of = { address, attempt, result };
  if (reason !== undefined) record({ type: 'BlockFailed', ...of, reason, ...turn });
  else if (turn.turn !== undefined) record({ type: 'TurnEnded', ...of, turn: turn.turn });
  else record({ type: 'BlockPassed', ...of });
  // Nobody is there to make room, and neither the steps that follow nor an undo could be begun.
  if (isNoFault && context.state().mode === 'unattended')
    record({
      type: 'RunPaused',
      reason: 'failure',
      message: `\`${address}\` could not be begun`,
      at: address,
    });
}

/** Runs it where it is to be run; in a test it may have to fail whatever it does. */
async function runAndJudge(
  performers: Performers,
  effect: Extract<PerformableEffect, { type: 'run-block' }>,
  ready: Executor,
  context: PerformContext,
): Promise<Judged> {
  const { failOnPurpose = () => undefined } = performers;
  const unwanted = failOnPurpose(effect.item, 'before', context.state());
  if (unwanted) return { result: nothingRun, reason: unwanted };
  const run =
    effect.hosts === undefined
      ? await runHere(performers, effect, ready, context)
      : await runThere(performers, effect, effect.hosts, ready, context);
  const reason = run.reason ?? failOnPurpose(effect.item, 'after', context.state());
  return reason === undefined ? run : { ...run, reason };
}

/** What of a request follows from the effect and from what has happened. */
function requestOf(
  { item, attempt, code, from }: Extract<PerformableEffect, { type: 'run-block' }>,
  state: RunState,
) {
  // What it would set now comes of what the run has changed since, and an undo may need what it has set then.
  const isOnlyAsked = state.items[state.indexOf.get(item.address) ?? -1]?.isNoGate === true;
  return {
    item,
    attempt,
    ...(isOnlyAsked && { isOnlyAsked }),
    code,
    isEdited: code !== item.code,
    ...(from && { fromLine: from.blockLine }),
    needs: unmetNeeds(state, item),
    purpose: 'block' as const,
  };
}

/** What was kept of the file that a block writes there, or puts back. */
function keptOf(state: RunState, item: BlockItem, host = ''): Pick<ExecutionRequest, 'kept'> {
  const known = state.items[state.indexOf.get(item.restores ?? item.address) ?? -1];
  const kept = known?.files?.[host]?.kept;
  return kept === undefined ? {} : { kept };
}

/** An attempt at a block, judged. */
interface Judged {
  readonly result: AttemptResult;
  readonly reason?: FailureReason;
  /** The tool could not begin it, for want of what it needs itself. */
  readonly isNoFault?: boolean;
}

/** Keeps the code of a block from being run. */
class InterruptedBeforeCode extends Error {
  override readonly name = 'InterruptedBeforeCode';
}

async function runHere(
  { takeOutput }: Performers,
  effect: Extract<PerformableEffect, { type: 'run-block' }>,
  ready: Executor,
  { state, sync, signal, onOutput, onTerminal }: PerformContext,
): Promise<Judged> {
  const { item, attempt } = effect;
  // The device works while the block is prepared.
  const synced = sync();
  synced.catch(() => {});
  const beforeCode = async (): Promise<void> => {
    if (!(await synced) || signal.aborted) throw new InterruptedBeforeCode();
  };
  const kept = keptOf(state(), item);
  const request = { ...requestOf(effect, state()), ...kept, beforeCode, signal, onOutput };
  const running = onTerminal(item, (terminal) => ready.run({ ...request, ...(terminal && { terminal }) }));
  const run = await running.catch((error: unknown) => {
    if (error instanceof InterruptedBeforeCode) return undefined;
    throw error;
  });
  if (run === undefined) return { result: nothingRun, reason: { type: 'interrupted' } };
  const reason = await judge(ready, { item, attempt, signal }, run, takeOutput);
  if (reason === undefined) return { result: run.result };
  const takes = takeOutput !== undefined && item.expect.some(comparesOutputs);
  const result = takes ? { ...run.result, warnings: [...run.result.warnings, takenWarning] } : run.result;
  return { result, reason, isNoFault: !run.ok && run.isNoFault === true };
}

/** One host may have the operator's terminal; several could not be told apart on it, and neither could items. */
async function runThere(
  { takeOutput, clock, reasonWords }: Performers,
  effect: Extract<PerformableEffect, { type: 'run-block' }>,
  targets: HostTargets,
  ready: Executor,
  { state, record, sync, signal, onOutput, onTerminal }: PerformContext,
): Promise<Judged> {
  const { item, attempt } = effect;
  const isOne = targets.all.length === 1 && item.each === undefined;
  if (item.interactive && !isOne) {
    const message = ownText(`an interactive block needs one host, and this one has ${targets.all.length}`);
    return { result: nothingRun, reason: { type: 'spawn', message } };
  }
  const runOn = async (host: string): Promise<HostEnd> => {
    const bound = bindTarget(item, host, targets.all);
    const kept = keptOf(state(), item, host);
    const request = { ...requestOf(effect, state()), ...kept, ...bound, signal, onOutput };
    const run = await (isOne
      ? onTerminal(item, (terminal) => ready.run({ ...request, ...(terminal && { terminal }) }))
      : ready.run(request));
    const failure = await judge(ready, { ...bound, attempt, signal }, run, isOne ? takeOutput : undefined);
    const { exitCode, durationMs, output, captured, shellState, finding, warnings } = run.result;
    const result: HostResult = {
      host,
      ...(item.each !== undefined && { each: item.each.name }),
      status: failure === undefined ? 'passed' : 'failed',
      attempt,
      exitCode,
      durationMs,
      output,
      ...(Object.keys(captured).length > 0 && { captured }),
      ...(shellState !== undefined && { shellState }),
      ...(finding && { finding }),
      ...(failure !== undefined && { failure }),
    };
    return { result, warnings };
  };
  const { monotonicMs } = clock;
  return runOnHosts({
    item,
    attempt,
    targets,
    executor: ready,
    runOn,
    record,
    sync,
    signal,
    monotonicMs,
    reasonWords,
  });
}

/** Why an attempt is a failure, or undefined when it is none: how it ended, what it printed, what holds now. */
async function judge(
  executor: Executor,
  where: Omit<AskedCondition, 'condition' | 'code'>,
  run: ExecutionResult,
  takeOutput: TakeOutput | undefined,
): Promise<FailureReason | undefined> {
  const { item } = where;
  if (!run.ok) return run.reason;
  if (item.background) return undefined;
  if (item.expect.length > 0) {
    const told = run.stdout;
    const stdout = decodeMasked(told.readStdout(comparedBytes));
    const printed = run.printed ?? printedAsTold(stdout, decodeMasked(told.readStderr(comparedBytes)));
    const [shown, others] = [
      item.expect.filter(comparesOutputs),
      item.expect.filter((one) => !comparesOutputs(one)),
    ];
    const failure = checkExpectations(takeOutput ? others : item.expect, printed, item.expectedOutput);
    if (failure) return failure;
    // What is as shown needs no taking over, though it may be told otherwise.
    if (takeOutput && shown.length > 0 && checkExpectations(shown, printed, item.expectedOutput))
      takeOutput(item, stdout);
  }
  if (item.check === undefined) return undefined;
  const holds = await askCondition(executor, { ...where, condition: 'check', code: item.check });
  if (holds === true) return undefined;
  if (holds !== false) return holds;
  return {
    type: 'condition',
    condition: 'check',
    message: ownText('the block ended well, but its `check` does not hold after it'),
  };
}

/** One that the executor knows nothing of ended with an earlier process. */
async function endBackground(
  executor: Executor,
  { items }: Extract<PerformableEffect, { type: 'end-background' }>,
  { record }: PerformContext,
): Promise<void> {
  const ends = await executor.endBackground();
  for (const end of ends) record({ type: 'BackgroundEnded', ...end });
  const lost = items.filter((address) => !ends.some((end) => end.address === address));
  for (const address of lost)
    record({ type: 'BackgroundEnded', address, result: nothingRun, ended: 'by-run' });
}

/** The operator's own shell: recorded are who was in it and how long, never what they did. */
async function openShell(
  { plan, executor }: Performers,
  { at }: Extract<PerformableEffect, { type: 'open-shell' }>,
  { record, sync, passTerminal, signal }: PerformContext,
): Promise<void> {
  const about = at === undefined ? {} : { at };
  if (!passTerminal) {
    record({ type: 'ShellClosed', durationMs: 0, ...about, problem: noTerminal });
    return;
  }
  const item = plan.items.find(({ address }) => address === at);
  const ready = await executor();
  if (!(await sync())) {
    record({ type: 'ShellClosed', durationMs: 0, ...about });
    return;
  }
  const closed = await passTerminal(at, (terminal) =>
    ready.openShell({ ...terminal, signal, ...(item?.kind === 'block' && { item }) }),
  );
  record({ type: 'ShellClosed', ...closed, ...about });
}
