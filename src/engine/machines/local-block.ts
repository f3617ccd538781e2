// Owns one block that runs on this machine, from its pipes to its last output.
import { join } from 'node:path';
import { fromByteText } from '../../languages/shell/byte-text.ts';
import {
  readUnheard,
  type UnheardFailure,
  unheardLimitBytes,
  unheardSuffix,
} from '../../languages/shell/unheard-failure.ts';
import type { ResultStyle } from '../../languages/sql/plan-sql-call.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import { type CodeFiles, codeFileName, shellExtensions } from '../files/code-files.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import type { Language, SqlLanguage } from '../interpreters/find-language.ts';
import { OutputCapture } from '../output/output-capture.ts';
import type { OutputPipes } from '../output/output-pipes.ts';
import { endProcessTree, type ProcessTree } from '../processes/process-tree.ts';
import type { HeldTerminal } from '../processes/run-on-terminal.ts';
import type { StartFailure } from '../processes/start-process.ts';
import { whyNoFolder } from '../processes/why-no-folder.ts';
import { runHttpBlock } from '../runners/run-http-block.ts';
import { runInterpreter } from '../runners/run-interpreter.ts';
import { runProgram } from '../runners/run-program.ts';
import { runSql } from '../runners/run-sql.ts';
import type { JobTerminal, ShellOutcome } from '../shells/shell-job.ts';
import type { ShellSession } from '../shells/shell-session.ts';
import { isFolder } from '../shells/working-folder.ts';
import {
  type BlockEnd,
  isStrict,
  type LeftBehind,
  type MachineJob,
  type MachineScript,
  outputFileLimitBytes,
  type RunningBlock,
  tooLarge,
  wantsStdout,
} from './machine.ts';
import type { RunResources } from './run-resources.ts';
import { type TakenFile, takeFile } from './take-file.ts';

/** What runs the code of a block. */
export type BlockRunner =
  | { readonly type: 'shell'; readonly session: ShellSession }
  | { readonly type: 'interpreter'; readonly language: Extract<Language, { type: 'interpreter' }> }
  | { readonly type: 'sql'; readonly language: SqlLanguage; readonly style: ResultStyle }
  | { readonly type: 'http' }
  | { readonly type: 'script'; readonly script: MachineScript };

/** What is run, by what and where. */
export interface LocalBlockRequest {
  readonly request: ExecutionRequest;
  readonly runner: BlockRunner;
  readonly onTerminal: boolean;
  /** Name of a file in the private folder that nothing else uses, and with which no other such name begins. */
  readonly scratchName: string;
  readonly codeFiles: CodeFiles;
  /** Absolute; the run's own when absent. */
  readonly cwd?: string;
}

/** How a block that comes after one that removed the folder it stood in gets to another. */
const afterRemoval = 'an earlier block went there: go elsewhere before this one, or give it a `cwd`';

type TakeOutput = Parameters<LeftBehind['follow']>[0];

/** What a terminal sets for the blocks that run on it. */
const terminalVariables = ['TERM', 'COLORTERM', 'COLUMNS', 'LINES'];

export class LocalBlock implements RunningBlock {
  readonly ended: Promise<void>;
  readonly started: Promise<() => Promise<void>>;
  readonly #resources: RunResources;
  readonly #block: LocalBlockRequest;
  readonly #job: MachineJob;
  readonly #pipes: OutputPipes;
  readonly #capture: OutputCapture;
  readonly #outputPath: string;
  /** For what is no process. */
  readonly #ending = new AbortController();
  #markStarted: (end: () => Promise<void>) => void = () => {};
  #tree: ProcessTree | undefined;
  #unwatch: (() => void) | undefined;
  /** A terminal that was made for it, where what it has started still holds it. */
  #heldTerminal: HeldTerminal | undefined;
  /** Takes what comes out of a terminal of its own. */
  #take: TakeOutput = (stream, bytes, from) => this.#job.output.take(stream, bytes, from);
  #outcome: ShellOutcome | StartFailure = { startFailure: 'it was never begun' };

  static async start(
    resources: RunResources,
    block: LocalBlockRequest,
    job: MachineJob,
  ): Promise<LocalBlock> {
    return new LocalBlock(resources, block, job, await resources.pool.acquire());
  }

  private constructor(
    resources: RunResources,
    block: LocalBlockRequest,
    job: MachineJob,
    pipes: OutputPipes,
  ) {
    this.#resources = resources;
    this.#block = block;
    this.#job = job;
    this.#pipes = pipes;
    this.#outputPath = join(resources.pool.folder, block.scratchName);
    this.#capture = new OutputCapture(pipes, job.output);
    this.started = new Promise((resolve) => {
      this.#markStarted = resolve;
    });
    if (block.onTerminal) resources.watchdog.start();
    this.ended = this.#run().then((outcome) => {
      this.#outcome = outcome;
    });
  }

  abort(): void {
    this.#ending.abort();
  }

  async settle(): Promise<BlockEnd> {
    const outcome = this.#outcome;
    // A block that killed the shell above it has lost its parent but may still be there itself.
    if (this.#tree !== undefined && 'shellLost' in outcome && outcome.shellLost)
      await endProcessTree(this.#tree, this.#resources.grace);
    this.#unwatch?.();
    await this.#capture.finish();
    const isHeld = this.#pipes.held || this.#heldTerminal !== undefined;
    if (!isHeld) void this.#letGo(() => {});
    const written = takeFile(this.#outputPath, outputFileLimitBytes);
    const { runner } = this.#block;
    const unheard = runner.type === 'shell' ? takeUnheard(`${this.#outputPath}${unheardSuffix}`) : undefined;
    const dump = 'dump' in outcome ? outcome.dump : undefined;
    return {
      outcome,
      ...(written !== undefined && outputOf(written)),
      ...(unheard !== undefined && { unheard }),
      ...(isHeld && { leftBehind: { follow: (take) => this.#letGo(take) } }),
      ...(runner.type === 'shell' && { dialect: runner.session.dialect }),
      ...(runner.type === 'shell' &&
        dump !== undefined && {
          adopt: (warnings) => this.#adopt(runner.session, dump, warnings),
        }),
    };
  }

  /** Pipes that are still read would keep the tool from ending. */
  async abandon(): Promise<void> {
    await this.#capture.finish();
    void this.#letGo(() => {});
  }

  /** What still holds its output prints for `take` from now on. */
  async #letGo(take: TakeOutput): Promise<void> {
    const { pool } = this.#resources;
    this.#take = take;
    await Promise.all([
      pool.release(this.#pipes, (stream, bytes) => {
        take(stream, bytes, 'pipe');
        return true;
      }),
      this.#heldTerminal && pool.leftOvers.watchTerminal(this.#heldTerminal),
    ]);
  }

  #adopt({ dialect }: ShellSession, dump: NonNullable<ShellOutcome['dump']>, warnings: string[]): boolean {
    const { carried } = this.#resources;
    const { request, cwd } = this.#block;
    const changed = carried.adopt(dialect, dump, {
      names: [...Object.keys(request.item.env), ...(request.terminal === undefined ? [] : terminalVariables)],
      ...(cwd !== undefined && { cwd }),
    });
    if (changed && !isFolder(carried.cwd)) warnings.push(`the working directory \`${carried.cwd}\` is gone`);
    return changed;
  }

  readonly #begun = (leader: number): void => {
    const tree: ProcessTree = { leader, marker: `RUNSHEET_OUTPUT=${this.#outputPath}` };
    this.#tree = tree;
    this.#unwatch = this.#resources.watchdog.watch(leader, this.#block.scratchName);
    this.#markStarted(() => endProcessTree(tree, this.#resources.grace));
    this.#job.onStarted();
  };

  async #run(): Promise<ShellOutcome | StartFailure> {
    const { runner } = this.#block;
    if (runner.type === 'shell') return this.#runInShell(runner.session);
    await this.#job.beforeCode();
    const { common, carried } = this.#resources;
    const { request, cwd } = this.#block;
    const { code, item } = request;
    const env = { ...carried.environment(), ...common, ...this.#environment };
    const { writers } = this.#pipes;
    const gone = cwd === undefined && runner.type !== 'http' ? whyNoFolder(carried.cwd) : undefined;
    if (gone !== undefined) return { startFailure: `${gone}; ${afterRemoval}` };
    if (runner.type === 'http') {
      // Nothing but the request itself has to be ended.
      this.#job.onStarted();
      const status = await runHttpBlock({ code, env, writers, signal: this.#ending.signal });
      return { status, shellLost: false };
    }
    const job = {
      code,
      fileName: codeFileName(item.address, 'sql'),
      folder: `${this.#outputPath}.code`,
      env,
      cwd: cwd ?? carried.cwd,
      writers,
      onStarted: this.#begun,
    };
    if (runner.type === 'script') {
      const { text, input } = runner.script;
      return runProgram(job, { argv: ['/bin/sh', '-c', fromByteText(text)], stdin: input });
    }
    if (runner.type === 'interpreter') {
      const { language } = runner;
      const written = this.#writeCode(
        language.extension,
        language.prepare?.(code, isStrict(request)) ?? code,
      );
      return runInterpreter({ ...job, ...written, language });
    }
    const { dialect, command, extra } = runner.language;
    return runSql({ ...job, dialect, command, extra, style: runner.style });
  }

  #runInShell(session: ShellSession): Promise<ShellOutcome | StartFailure> {
    const { request, cwd } = this.#block;
    const terminal = this.#terminal;
    const written = this.#writeCode(shellExtensions[session.dialect.name], request.code);
    return session.run({
      ...written,
      name: request.item.address,
      code: request.code,
      pipes: this.#pipes,
      state: this.#resources.carried.stateOf(session.dialect, session.baseline),
      environment: this.#environment,
      ...(cwd !== undefined && { cwd }),
      strict: isStrict(request),
      keepState: request.purpose === 'block' && request.each === undefined,
      ...(terminal !== undefined && { terminal }),
      beforeCode: this.#job.beforeCode,
      onStarted: this.#begun,
    });
  }

  #writeCode(extension: string, code: string): { readonly file: string } {
    try {
      return { file: this.#block.codeFiles.write(this.#block.request.item.address, extension, code) };
    } catch (error) {
      if (error instanceof Error && systemErrorCode(error) !== undefined)
        error.message = `its code could not be written to a file: ${error.message}`;
      throw error;
    }
  }

  get #terminal(): JobTerminal | undefined {
    const { request, onTerminal } = this.#block;
    if (!onTerminal || request.terminal === undefined) return undefined;
    const isWanted = wantsStdout(request.item);
    return {
      request: request.terminal,
      onBytes: (bytes) => this.#take(isWanted ? 'stderr' : 'stdout', bytes, 'terminal'),
      onHeld: (terminal) => {
        this.#heldTerminal = terminal;
      },
      separateStdout: request.terminal.type === 'own' && isWanted,
    };
  }

  /** What the attempt adds to the environment. */
  get #environment(): Readonly<Record<string, string>> {
    const { item } = this.#block.request;
    return { ...item.env, RUNSHEET_STEP: item.step, RUNSHEET_OUTPUT: this.#outputPath };
  }
}

function outputOf(taken: TakenFile): Pick<BlockEnd, 'outputFile' | 'outputUnread'> {
  if ('unread' in taken) return { outputUnread: taken.unread };
  return taken.isWhole ? { outputFile: Buffer.from(taken.bytes).toString() } : { outputUnread: tooLarge };
}

function takeUnheard(path: string): readonly UnheardFailure[] | undefined {
  const taken = takeFile(path, unheardLimitBytes);
  return taken === undefined || 'unread' in taken
    ? undefined
    : readUnheard(Buffer.from(taken.bytes).toString());
}
