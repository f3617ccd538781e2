// Owns which block of a run goes where, one after the other.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { WorkQueue } from '../../basics/work-queue.ts';
import type {
  BackgroundEnd,
  ExecutionRequest,
  ExecutionResult,
  Executor,
  FileComparison,
  HandedOn,
  HandedOnFrom,
  LateOutput,
  ShellRequest,
  ShellResult,
} from '../../run/executor.ts';
import { scopedOutputs } from '../../run/inputs/scoped-outputs.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { restOfCode } from '../../run/rules/rest-of-code.ts';
import { maskReason, notStarted, withoutSecrets } from '../attempts/answer.ts';
import { fillCode } from '../attempts/fill-code.ts';
import { maskValues, type Values } from '../attempts/handed-on-by.ts';
import { type HandOver, MachineAttempts } from '../attempts/machine-attempts.ts';
import { findTooLong } from '../attempts/read-capture.ts';
import { FileSteps } from '../file-steps/file-steps.ts';
import { KeptFiles } from '../file-steps/kept-file.ts';
import { MemoryOutput } from '../output/output-store.ts';
import { SmallOutputs } from '../output/small-outputs.ts';
import { SavedStates } from '../shells/saved/saved-states.ts';
import { pagersOfOperator } from '../shells/without-pagers.ts';
import { BackgroundBlocks } from './background-blocks.ts';
import type { ExecutorContext } from './executor-context.ts';
import type { LeftOff } from './left-off.ts';
import { openShell } from './open-shell.ts';
import { runExitTraps } from './run-exit-traps.ts';

export class RunExecutor implements Executor {
  readonly #context: ExecutorContext;
  readonly #attempts: MachineAttempts;
  readonly #files: FileSteps;
  readonly #background = new BackgroundBlocks();
  /** Outputs of blocks that have ended, each until nothing more will come. */
  readonly #late = new Set<Promise<void>>();
  #lateListener: (late: LateOutput) => void = () => {};
  readonly #saved: SavedStates;
  readonly #smallOutputs: SmallOutputs;
  /** Blocks on this machine run one after the other: a state has one owner at a time. */
  readonly #queue = new WorkQueue();

  /** What the last request was told by, without what it ran. */
  #lastShown: LeftOff['last'] | undefined;

  constructor(context: ExecutorContext) {
    this.#context = context;
    const { runFolder, resources, here, leftOff } = context;
    this.#lastShown = leftOff?.last;
    // Tells the files of this process apart from those of earlier processes of the same run.
    const process = randomBytes(4).toString('hex');
    this.#saved = new SavedStates(runFolder, process, resources.secrets);
    this.#smallOutputs = new SmallOutputs(runFolder, join('outputs', `small-${process}.out`));
    this.#attempts = new MachineAttempts({
      machine: here,
      resources,
      runFolder,
      saved: this.#saved,
      smallOutputs: this.#smallOutputs,
      onLateOutput: (late) => this.#tellOfLate(late),
      handOver: (item, values, each) => {
        if (each === undefined) return this.#handOver(item, values);
        context.hosts.keepValues(item.address, each.item, values);
        return { values, changed: false };
      },
    });
    const kept = new KeptFiles(runFolder, process);
    this.#files = new FileSteps({
      attempts: this.#attempts,
      secrets: resources.secrets,
      kept,
      run: runFolder,
    });
  }

  run(request: ExecutionRequest): Promise<ExecutionResult> {
    if (request.host !== undefined) return this.#runOnMachine(request);
    if (request.item.user !== undefined) return this.#runAsUser(request);
    // Items of a list do not wait for one another: each has a shell of its own.
    const isApart = request.each !== undefined && request.purpose === 'block';
    if (isApart && request.item.writes === undefined) return this.#runHere(request);
    return this.#queue.add(() => this.#runHere(request));
  }

  async compareFile(request: ExecutionRequest): Promise<FileComparison> {
    const refuse = (message: string): FileComparison => {
      const { redactor } = this.#context.resources.secrets;
      return { ok: false, reason: maskReason({ type: 'file', message }, redactor) };
    };
    const { host } = request;
    const { places, hosts } = this.#context;
    if (host !== undefined || request.item.user !== undefined) {
      const placed = this.#place(request, places.bind(request.item));
      return typeof placed === 'string' ? refuse(placed) : hosts.compareFile(placed, host);
    }
    return this.#queue.add(async () => {
      const placed = this.#place(request, places.enter(request.item));
      return typeof placed === 'string' ? refuse(placed) : this.#files.compare(placed);
    });
  }

  openShell(request: ShellRequest): Promise<ShellResult> {
    return this.#queue.add(() => openShell(this.#context, this.#saved, request));
  }

  setVariables(variables: Readonly<Record<string, string>>): Promise<void> {
    return this.#queue.add(async () => this.#assign(variables));
  }

  handOn(item: BlockItem, hosts: readonly HandedOnFrom[], isOne: boolean): Promise<HandedOn> {
    return this.#queue.add(async () => {
      const { values, lost } = this.#context.hosts.valuesOf(item.address, hosts, isOne);
      const warnings: string[] = lost.map(
        (host) => `a value of \`${host}\` holds a secret that is no longer known`,
      );
      const { carried, secrets } = this.#context.resources;
      const { redactor } = secrets;
      const masked = (): MaskedText[] => warnings.map((one) => redactor.redactText(one));
      const { values: taken, changed, reason } = this.#handOver(item, values);
      if (reason !== undefined)
        return { captured: {}, warnings: masked(), reason: maskReason(reason, redactor) };
      if (!changed) return { captured: {}, warnings: masked() };
      const captured = maskValues(taken, secrets);
      const shellState = this.#saved.save(carried.changes(), warnings);
      return { captured, warnings: masked(), ...(shellState !== undefined && { shellState }) };
    });
  }

  onLateOutput(listener: (late: LateOutput) => void): void {
    this.#lateListener = listener;
  }

  onBackgroundEnd(listener: (end: BackgroundEnd) => void): void {
    this.#background.listen(listener);
  }

  endBackground(): Promise<readonly BackgroundEnd[]> {
    return this.#background.endAll();
  }

  async runExitTraps(): Promise<void> {
    const { hosts, resources } = this.#context;
    const here = this.#queue.add(async () => {
      const last = this.#lastShown;
      if (last !== undefined) await runExitTraps(this.#attempts, resources.carried, last);
    });
    await Promise.all([here, hosts.runExitTraps()]);
  }

  async close(): Promise<readonly BackgroundEnd[]> {
    const { here, hosts, resources, remove } = this.#context;
    const results = await this.#background.endAll();
    await this.#queue.idle();
    await Promise.all([here.close(), hosts.close()]);
    resources.watchdog.close();
    resources.pool.close();
    await Promise.all(this.#late);
    this.#smallOutputs.close();
    remove();
    return results;
  }

  #tellOfLate(late: Promise<LateOutput | undefined>): void {
    const told = late.then((output) => {
      this.#late.delete(told);
      if (output !== undefined) this.#lateListener(output);
    });
    this.#late.add(told);
  }

  async #runHere(request: ExecutionRequest): Promise<ExecutionResult> {
    const { item, attempt, purpose, onOutput } = request;
    this.#lastShown = { item, attempt, purpose, onOutput, signal: new AbortController().signal };
    const placed = this.#place(request, this.#context.places.enter(request.item));
    if (typeof placed === 'string') return this.#refused(placed);
    if (placed.item.writes !== undefined && placed.purpose === 'block') return this.#files.run(placed);
    if (!placed.item.background || placed.purpose !== 'block') return this.#attempts.run(placed);
    const { address } = placed.item;
    return this.#attempts.startApart(placed, (ended, end) =>
      this.#background.add(
        ended.then((how) => ({ address, ...how })),
        end,
      ),
    );
  }

  /** Hosts do not wait for one another, nor for what runs here. */
  async #runOnMachine(request: ExecutionRequest): Promise<ExecutionResult> {
    const placed = this.#place(request, this.#context.places.bind(request.item));
    return typeof placed === 'string' ? this.#refused(placed) : this.#context.hosts.run(placed, request.host);
  }

  /** As another account of this machine: its state is its own, and what it hands on is the run's. */
  async #runAsUser(request: ExecutionRequest): Promise<ExecutionResult> {
    const ran = await this.#runOnMachine(request);
    const { shellState: userState, captured, ...rest } = ran.result;
    const result = { ...rest, captured, ...(userState !== undefined && { userState }) };
    if (request.each !== undefined) return { ...ran, result };
    if (Object.keys(captured).length === 0) return { ...ran, result };
    const handed = await this.handOn(request.item, [{ host: '', captured }], true);
    const { shellState, reason } = handed;
    const warnings = [...rest.warnings, ...handed.warnings];
    const whole = { ...result, captured: handed.captured, warnings, ...(shellState && { shellState }) };
    const failure = ran.ok ? reason : ran.reason;
    const { stdout } = ran;
    return failure === undefined
      ? { ok: true, result: whole, stdout }
      : { ok: false, result: whole, stdout, reason: failure };
  }

  /** The request with what its link and its placeholders make of it, or why that cannot be had. */
  #place(request: ExecutionRequest, item: BlockItem | string): ExecutionRequest | string {
    if (typeof item === 'string') return item;
    const rest = restOfCode(request.code, request.fromLine);
    const code = fillCode({ ...request, code: rest, item }, this.#context.here.settingsFor(item));
    return code.ok ? { ...request, item: this.#withPagers(item), code: code.value } : code.error;
  }

  #withPagers(item: BlockItem): BlockItem {
    if (!item.interactive) return item;
    const { operatorEnv, resources } = this.#context;
    const pagers = pagersOfOperator(operatorEnv, (name) => resources.carried.valueOf(name));
    return { ...item, env: { ...pagers, ...item.env } };
  }

  #refused(message: string): ExecutionResult {
    return withoutSecrets(notStarted(new MemoryOutput(0), message), this.#context.resources.secrets.redactor);
  }

  /** Makes what blocks hand on variables of all later ones. */
  #handOver(item: BlockItem, values: Values): HandOver {
    const reason = findTooLong(values);
    if (reason !== undefined) return { values: {}, changed: false, reason };
    const changed = Object.keys(values).length > 0;
    if (changed) this.#assign({ ...values, ...scopedOutputs(item, values) });
    return { values, changed };
  }

  #assign(variables: Values): void {
    this.#context.resources.carried.assign(variables);
    for (const name of Object.keys(variables)) this.#context.sharedNames.add(name);
  }
}
