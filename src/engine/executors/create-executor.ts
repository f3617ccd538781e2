// Owns making the executor of one run: its private folder, its pipes and the state it starts from.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, RunId } from '../../basics/ids.ts';
import type { SavedState } from '../../run/event.ts';
import type { Executor } from '../../run/ports.ts';
import { createRedactor, type Redactor } from '../../run/redact.ts';
import { CarriedState } from './carried-state.ts';
import { LinkedPlaces } from './linked-places.ts';
import { PipePool } from './pipe-pool.ts';
import { defaultGrace, type Grace } from './process-tree.ts';
import { RunExecutor } from './run-executor.ts';
import { readSnapshot } from './state-snapshot.ts';
import { Watchdog } from './watchdog.ts';

export interface ExecutorOptions {
  /** The run's own folder, mode 0700; outputs and states are kept below it. */
  readonly runFolder: string;
  readonly runId: RunId;
  /** What runs blocks labelled `sh`, `shell`, `console`: a name or a path. */
  readonly shell: string;
  /** The whole environment that blocks start with. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute; where blocks start, and what a relative `cwd=` starts from. */
  readonly cwd: string;
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** A state of an earlier process, as `AttemptResult.shellState` gave it. */
  readonly restoreFrom?: SavedState;
  /** The link to another runbook in which that state was left; absent for the opened runbook. */
  readonly restoreWithin?: Address;
  readonly redactor?: Redactor;
  /** Variables that are never stored. */
  readonly secretNames?: readonly string[];
  readonly grace?: Grace;
  /** Steady milliseconds; the process's own clock when absent. */
  readonly monotonicMs?: () => number;
}

/**
 * The executor of one run. Shells are started when the first block needs them. Throws when the state to
 * restore was not written whole.
 */
export async function createExecutor(options: ExecutorOptions): Promise<Executor> {
  const carried = new CarriedState(options.env, options.cwd);
  if (options.restoreFrom !== undefined)
    carried.restore(readSnapshot(options.runFolder, options.restoreFrom).changes);
  const { path, pool } = await makePipes(options.runFolder);
  return new RunExecutor({
    runFolder: options.runFolder,
    cwd: options.cwd,
    shell: options.shell,
    interpreters: options.interpreters,
    secretNames: new Set(options.secretNames),
    places: new LinkedPlaces(carried, options.cwd, options.restoreWithin),
    remove: () => rmSync(path, { recursive: true, force: true }),
    attempts: {
      common: { RUNSHEET: '1', RUNSHEET_RUN: options.runId },
      pool,
      carried,
      watchdog: new Watchdog(),
      redactor: options.redactor ?? createRedactor(),
      grace: options.grace ?? defaultGrace,
      monotonicMs: options.monotonicMs ?? (() => performance.now()),
    },
  });
}

/**
 * The pipes live in the run's own folder, where a block that tidies up temporary files does not find them;
 * in the system's folder for temporary files when that file system has no named pipes.
 */
async function makePipes(runFolder: string): Promise<{ path: string; pool: PipePool }> {
  mkdirSync(runFolder, { recursive: true, mode: 0o700 });
  const path = mkdtempSync(join(runFolder, '.pipes-'));
  try {
    return { path, pool: await PipePool.create(path) };
  } catch {
    rmSync(path, { recursive: true, force: true });
    const fallback = mkdtempSync(join(tmpdir(), 'runsheet-'));
    return { path: fallback, pool: await PipePool.create(fallback) };
  }
}
