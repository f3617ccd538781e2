// Owns which block of a run goes where, one after the other, and what becomes of its result.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Address } from '../../basics/address.ts';
import type { AttemptResult, HostResult } from '../../run/event.ts';
import type {
  ExecutionRequest,
  ExecutionResult,
  Executor,
  HandedOn,
  ShellRequest,
  ShellResult,
} from '../../run/executor.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { failureOf, languageFailure, stateWarnings } from '../attempts/failure-of.ts';
import { fillCode } from '../attempts/fill-code.ts';
import { handedOnBy, maskValues } from '../attempts/handed-on-by.ts';
import { captureLimitBytes, findTooLong } from '../attempts/read-capture.ts';
import { answer, maskReason, notStarted, resultOf, withoutSecrets } from '../attempts/result-of.ts';
import { type Attempt, type AttemptRunner, runAttempt } from '../attempts/run-attempt.ts';
import {
  findLanguage,
  findShell,
  type Language,
  type LanguageFinding,
  type LanguageSettings,
} from '../interpreters/find-language.ts';
import {
  conditionOutputBytes,
  FileOutput,
  MemoryOutput,
  type OutputStore,
  outputFileName,
} from '../output/output-store.ts';
import { SmallOutputs } from '../output/small-outputs.ts';
import { SavedStates } from '../shells/saved-states.ts';
import { type ShellSession, startShell } from '../shells/shell-session.ts';
import { ShellStartError } from '../shells/shell-start-error.ts';
import { isFolder, workingFolder } from '../shells/working-folder.ts';
import { BackgroundBlocks, type BackgroundResult } from './background-blocks.ts';
import type { ExecutorContext } from './executor-context.ts';
import { openShell } from './open-shell.ts';

/** What a terminal sets for the blocks that run on it. */
const terminalVariables = ['TERM', 'COLORTERM', 'COLUMNS', 'LINES'];

/** What a block is run by and where; or why it cannot be run at all. */
type Preparation =
  | { readonly runner: AttemptRunner; readonly cwd?: string }
  | { readonly startFailure: string };

/** The run's shell, one for a single background block, or one that is started anew on a terminal each time. */
type ShellUse = 'shared' | 'own' | 'terminal';

export class RunExecutor implements Executor {
  readonly #context: ExecutorContext;
  readonly #shells = new Map<string, ShellSession>();
  readonly #background = new BackgroundBlocks();
  /** Shells by label and search path: looking them up costs a system call for each folder of it. */
  readonly #foundShells = new Map<string, Language>();
  readonly #saved: SavedStates;
  readonly #smallOutputs: SmallOutputs;
  /** Blocks run one after the other: a state has one owner at a time. */
  #queue: Promise<unknown> = Promise.resolve();
  #scratchNames = 0;

  constructor(context: ExecutorContext) {
    this.#context = context;
    const { runFolder, secretNames, attempts } = context;
    // Tells the files of this process apart from those of earlier processes of the same run.
    const process = randomBytes(4).toString('hex');
    this.#saved = new SavedStates(runFolder, process, { redactor: attempts.redactor, names: secretNames });
    this.#smallOutputs = new SmallOutputs(runFolder, join('outputs', `small-${process}.out`));
  }

  run(request: ExecutionRequest): Promise<ExecutionResult> {
    if (request.host !== undefined) return this.#runOnHost(request, request.host);
    return this.#enqueue(async () =>
      withoutSecrets(await this.#runHere(request), this.#context.attempts.redactor),
    );
  }

  async #runHere(request: ExecutionRequest): Promise<ExecutionResult<string>> {
    const item = this.#context.places.enter(request.item);
    if (typeof item === 'string') return notStarted(this.#openStore(request), item);
    const code = fillCode({ ...request, item }, this.#settingsFor(item));
    if (!code.ok) return notStarted(this.#openStore(request), code.error);
    const placed = { ...request, item, code: code.value };
    const starts = item.background && request.purpose === 'block';
    return starts ? this.#start(placed) : this.#run(placed);
  }

  openShell(request: ShellRequest): Promise<ShellResult> {
    return this.#enqueue(() => openShell(this.#context, this.#saved, request));
  }

  setVariables(variables: Readonly<Record<string, string>>): Promise<void> {
    return this.#enqueue(async () => this.#assign(variables));
  }

  handOn(item: BlockItem, hosts: readonly HostResult[], isOne: boolean): Promise<HandedOn> {
    return this.#enqueue(async () => {
      const { values, lost } = this.#context.hosts.valuesOf(item.address, hosts, isOne);
      const { attempts, secretNames } = this.#context;
      const { redactor, carried } = attempts;
      const warnings: string[] = lost.map(
        (host) => `a value of \`${host}\` holds a secret that is no longer known`,
      );
      const masked = (): MaskedText[] => warnings.map((one) => redactor.redactText(one));
      const reason = findTooLong(values);
      if (reason !== undefined)
        return { captured: {}, warnings: masked(), reason: maskReason(reason, redactor) };
      if (Object.keys(values).length === 0) return { captured: {}, warnings: masked() };
      this.#assign(values);
      const captured = maskValues(values, { redactor, secretNames });
      const shellState = this.#saved.save(carried.changes(), warnings);
      return { captured, warnings: masked(), ...(shellState !== undefined && { shellState }) };
    });
  }

  onBackgroundEnd(listener: (address: Address, result: AttemptResult) => void): void {
    this.#background.listen(listener);
  }

  async close(): Promise<readonly BackgroundResult[]> {
    const results = await this.#background.endAll();
    await this.#queue;
    await Promise.all([
      ...[...this.#shells.values()].map((session) => session.close()),
      this.#context.hosts.close(),
    ]);
    this.#context.attempts.watchdog.close();
    this.#context.attempts.pool.close();
    this.#smallOutputs.close();
    this.#context.remove();
    return results;
  }

  #enqueue<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  /** Hosts do not wait for one another, nor for what runs here. */
  async #runOnHost(request: ExecutionRequest, host: string): Promise<ExecutionResult> {
    const refuse = (message: string): ExecutionResult =>
      withoutSecrets(notStarted(new MemoryOutput(0), message), this.#context.attempts.redactor);
    const item = this.#context.places.bind(request.item);
    if (typeof item === 'string') return refuse(item);
    const code = fillCode({ ...request, item }, this.#settingsFor(item));
    if (!code.ok) return refuse(code.error);
    return this.#context.hosts.run({ ...request, item, code: code.value }, host);
  }

  #assign(variables: Readonly<Record<string, string>>): void {
    this.#context.attempts.carried.assign(variables);
    for (const name of Object.keys(variables)) this.#context.sharedNames.add(name);
  }

  async #run(request: ExecutionRequest): Promise<ExecutionResult<string>> {
    const store = this.#openStore(request);
    const onTerminal = request.terminal !== undefined && request.purpose === 'block';
    const prepared = await this.#prepare(request, onTerminal ? 'terminal' : 'shared');
    if ('startFailure' in prepared) return notStarted(store, prepared.startFailure);
    const attempt = await runAttempt(this.#context.attempts, {
      execution: request,
      ...prepared,
      store,
      keepState: request.purpose === 'block',
      onTerminal: onTerminal && prepared.runner.type === 'shell',
      rawStdoutLimit:
        request.purpose === 'block' && request.item.capture !== undefined ? captureLimitBytes : 0,
      scratchName: this.#scratchName(),
    });
    const concluded = this.#conclude(request, attempt, store, prepared);
    this.#prepareNext(prepared.runner);
    return concluded;
  }

  /** Starts a background block in a shell of its own, so that the run's shell is free for the next block. */
  async #start(request: ExecutionRequest): Promise<ExecutionResult<string>> {
    const store = this.#openStore(request);
    const prepared = await this.#prepare(request, 'own');
    if ('startFailure' in prepared) return notStarted(store, prepared.startFailure);
    const ending = new AbortController();
    const { runner } = prepared;
    let begun = false;
    const started = new Promise<void>((resolveStart, rejectStart) => {
      const attempt = runAttempt(this.#context.attempts, {
        execution: { ...request, signal: ending.signal },
        ...prepared,
        store,
        keepState: true,
        onTerminal: false,
        rawStdoutLimit: 0,
        scratchName: this.#scratchName(),
        onStarted: () => {
          begun = true;
          resolveStart();
        },
      });
      const ended = attempt.then(async (finished) => {
        if (runner.type === 'shell') await runner.session.close();
        resolveStart();
        return { address: request.item.address, result: resultOf(finished, store, {}, []) };
      });
      ended.catch((error: unknown) => {
        if (begun) throw error;
        rejectStart(error);
      });
      this.#background.add(ended, () => ending.abort());
    });
    await started;
    return {
      ok: true,
      stdout: store,
      result: {
        exitCode: null,
        durationMs: 0,
        output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
        captured: {},
        warnings: [],
      },
    };
  }

  /** While the engine works out what comes next, the shell gets ready for it. */
  #prepareNext(runner: AttemptRunner): void {
    if (runner.type !== 'shell') return;
    const { session } = runner;
    session.prepare?.(this.#context.attempts.carried.stateOf(session.dialect, session.baseline));
  }

  #scratchName(): string {
    this.#scratchNames++;
    return `output-${this.#scratchNames}`;
  }

  #openStore({ item, attempt, purpose }: ExecutionRequest): OutputStore {
    if (purpose === 'condition') return new MemoryOutput(conditionOutputBytes);
    const file = join('outputs', outputFileName(item.address, attempt));
    return new FileOutput(this.#context.runFolder, file, this.#smallOutputs);
  }

  async #prepare(request: ExecutionRequest, use: ShellUse): Promise<Preparation> {
    const { item } = request;
    const language = this.#languageOf(request);
    if (language.type === 'missing' || language.type === 'unknown' || language.type === 'undecided')
      return { startFailure: languageFailure(item.language, language) };
    const cwd =
      item.cwd === undefined
        ? undefined
        : workingFolder(item.cwd, this.#context.cwd, this.#context.attempts.carried);
    if (cwd !== undefined && !isFolder(cwd))
      return { startFailure: `the working directory \`${cwd}\` does not exist` };
    const place = cwd === undefined ? {} : { cwd };
    if (language.type !== 'shell') return { runner: runnerOf(language, item), ...place };
    try {
      const session = await (use === 'own' ? this.#startShell(language, use) : this.#shellOf(language, use));
      return { runner: { type: 'shell', session }, ...place };
    } catch (error) {
      if (error instanceof ShellStartError) return { startFailure: error.message };
      throw error;
    }
  }

  #settingsFor(item: BlockItem): LanguageSettings {
    const { carried } = this.#context.attempts;
    return {
      ...this.#context,
      path: carried.valueOf('PATH') ?? '',
      // Asked for by `sql` blocks and for placeholders only.
      get env() {
        return { ...carried.environment(), ...item.env };
      },
    };
  }

  #languageOf({ item, code, purpose }: ExecutionRequest): LanguageFinding {
    const settings = this.#settingsFor(item);
    const { shell, path } = settings;
    const key = `${purpose === 'condition' ? '' : item.language}\0${path}`;
    const known = this.#foundShells.get(key);
    if (known !== undefined) return known;
    const isCondition = purpose === 'condition';
    const found = isCondition ? findShell(shell, settings) : findLanguage(item.language, code, settings);
    if (found.type === 'shell') this.#foundShells.set(key, found);
    return found;
  }

  async #shellOf(language: Extract<Language, { type: 'shell' }>, use: ShellUse): Promise<ShellSession> {
    const key = `${use} ${language.command}`;
    const running = this.#shells.get(key);
    if (running?.alive === true) return running;
    await running?.close();
    const session = await this.#startShell(language, use);
    this.#shells.set(key, session);
    return session;
  }

  #startShell(language: Extract<Language, { type: 'shell' }>, use: ShellUse): Promise<ShellSession> {
    const { pool, carried, common } = this.#context.attempts;
    // Where the run started and not where it is: that folder may be gone, and the state leads there anyway.
    return startShell(language, {
      pool,
      env: { ...carried.startEnvironment, ...common },
      cwd: carried.startCwd,
      onTerminal: use === 'terminal',
    });
  }

  #conclude(
    request: ExecutionRequest,
    attempt: Attempt,
    store: OutputStore,
    { runner, cwd }: Extract<Preparation, { runner: AttemptRunner }>,
  ): ExecutionResult<string> {
    if (request.purpose === 'condition') return answer(attempt, store, {}, [], failureOf(attempt, request));
    const { carried } = this.#context.attempts;
    const warnings = runner.type === 'shell' ? stateWarnings(attempt) : [];
    let reason = failureOf(attempt, request);
    let changed = false;
    if (runner.type === 'shell' && 'dump' in attempt.outcome && attempt.outcome.dump !== undefined)
      changed = carried.adopt(runner.session.dialect, attempt.outcome.dump, {
        names: [
          ...Object.keys(request.item.env),
          ...(request.terminal === undefined ? [] : terminalVariables),
        ],
        ...(cwd === undefined ? {} : { cwd }),
      });
    if (changed && !isFolder(carried.cwd)) warnings.push(`the working directory \`${carried.cwd}\` is gone`);
    let handedOn = handedOnBy(request.item, attempt, reason, warnings);
    const tooLong = findTooLong(handedOn);
    if (tooLong !== undefined) handedOn = {};
    reason ??= tooLong;
    if (Object.keys(handedOn).length > 0) {
      this.#assign(handedOn);
      changed = true;
    }
    const shown = maskValues(handedOn, {
      redactor: this.#context.attempts.redactor,
      secretNames: this.#context.secretNames,
    });
    const shellState = changed ? this.#saved.save(carried.changes(), warnings) : undefined;
    if (store.failure !== undefined) warnings.push(`not all output was stored: ${store.failure}`);
    return answer(attempt, store, shown, warnings, reason, shellState);
  }
}

/** A block that hands a value on, or whose value is compared, wants the value and not a picture of it. */
function runnerOf(language: Exclude<Language, { type: 'shell' }>, item: BlockItem): AttemptRunner {
  switch (language.type) {
    case 'http':
      return { type: 'http' };
    case 'interpreter':
      return { type: 'interpreter', language };
    case 'sql': {
      const compares = item.expect.some(({ type }) => type === 'number' || type === 'json');
      return { type: 'sql', language, style: item.capture !== undefined || compares ? 'values' : 'table' };
    }
  }
}
