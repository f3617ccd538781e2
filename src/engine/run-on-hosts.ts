// Owns a block's way over its hosts, or over the items of its list: how many at once, when no further one is begun, what it comes to.
import type { AttemptResult, FailureReason, HostResult, RunEvent } from '../run/event.ts';
import type { Executor } from '../run/executor.ts';
import { type MaskedText, ownText } from '../run/masking/redactor.ts';
import type { OutputSummary } from '../run/output-summary.ts';
import type { BlockItem } from '../run/plan.ts';
import {
  emptyResult,
  type HostTargets,
  hostsFailure,
  mayBegin,
  parallelOf,
} from '../run/targets/host-targets.ts';

/** One host of an attempt, ended, with what an operator should know of it. */
export interface HostEnd {
  readonly result: HostResult;
  readonly warnings: readonly MaskedText[];
}

/** An attempt at a block on its hosts, and what it is made with. */
export interface HostsRequest {
  readonly item: BlockItem;
  readonly attempt: number;
  readonly targets: HostTargets;
  readonly executor: Executor;
  /** Runs the block on one host and judges what came of it. */
  readonly runOn: (host: string) => Promise<HostEnd>;
  readonly record: (...events: readonly RunEvent[]) => void;
  /** As in `PerformContext`. */
  readonly sync: () => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly monotonicMs: () => number;
  /** The words for why one host failed, as they are to stand in the record. */
  readonly reasonWords: (reason: FailureReason) => string;
}

/** What an attempt on hosts came to. */
export interface HostsEnd {
  readonly result: AttemptResult;
  readonly reason?: FailureReason;
}

/** Runs an attempt on the hosts that are left, so many at once as the block allows. */
export async function runOnHosts(request: HostsRequest): Promise<HostsEnd> {
  const { item, targets, signal, monotonicMs } = request;
  const startedAt = monotonicMs();
  const ended = new Map<string, HostEnd>();
  const waiting = [...targets.left];
  const running = new Set<Promise<void>>();
  const limit = parallelOf(item);
  let failed = 0;
  const mayGoOn = (): boolean => {
    // Whoever has the turn has it together.
    const isOneTurn = targets.turn !== undefined;
    return !signal.aborted && (isOneTurn || mayBegin(item, targets.all.length, failed));
  };
  while (running.size > 0 || (waiting.length > 0 && mayGoOn())) {
    const next = mayGoOn() ? waiting.splice(0, Math.max(0, limit - running.size)) : [];
    for (const host of await begin(request, next, mayGoOn)) {
      const done = finish(request, host).then((end) => {
        ended.set(host, end);
        if (end.result.status === 'failed') failed += 1;
        running.delete(done);
      });
      running.add(done);
    }
    if (running.size > 0) await Promise.race(running);
  }
  return conclude(request, ended, Math.round(monotonicMs() - startedAt));
}

/** The hosts to begin now. What is about to be begun is on the device before it is; meanwhile things may change. */
async function begin(
  { item, attempt, record, sync }: HostsRequest,
  hosts: readonly string[],
  mayGoOn: () => boolean,
): Promise<readonly string[]> {
  if (hosts.length === 0) return hosts;
  const { address } = item;
  const each = item.each?.name;
  const named = each === undefined ? {} : { each };
  record(...hosts.map((host): RunEvent => ({ type: 'HostStarted', address, attempt, host, ...named })));
  if ((await sync()) && mayGoOn()) return hosts;
  const notRun = hosts.map((host) => emptyResult(host, 'not-run', each));
  record(...notRun.map((result): RunEvent => ({ type: 'HostEnded', address, result })));
  return [];
}

async function finish({ item, runOn, record }: HostsRequest, host: string): Promise<HostEnd> {
  const end = await runOn(host);
  record({ type: 'HostEnded', address: item.address, result: end.result });
  return end;
}

async function conclude(
  { item, targets, executor, signal, reasonWords }: HostsRequest,
  ended: ReadonlyMap<string, HostEnd>,
  durationMs: number,
): Promise<HostsEnd> {
  const settled = new Map(targets.settled.map((result) => [result.host, result]));
  const hosts = targets.all.map(
    (host) => ended.get(host)?.result ?? settled.get(host) ?? emptyResult(host, 'not-run', item.each?.name),
  );
  const ran = hosts.filter(({ status }) => status === 'passed' || status === 'failed');
  const handedOn = await executor.handOn(item, ran, targets.all.length === 1 && item.each === undefined);
  const interrupted =
    signal.aborted &&
    hosts.some(({ host, status }) => {
      const isNow = targets.turn?.items.includes(host) ?? true;
      return isNow && (status === 'failed' || status === 'not-run');
    });
  const reason: FailureReason | undefined = interrupted
    ? { type: 'interrupted' }
    : (hostsFailure(item, hosts, reasonWords, targets.turn) ?? handedOn.reason);
  const [only] = hosts;
  const isOne = hosts.length === 1 && only !== undefined;
  const result: AttemptResult = {
    exitCode: isOne ? only.exitCode : reason === undefined ? 0 : null,
    durationMs,
    output: sumOf(hosts.filter(({ host }) => ended.has(host)).map(({ output }) => output)),
    captured: handedOn.captured,
    ...(hosts.some(({ finding }) => finding) && { finding: true as const }),
    ...(handedOn.shellState !== undefined && { shellState: handedOn.shellState }),
    warnings: [
      ...[...ended].flatMap(([host, { warnings }]) =>
        warnings.map((text) => (isOne ? text : ownText(`${host}: ${text}`))),
      ),
      ...handedOn.warnings,
      ...(reason === undefined ? failedAllTheSame(item, hosts, targets) : []),
    ],
    hosts,
  };
  return { result, ...(reason !== undefined && { reason }) };
}

/** A block that passed because enough of them did says of the others that they did not. */
function failedAllTheSame(
  { each }: BlockItem,
  hosts: readonly HostResult[],
  { turn }: HostTargets,
): readonly MaskedText[] {
  const ended = hosts.filter(({ status }) => status === 'failed');
  const failed = ended
    .filter(({ host }) => turn?.items.includes(host) ?? true)
    .map(({ host }) => `\`${host}\``);
  if (failed.length === 0) return [];
  if (turn !== undefined) return [ownText(`failed, and enough can still pass: ${failed.join(', ')}`)];
  const named = failed.length > 3 ? [...failed.slice(0, 3), `${failed.length - 3} more`] : failed;
  const kind = each === undefined ? 'hosts' : 'items';
  return [
    ownText(`${failed.length} of ${hosts.length} ${kind} failed, and enough passed: ${named.join(', ')}`),
  ];
}

/** What all hosts have printed; each has a file of its own. */
function sumOf(outputs: readonly OutputSummary[]): OutputSummary {
  const sum = (count: (output: OutputSummary) => number): number =>
    outputs.reduce((total, output) => total + count(output), 0);
  const [only] = outputs;
  if (only !== undefined && outputs.length === 1) return only;
  const droppedBytes = sum((output) => output.droppedBytes ?? 0);
  return {
    stdoutBytes: sum(({ stdoutBytes }) => stdoutBytes),
    stderrBytes: sum(({ stderrBytes }) => stderrBytes),
    lines: sum(({ lines }) => lines),
    ...(droppedBytes > 0 && { droppedBytes }),
  };
}
