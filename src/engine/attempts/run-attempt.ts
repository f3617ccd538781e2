// Owns one attempt at one block, on whatever machine: its output, its time, its end.
import type { ExecutionRequest } from '../../run/executor.ts';
import { comparedBytes, type Printed } from '../../run/expectations/printed.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { MaskedBytes } from '../../run/masking/redactor.ts';
import type { BlockEnd, PreparedBlock } from '../machines/machine.ts';
import type { RunResources } from '../machines/run-resources.ts';
import { OutputMasker, type OutputMaskerOptions, withReturns } from '../output/output-masker.ts';
import type { OutputStore } from '../output/output-store.ts';
import { type EndedBy, supervise } from '../processes/supervise.ts';
import { readCapture } from './read-capture.ts';

export interface AttemptRequest {
  readonly execution: ExecutionRequest;
  readonly prepared: PreparedBlock;
  /** The host that it runs on; absent for this machine. */
  readonly host?: string;
  readonly store: OutputStore;
  /** Unmasked stdout up to this many bytes is wanted. */
  readonly rawStdoutLimit: number;
  /** Is kept before all that it prints, and shown to nobody who watches. */
  readonly prologue?: MaskedBytes;
  /** Called when there is something to end. */
  readonly onStarted?: () => void;
}

/** How an attempt ended. */
export interface Attempt extends BlockEnd {
  readonly endedBy: EndedBy;
  readonly durationMs: number;
  readonly rawStdout: Uint8Array;
  /** Set where the block has expectations. */
  readonly printed?: Printed;
}

/** Runs it, takes all it prints and ends its tree when it has to. */
export async function runAttempt(
  { secrets, monotonicMs }: Pick<RunResources, 'secrets' | 'monotonicMs'>,
  { execution, prepared, host, store, rawStdoutLimit, prologue, onStarted }: AttemptRequest,
): Promise<Attempt> {
  const isCompared = execution.purpose === 'block' && execution.item.expect.length > 0;
  const output = new OutputMasker({
    store,
    rawStdoutLimit,
    ...(isCompared && { comparedLimit: comparedBytes }),
    redactStream: () => secrets.redactor.createStream(),
    ...learnsFrom(execution, secrets),
    onOutput: outputListener(execution, prepared.onTerminal, host),
  });
  let startedAt = monotonicMs();
  let markBegun: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    markBegun = resolve;
  });
  const running = await prepared.start({
    output,
    beforeCode: async () => {
      await execution.beforeCode?.();
      if (prologue !== undefined) store.append('stdout', prologue);
      startedAt = monotonicMs();
      markBegun();
    },
    onStarted: () => onStarted?.(),
  });
  const { timeoutMs } = execution.item;
  const supervised = supervise(running.ended, {
    signal: execution.signal,
    // A journal that takes its time takes none of the block's.
    ...(timeoutMs !== undefined && { timeoutMs, timeFrom: begun }),
    started: running.started,
    onEnd: () => running.abort(),
  });
  const { endedBy } = await supervised.catch(async (error: unknown) => {
    // Nothing was run.
    await running.abandon();
    output.finish();
    throw error;
  });
  const end = await running.settle();
  output.finish();
  const durationMs = Math.max(0, Math.round(monotonicMs() - startedAt));
  const printed: Printed = {
    stdout: output.comparedOf('stdout'),
    stderr: output.comparedOf('stderr'),
    mask: (text) => secrets.redactor.redactText(text),
  };
  return { ...end, endedBy, durationMs, rawStdout: output.rawStdout, ...(isCompared && { printed }) };
}

/** What is captured as a secret is known to be one only when all of it is there. */
function learnsFrom(
  { purpose, item }: ExecutionRequest,
  secrets: KnownSecrets,
): Pick<OutputMaskerOptions, 'learnFrom'> {
  const captures = (item.captures ?? []).filter(({ name }) => secrets.mayBeSecret(name));
  if (purpose !== 'block' || captures.length === 0) return {};
  return {
    learnFrom: (stdout) => {
      for (const capture of captures) {
        const read = readCapture(capture, stdout);
        if (read.ok) secrets.learn(capture.name, read.value);
      }
    },
  };
}

/** What the block prints goes to whoever watches it: on a terminal of its own as a terminal shows it. */
function outputListener(
  { item, attempt, terminal, each, onOutput }: ExecutionRequest,
  onTerminal: boolean,
  host?: string,
) {
  const isShown = onTerminal && terminal?.type === 'own';
  const { address } = item;
  return (stream: 'stdout' | 'stderr', bytes: MaskedBytes, from: 'pipe' | 'terminal'): void =>
    onOutput({
      address,
      attempt,
      stream: isShown ? 'terminal' : stream,
      bytes: isShown && from === 'pipe' ? withReturns(bytes) : bytes,
      ...(host !== undefined && !isShown && { host }),
      ...(each !== undefined && { item: each.item }),
    });
}
