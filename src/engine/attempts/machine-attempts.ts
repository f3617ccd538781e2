// Owns the attempts at blocks on one machine, from a request to the answer that the journal keeps.
import { join } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import type { AttemptResult, FailureReason } from '../../run/event.ts';
import type { ExecutionRequest, ExecutionResult } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import type { Machine, PreparedBlock } from '../machines/machine.ts';
import type { RunResources } from '../machines/run-resources.ts';
import {
  conditionOutputBytes,
  FileOutput,
  MemoryOutput,
  type OutputStore,
  outputFileName,
} from '../output/output-store.ts';
import type { SmallOutputs } from '../output/small-outputs.ts';
import type { SavedStates } from '../shells/saved-states.ts';
import { failureOf, stateWarnings } from './failure-of.ts';
import { handedOnBy, maskValues, type Values } from './handed-on-by.ts';
import { captureLimitBytes } from './read-capture.ts';
import { answer, notStarted, resultOf, withoutSecrets } from './result-of.ts';
import { type Attempt, runAttempt } from './run-attempt.ts';

/** What became of the values that a block hands on. */
export interface HandOver {
  /** Those that were taken. */
  readonly values: Values;
  /** True where the state of the machine has changed by it. */
  readonly changed: boolean;
  /** Why they could not be taken. */
  readonly reason?: FailureReason<string>;
}

export interface MachineAttemptsContext {
  readonly machine: Machine;
  readonly resources: Pick<RunResources, 'redactor' | 'monotonicMs'>;
  /** Outputs and states are kept below it. */
  readonly runFolder: string;
  readonly saved: SavedStates;
  /** Names of the variables that are never stored; those that turn out to hold a secret join them. */
  readonly secretNames: Set<string>;
  /** Where outputs of a few lines are kept together; each has a file of its own when absent. */
  readonly smallOutputs?: SmallOutputs;
  /** Takes what a block hands on, secrets as they are. */
  readonly handOver: (item: BlockItem, values: Values) => HandOver;
}

/** One at a time, but for those that go on beside the others. */
export class MachineAttempts {
  readonly #context: MachineAttemptsContext;

  constructor(context: MachineAttemptsContext) {
    this.#context = context;
  }

  /** Runs a block or a condition to its end. */
  async run(request: ExecutionRequest): Promise<ExecutionResult> {
    const store = this.#openStore(request);
    const { machine, resources } = this.#context;
    const { purpose, item } = request;
    return this.#unlessRefused(store, async (onStarted) => {
      const prepared = await machine.prepare(request);
      if ('startFailure' in prepared) return this.#masked(notStarted(store, prepared.startFailure));
      const attempt = await runAttempt(resources, {
        execution: request,
        prepared,
        store,
        rawStdoutLimit: purpose === 'block' && item.capture !== undefined ? captureLimitBytes : 0,
        ...(machine.host !== undefined && { host: machine.host }),
        onStarted,
      });
      const result = this.#conclude(request, prepared, attempt, store);
      await prepared.done();
      return this.#masked(result);
    });
  }

  /**
   * Starts a block in a shell of its own, so that the run's shell is free for the next one, and answers as soon as it
   * is there. `keep` gets its end, and what ends it.
   */
  async startApart(
    request: ExecutionRequest,
    keep: (ended: Promise<AttemptResult>, end: () => void) => void,
  ): Promise<ExecutionResult> {
    const store = this.#openStore(request);
    return this.#unlessRefused(store, (onStarted) => this.#startApart(request, store, onStarted, keep));
  }

  async #startApart(
    request: ExecutionRequest,
    store: OutputStore,
    onStarted: () => void,
    keep: (ended: Promise<AttemptResult>, end: () => void) => void,
  ): Promise<ExecutionResult> {
    const { machine, resources } = this.#context;
    const prepared = await machine.prepare(request, 'apart');
    if ('startFailure' in prepared) return this.#masked(notStarted(store, prepared.startFailure));
    const ending = new AbortController();
    let hasBegun = false;
    let markStarted: () => void = () => {};
    const started = new Promise<void>((resolve) => {
      markStarted = resolve;
    });
    const run = runAttempt(resources, {
      execution: { ...request, signal: ending.signal },
      prepared,
      store,
      rawStdoutLimit: 0,
      onStarted: () => {
        hasBegun = true;
        onStarted();
        markStarted();
      },
    });
    // Its shell is its own, and goes with it.
    const ended = run
      .finally(() => prepared.done())
      .then((attempt) => {
        if ('startFailure' in attempt.outcome && !hasBegun) throw new NotBegun(attempt.outcome.startFailure);
        return resultOf(attempt, store, {}, []);
      });
    // From here on, so that a run that ends while it starts ends it.
    keep(ended, () => ending.abort());
    ended.catch((error: unknown) => {
      // One that did not begin is told of to whoever wanted it; that one which has begun breaks is a bug.
      if (hasBegun) throw error;
    });
    await Promise.race([started, ended]);
    return { ok: true, stdout: store, result: nothingYet };
  }

  /** Where the system refuses what is needed to begin it, that is the attempt's failure, and nothing of it has run. */
  async #unlessRefused(
    store: OutputStore,
    attempt: (onStarted: () => void) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    let hasBegun = false;
    try {
      return await attempt(() => {
        hasBegun = true;
      });
    } catch (error) {
      if (hasBegun || !(error instanceof NotBegun || systemErrorCode(error) !== undefined)) throw error;
      return this.#masked(notStarted(store, errorMessage(error)));
    }
  }

  #openStore({ item, attempt, purpose }: ExecutionRequest): OutputStore {
    if (purpose === 'condition') return new MemoryOutput(conditionOutputBytes);
    const { machine, runFolder, smallOutputs } = this.#context;
    const name = machine.host === undefined ? item.address : `${item.address}@${machine.host}`;
    return new FileOutput(runFolder, join('outputs', outputFileName(name, attempt)), smallOutputs);
  }

  #conclude(
    request: ExecutionRequest,
    prepared: PreparedBlock,
    attempt: Attempt,
    store: OutputStore,
  ): ExecutionResult<string> {
    const failure = failureOf(attempt, request);
    if (request.purpose === 'condition') return answer(attempt, store, {}, [], failure);
    const { machine, saved, secretNames, resources, handOver } = this.#context;
    const warnings = prepared.carriesState ? stateWarnings(attempt) : [];
    const isAdopted = attempt.adopt?.(warnings) ?? false;
    const written = handedOnBy(request.item, attempt, failure, warnings);
    const { values, changed, reason } = handOver(request.item, written);
    const captured = maskValues(values, { redactor: resources.redactor, secretNames });
    const shellState = isAdopted || changed ? saved.save(machine.carried.changes(), warnings) : undefined;
    if (store.failure !== undefined) warnings.push(`not all output was stored: ${store.failure}`);
    return answer(attempt, store, captured, warnings, failure ?? reason, shellState);
  }

  #masked(ran: ExecutionResult<string>): ExecutionResult {
    return withoutSecrets(ran, this.#context.resources.redactor);
  }
}

/** A block that was to go on beside the others could not be started; the message says why. */
class NotBegun extends Error {
  override readonly name = 'NotBegun';
}

/** The result of a block that has only begun. */
const nothingYet: AttemptResult = {
  exitCode: null,
  durationMs: 0,
  output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
  captured: {},
  warnings: [],
};
