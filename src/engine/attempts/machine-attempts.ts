// Owns the attempts at blocks on one machine, from a request to the answer that the journal keeps.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errorMessage } from '../../basics/coded-error.ts';
import { silentReads } from '../../languages/shell/reader/silent-reads.ts';
import type { AttemptResult, FailureReason } from '../../run/event.ts';
import type {
  BackgroundEnd,
  EachItem,
  ExecutionRequest,
  ExecutionResult,
  LateOutput,
} from '../../run/executor.ts';
import type { MaskedBytes } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import type { Machine, MachineScript, PreparedBlock } from '../machines/machine.ts';
import type { RunResources } from '../machines/run-resources.ts';
import {
  conditionOutputBytes,
  FileOutput,
  MemoryOutput,
  type OutputStore,
  outputFileName,
  outputOwner,
} from '../output/output-store.ts';
import type { SmallOutputs } from '../output/small-outputs.ts';
import type { StartFailure } from '../processes/start-process.ts';
import { isOutOfResources } from '../processes/why-not-started.ts';
import type { SavedStates } from '../shells/saved/saved-states.ts';
import { answer, notStarted, withoutSecrets } from './answer.ts';
import {
  failureOf,
  hasLostShell,
  isFinding,
  programWarnings,
  stateWarnings,
  trapIsLost,
  wasToldToEnd,
} from './failure-of.ts';
import { handedOnBy, maskValues, type Values } from './handed-on-by.ts';
import { keepLateOutput } from './keep-late-output.ts';
import { maskAgain } from './mask-again.ts';
import { passedOver } from './passed-over.ts';
import { wantedForCaptures } from './read-capture.ts';
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

/** A block that has been started apart and is still watched by whoever started it. */
export interface BackgroundStart {
  /** From here on its end is told of like that of every block in the background. */
  goOn(): void;
}

/** How a block ended that went on beside the others. */
type ApartEnd = Omit<BackgroundEnd, 'address'>;

/** Gets the end of a block that goes on, and what ends it. */
type KeepApart = (ended: Promise<ApartEnd>, end: () => void) => BackgroundStart;

/** A block in the background has begun well when it has stood for this long. */
const startMs = 300;

/** What comes first: the end, or nothing when the start is over. */
async function pastItsStart<Value>(ended: Promise<Value>): Promise<Value | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([ended, setTimeout(startMs, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}

export interface MachineAttemptsContext {
  readonly machine: Machine;
  readonly resources: Pick<RunResources, 'secrets' | 'monotonicMs'>;
  /** Outputs and states are kept below it. */
  readonly runFolder: string;
  readonly saved: SavedStates;
  /** Where outputs of a few lines are kept together; each has a file of its own when absent. */
  readonly smallOutputs?: SmallOutputs;
  /** Gets what will have been printed after a block had ended; undefined for nothing. */
  readonly onLateOutput: (late: Promise<LateOutput | undefined>) => void;
  /** Takes what a block hands on, secrets as they are. */
  readonly handOver: (item: BlockItem, values: Values, each?: EachItem) => HandOver;
}

/** One at a time, but for those that go on beside the others. */
export class MachineAttempts {
  readonly #context: MachineAttemptsContext;

  constructor(context: MachineAttemptsContext) {
    this.#context = context;
  }

  /** Runs a block or a condition to its end. */
  async run(request: ExecutionRequest): Promise<ExecutionResult> {
    const store = this.openStore(request);
    const { machine, resources } = this.#context;
    const { purpose, item } = request;
    resources.secrets.watch(silentReads(request.code));
    return this.#unlessRefused(store, async (onStarted) => {
      const prepared = await machine.prepare(request, isItem(request) ? 'apart' : undefined);
      if ('startFailure' in prepared) return this.#masked(notStarted(store, prepared.startFailure));
      const attempt = await runAttempt(resources, {
        execution: request,
        prepared,
        store,
        rawStdoutLimit: purpose === 'block' ? wantedForCaptures(item) : 0,
        ...(machine.host !== undefined && { host: machine.host }),
        onStarted,
      });
      const ended = this.#masked(this.#conclude(request, prepared, attempt, store));
      this.#followLeftBehind(request, attempt, ended.result);
      await prepared.done();
      return ended;
    });
  }

  /**
   * Runs a script of ours in the place of a block, and tells how it ended as it is. What it prints is the block's where
   * it has a store; else its first bytes are in the answer, and shown to nobody.
   */
  async runScript(
    request: ExecutionRequest,
    script: MachineScript,
    store: OutputStore,
    more: { readonly rawStdoutLimit?: number; readonly prologue?: MaskedBytes } = {},
  ): Promise<Attempt | StartFailure> {
    const { machine, resources } = this.#context;
    const prepared = await machine.prepareScript(request, script);
    if ('startFailure' in prepared) return prepared;
    const attempt = await runAttempt(resources, {
      execution: request,
      prepared,
      store,
      rawStdoutLimit: 0,
      ...(machine.host !== undefined && { host: machine.host }),
      ...more,
    });
    await prepared.done();
    return attempt;
  }

  /** Runs code in the shells' state of which nothing but what it prints is wanted. */
  async runAside(request: ExecutionRequest): Promise<void> {
    const store = new MemoryOutput(0);
    const { machine, resources } = this.#context;
    const prepared = await machine.prepare(request, 'apart');
    if ('startFailure' in prepared) return;
    await runAttempt(resources, { execution: request, prepared, store, rawStdoutLimit: 0 });
    await prepared.done();
  }

  /**
   * Starts a block in a shell of its own, so that the run's shell is free for the next one, and answers when it has
   * stood for a moment: one that ends at once ends like any other. `keep` gets its end, and what ends it.
   */
  async startApart(request: ExecutionRequest, keep: KeepApart): Promise<ExecutionResult> {
    const store = this.openStore(request);
    return this.#unlessRefused(store, (onStarted) => this.#startApart(request, store, onStarted, keep));
  }

  async #startApart(
    request: ExecutionRequest,
    store: OutputStore,
    onStarted: () => void,
    keep: KeepApart,
  ): Promise<ExecutionResult> {
    const { machine, resources } = this.#context;
    const prepared = await machine.prepare(request, 'apart');
    if ('startFailure' in prepared) return this.#masked(notStarted(store, prepared.startFailure));
    const ending = new AbortController();
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
        onStarted();
        markStarted();
      },
    });
    // Its shell is its own, and goes with it.
    const ended = run
      .finally(() => prepared.done())
      .then((attempt) => this.#concludeApart(request, attempt, store));
    let goesOn = false;
    ended.catch((error: unknown) => {
      // One that did not begin is told of to whoever wanted it; that one which goes on breaks is a bug.
      if (goesOn) throw error;
    });
    // From here on, so that a run that ends while it starts ends it.
    const end = (): void => ending.abort();
    const start = keep(
      ended.then(({ apart }) => apart),
      end,
    );
    request.signal.addEventListener('abort', end, { once: true });
    if (request.signal.aborted) end();
    const first = await Promise.race([started.then(() => pastItsStart(ended)), ended]);
    request.signal.removeEventListener('abort', end);
    if (first !== undefined) return first.answer;
    goesOn = true;
    start.goOn();
    return { ok: true, stdout: store, result: nothingYet };
  }

  /** What a block has left behind may go on printing, and is kept with what it has printed itself. */
  #followLeftBehind(request: ExecutionRequest, { leftBehind }: Attempt, result: AttemptResult): void {
    if (leftBehind === undefined) return;
    const { runFolder, resources, onLateOutput } = this.#context;
    // The result of an attempt that is over is that of all items.
    if (request.purpose === 'condition' || isItem(request)) {
      void leftBehind.follow(() => {});
      return;
    }
    const { item, attempt } = request;
    const file = join('outputs', outputFileName(`${item.address}@later`, attempt));
    const redactStream = () => resources.secrets.redactor.createStream();
    onLateOutput(
      keepLateOutput(leftBehind, { result, runFolder, file, redactStream }).then((late) =>
        late === undefined ? undefined : { address: item.address, attempt, result: late },
      ),
    );
  }

  #concludeApart(
    request: ExecutionRequest,
    attempt: Attempt,
    store: OutputStore,
  ): { readonly apart: ApartEnd; readonly answer: ExecutionResult } {
    const { failure, warnings } = passedOver(request, attempt, failureOf(attempt, request, false));
    const finding = failure === undefined && isFinding(attempt, request);
    const masked = this.#masked(answer({ attempt, store, finding, warnings }, failure));
    this.#followLeftBehind(request, attempt, masked.result);
    const counts = !masked.ok && attempt.endedBy !== 'interrupt' && !wasToldToEnd(attempt);
    const apart: ApartEnd = {
      result: masked.result,
      ended: attempt.endedBy === 'interrupt' ? 'by-run' : 'itself',
      ...(counts && { reason: masked.reason }),
    };
    return { apart, answer: masked };
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
      if (hasBegun || systemErrorCode(error) === undefined) throw error;
      const refused = this.#masked(notStarted(store, errorMessage(error)));
      // What the disk refuses the tool is no fault of the block's.
      return refused.ok || isOutOfResources(error) ? refused : { ...refused, isNoFault: true };
    }
  }

  /** Where the output of an attempt at a block is kept. */
  openStore(request: ExecutionRequest): OutputStore {
    if (request.purpose === 'condition') return new MemoryOutput(conditionOutputBytes);
    const { runFolder, smallOutputs } = this.#context;
    return new FileOutput(
      runFolder,
      join('outputs', outputFileName(this.#nameOf(request), request.attempt)),
      smallOutputs,
    );
  }

  #conclude(
    request: ExecutionRequest,
    prepared: PreparedBlock,
    attempt: Attempt,
    store: OutputStore,
  ): ExecutionResult<string> {
    const ownFailure = failureOf(attempt, request, prepared.carriesState);
    if (request.purpose === 'condition') return answer({ attempt, store }, ownFailure);
    const { failure, warnings: unheard } = passedOver(request, attempt, ownFailure);
    const { machine, saved, resources, handOver } = this.#context;
    const known = resources.secrets.count;
    const warnings = prepared.carriesState && !isItem(request) ? stateWarnings(attempt) : [];
    warnings.push(...unheard);
    if (attempt.leftUnheard) warnings.push(stillRunsUnheard);
    if (attempt.leftBehind !== undefined) warnings.push(isItem(request) ? stillRunsUnheard : stillRuns);
    const adopts = !isItem(request) && request.isOnlyAsked !== true;
    const isAdopted = adopts && (attempt.adopt?.(warnings) ?? false);
    const isLost = adopts && hasLostShell(attempt) && machine.carried.loseShell(attempt.dialect);
    if (isLost) warnings.push(trapIsLost);
    if (prepared.carriesState) warnings.push(...programWarnings(failure, machine.carried));
    const written = handedOnBy(request.item, attempt, failure, warnings);
    const { values, changed, reason } = handOver(
      request.item,
      request.isOnlyAsked ? {} : written.values,
      request.each,
    );
    const captured = maskValues(values, resources.secrets);
    const shellState =
      isAdopted || isLost || changed ? saved.save(machine.carried.changes(), warnings) : undefined;
    const ended = failure ?? written.reason ?? reason;
    const finding = ended === undefined && isFinding(attempt, request);
    const kept = resources.secrets.count === known ? store : this.#maskAgain(request, store);
    if (kept.failure !== undefined) warnings.push(`not all output was stored: ${kept.failure}`);
    return answer({ attempt, store: kept, captured, warnings, shellState, finding }, ended);
  }

  /** With the secrets that have turned up in it. */
  #maskAgain(request: ExecutionRequest, store: OutputStore): OutputStore {
    const { runFolder, resources } = this.#context;
    const file = join('outputs', outputFileName(this.#nameOf(request, '@masked'), request.attempt));
    try {
      return maskAgain(store, { runFolder, file, redactor: resources.secrets.redactor });
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      // The block itself has taken its output away.
      return store;
    }
  }

  /** What its output is called. */
  #nameOf({ item: { address }, each }: ExecutionRequest, more = ''): string {
    const { host = each?.position } = this.#context.machine;
    return `${outputOwner(address, host)}${more}`;
  }

  #masked(ran: ExecutionResult<string>): ExecutionResult {
    return withoutSecrets(ran, this.#context.resources.secrets.redactor);
  }
}

const stillRuns =
  'something that it started still runs; what that prints while the run goes on is kept with this block';

const stillRunsUnheard = 'something that it started still runs; what that prints is not kept';

/** Whether it leaves nothing of its shell behind. */
function isItem({ each, purpose }: ExecutionRequest): boolean {
  return each !== undefined && purpose === 'block';
}

/** The result of a block that has only begun. */
const nothingYet: AttemptResult = {
  exitCode: null,
  durationMs: 0,
  output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
  captured: {},
  warnings: [],
};
