// Owns one attempt at one block, from its pipes to its end.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultStyle } from '../../languages/sql/result-renderer.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { Redactor } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { Language, SqlLanguage } from '../interpreters/find-language.ts';
import { OutputCapture } from '../output/output-capture.ts';
import { withReturns } from '../output/output-masker.ts';
import type { OutputPipes } from '../output/output-pipes.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { PipePool } from '../output/pipe-pool.ts';
import { endProcessTree, type Grace, type ProcessTree } from '../processes/process-tree.ts';
import { type EndedBy, supervise } from '../processes/supervise.ts';
import type { Watchdog } from '../processes/watchdog.ts';
import { runHttpBlock } from '../runners/run-http-block.ts';
import { runInterpreter, type StartFailure } from '../runners/run-interpreter.ts';
import { runSql } from '../runners/run-sql.ts';
import type { CarriedState } from '../shells/carried-state.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import type { ShellSession } from '../shells/shell-session.ts';

/** What the attempts of one run share. */
export interface AttemptContext {
  /** Exported for every block: what tells it of the run. */
  readonly common: Readonly<Record<string, string>>;
  readonly pool: PipePool;
  readonly carried: CarriedState;
  readonly watchdog: Watchdog;
  readonly redactor: Redactor;
  readonly grace: Grace;
  /** Steady milliseconds. */
  readonly monotonicMs: () => number;
}

/** What runs the code. */
export type AttemptRunner =
  | { readonly type: 'shell'; readonly session: ShellSession }
  | { readonly type: 'interpreter'; readonly language: Extract<Language, { type: 'interpreter' }> }
  | { readonly type: 'sql'; readonly language: SqlLanguage; readonly style: ResultStyle }
  | { readonly type: 'http' };

export interface AttemptRequest {
  readonly execution: ExecutionRequest;
  readonly runner: AttemptRunner;
  /** False for conditions, whose shell state nobody wants. */
  readonly keepState: boolean;
  readonly store: OutputStore;
  /** Absolute; the run's own when absent. */
  readonly cwd?: string;
  /** Unmasked stdout up to this many bytes is wanted. */
  readonly rawStdoutLimit: number;
  /** Name of a file in the private folder that nothing else uses. */
  readonly scratchName: string;
  /** The block is run on the terminal that was asked for. */
  readonly onTerminal: boolean;
  readonly onStarted?: () => void;
}

export interface Attempt {
  readonly outcome: ShellOutcome | StartFailure;
  readonly endedBy: EndedBy;
  readonly durationMs: number;
  readonly rawStdout: Uint8Array;
  /** What the block wrote to `$RUNSHEET_OUTPUT`; `too-large` when it is beyond all reason. */
  readonly outputFile?: string | 'too-large';
}

const outputFileLimitBytes = 8 * 1024 * 1024;

/** Runs it, reads all it prints and ends its tree when it has to. */
export async function runAttempt(context: AttemptContext, request: AttemptRequest): Promise<Attempt> {
  const { execution, store } = request;
  const { item, attempt } = execution;
  const { pool, watchdog, redactor, grace, monotonicMs } = context;
  const outputPath = join(pool.folder, request.scratchName);
  const marker = `RUNSHEET_OUTPUT=${outputPath}`;
  const environment = {
    ...item.env,
    RUNSHEET_STEP: item.step,
    RUNSHEET_OUTPUT: outputPath,
  };
  const pipes = await pool.acquire();
  const capture = new OutputCapture({
    pipes,
    store,
    rawStdoutLimit: request.rawStdoutLimit,
    redactStream: () => redactor.createStream(),
    onOutput: (stream, bytes, from) => {
      const onTerminal = execution.terminal?.type === 'own' && request.onTerminal;
      const shown = onTerminal && from === 'pipe' ? withReturns(bytes) : bytes;
      execution.onOutput({
        address: item.address,
        attempt,
        stream: onTerminal ? 'terminal' : stream,
        bytes: shown,
      });
    },
  });
  let startedAt = monotonicMs();
  let tree: ProcessTree | undefined;
  let unwatch: (() => void) | undefined;
  let markStarted: (end: () => Promise<void>) => void = () => {};
  const started = new Promise<() => Promise<void>>((resolve) => {
    markStarted = resolve;
  });
  const onStarted = (leader: number): void => {
    const group: ProcessTree = { leader, marker };
    tree = group;
    unwatch = watchdog.watch(leader);
    markStarted(() => endProcessTree(group, grace));
    request.onStarted?.();
  };
  const beforeCode = async (): Promise<void> => {
    await execution.beforeCode?.();
    startedAt = monotonicMs();
  };
  let endOther: (() => void) | undefined;
  if (request.onTerminal) watchdog.start();
  const ended = start(context, request, {
    beforeCode,
    env: environment,
    pipes,
    onTerminalBytes: (bytes) => capture.feedTerminal(wantsStdout(item) ? 'stderr' : 'stdout', bytes),
    codeFolder: `${outputPath}.code`,
    endWith: (end) => {
      endOther = end;
    },
    onStarted,
  });
  const supervised = supervise(ended, {
    signal: execution.signal,
    ...(item.timeoutMs === undefined ? {} : { timeoutMs: item.timeoutMs }),
    started,
    onEnd: () => endOther?.(),
  });
  const { value: outcome, endedBy } = await supervised.catch(async (error: unknown) => {
    // Nothing was run; pipes that are still read would keep the tool from ending.
    await capture.finish();
    pool.release(pipes);
    throw error;
  });
  // A block that killed the shell above it has lost its parent but may still be there itself.
  if (tree !== undefined && 'shellLost' in outcome && outcome.shellLost) await endProcessTree(tree, grace);
  unwatch?.();
  await capture.finish();
  pool.release(pipes);
  const outputFile = takeOutputFile(outputPath);
  return {
    outcome,
    endedBy,
    durationMs: Math.max(0, Math.round(monotonicMs() - startedAt)),
    rawStdout: capture.rawStdout,
    ...(outputFile === undefined ? {} : { outputFile }),
  };
}

interface Surroundings {
  /** What the attempt adds to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly pipes: OutputPipes;
  readonly onTerminalBytes: (bytes: Uint8Array) => void;
  readonly codeFolder: string;
  readonly beforeCode: () => Promise<void>;
  /** Takes what ends that which is no process. */
  readonly endWith: (end: () => void) => void;
  readonly onStarted: (leader: number) => void;
}

async function start(
  { carried, common }: AttemptContext,
  { execution, runner, keepState, cwd, onStarted, onTerminal }: AttemptRequest,
  around: Surroundings,
): Promise<ShellOutcome | StartFailure> {
  const { code } = execution;
  const name = execution.item.address;
  const { beforeCode } = around;
  if (runner.type === 'shell')
    return runner.session.run({
      name,
      code,
      pipes: around.pipes,
      state: carried.stateOf(runner.session.dialect, runner.session.baseline),
      environment: around.env,
      ...(cwd === undefined ? {} : { cwd }),
      keepState,
      ...(execution.terminal === undefined || !onTerminal
        ? {}
        : {
            terminal: {
              request: execution.terminal,
              onBytes: around.onTerminalBytes,
              separateStdout: execution.terminal.type === 'own' && wantsStdout(execution.item),
            },
          }),
      beforeCode,
      onStarted: around.onStarted,
    });
  await beforeCode();
  const env = { ...carried.environment(), ...common, ...around.env };
  const { writers } = around.pipes;
  if (runner.type === 'http') {
    const ending = new AbortController();
    around.endWith(() => ending.abort());
    // Nothing but the request itself has to be ended.
    onStarted?.();
    const { signal } = ending;
    return { status: await runHttpBlock({ code, env, writers, signal }), shellLost: false };
  }
  const job = {
    code,
    name: name.replaceAll(/[^A-Za-z0-9_.-]/g, '_'),
    folder: around.codeFolder,
    env,
    cwd: cwd ?? carried.cwd,
    writers,
    onStarted: around.onStarted,
  };
  if (runner.type === 'interpreter') return runInterpreter({ ...job, language: runner.language });
  const { dialect, command, extra } = runner.language;
  return runSql({ ...job, dialect, command, extra, style: runner.style });
}

/** On a terminal stdout cannot be told from the rest, so that it takes the pipe where its text is wanted. */
export function wantsStdout({ capture, expect }: BlockItem): boolean {
  return capture !== undefined || expect.length > 0;
}

function takeOutputFile(path: string): string | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return undefined;
  const text = size > outputFileLimitBytes ? 'too-large' : readFileSync(path, 'utf8');
  rmSync(path, { force: true });
  return text;
}
