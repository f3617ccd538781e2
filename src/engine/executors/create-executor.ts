// Owns making the executor of one run: its private folder, its pipes and the state it starts from.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, RunId } from '../../basics/address.ts';
import { machineName } from '../../basics/machine-address.ts';
import { namedValue, namedValues } from '../../basics/named-values.ts';
import type { Executor } from '../../run/executor.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import { removePrivateFolder } from '../files/code-files.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import { makeStateFolder } from '../files/write-state-file.ts';
import { LocalMachine } from '../machines/local-machine.ts';
import type { RunResources } from '../machines/run-resources.ts';
import type { RunAsSettings } from '../machines/ways/run-as.ts';
import { SshClient, type SshSettings } from '../machines/ways/ssh-client.ts';
import { PipePool } from '../output/pipe-pool.ts';
import { defaultGrace, type Grace } from '../processes/process-tree.ts';
import { Watchdog } from '../processes/watchdog.ts';
import { CarriedState } from '../shells/carried-state.ts';
import { readSnapshot } from '../shells/saved/save-snapshot.ts';
import type { LeftOff } from './left-off.ts';
import { LinkedPlaces } from './linked-places.ts';
import { RemoteHosts } from './remote-hosts.ts';
import { RunExecutor } from './run-executor.ts';

export interface ExecutorOptions {
  /** The run's own folder, mode 0700; outputs and states are kept below it. */
  readonly runFolder: string;
  readonly runId: RunId;
  /** What runs blocks labelled `sh`, `shell`, `console`: a name or a path. */
  readonly shell: string;
  /** The whole environment that blocks start with. */
  readonly env: Readonly<Record<string, string>>;
  /** The environment of the operator, whose pagers interactive blocks get; none when absent. */
  readonly operatorEnv?: Readonly<Record<string, string | undefined>>;
  /** Absolute; where blocks start, and what a relative `cwd=` starts from. */
  readonly cwd: string;
  /** The opened runbook's folder, from which links lead; `cwd` when absent. */
  readonly folder?: string;
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** Names of the variables that blocks on hosts get: inputs, the runbook's own, what was captured so far. */
  readonly sharedNames?: readonly string[];
  /** How hosts are reached; plain `ssh` without anybody to ask when absent. */
  readonly ssh?: SshSettings;
  /** What makes blocks another user's; plain `sudo` when absent. */
  readonly runAs?: RunAsSettings;
  /** States on other machines, as `HostResult.shellState` and `AttemptResult.userState` gave them, by their names. */
  readonly restoreHosts?: Readonly<Record<string, SavedState>>;
  /** A state of an earlier process, as `AttemptResult.shellState` gave it. */
  readonly restoreFrom?: SavedState;
  /** What has left these states, by the names of machines; this one's is empty. */
  readonly leftOff?: Readonly<Record<string, LeftOff>>;
  /** The link to another runbook in which that state was left, for a state of 0.1.0, which does not say it. */
  readonly restoreWithin?: Address;
  /** Those of the run; what turns up while it runs joins them. */
  readonly secrets: KnownSecrets;
  readonly grace?: Grace;
  /** Steady milliseconds; the process's own clock when absent. */
  readonly monotonicMs?: () => number;
}

/**
 * The executor of one run. Shells are started when the first block needs them. Throws when the state to
 * restore was not written whole.
 */
export async function createExecutor(options: ExecutorOptions): Promise<Executor> {
  const { secrets } = options;
  const carried = new CarriedState(options.env, options.cwd, secrets);
  if (options.restoreFrom !== undefined) {
    const changes = readSnapshot(options.runFolder, options.restoreFrom, secrets);
    carried.restore({ within: options.restoreWithin ?? null, ...changes });
  }
  const leftOff = options.leftOff ?? {};
  const leftHere = namedValue(leftOff, machineName({}));
  if (leftHere?.exitTrapsHaveRun) carried.takeExitTraps();
  const { path, pool } = await makePipes(options.runFolder);
  const { runFolder, shell, interpreters } = options;
  const sharedNames = new Set(options.sharedNames);
  const resources: RunResources = {
    common: { RUNSHEET: '1', RUNSHEET_RUN: options.runId },
    pool,
    carried,
    watchdog: new Watchdog(pool.folder),
    secrets,
    grace: options.grace ?? defaultGrace,
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
  };
  const hosts = new RemoteHosts(
    {
      client: new SshClient(options.ssh ?? { command: ['ssh'], env: options.env, mayAsk: false }),
      runAs: options.runAs ?? {},
      resources,
      languages: { shell, interpreters },
      runFolder,
      variables: () => valuesOf(sharedNames, carried),
    },
    options.restoreHosts ?? {},
    leftOff,
  );
  return new RunExecutor({
    runFolder,
    cwd: options.cwd,
    shell,
    interpreters,
    operatorEnv: options.operatorEnv ?? {},
    sharedNames,
    hosts,
    places: new LinkedPlaces(carried, options.folder ?? options.cwd),
    remove: () => removeLeftFolder(path),
    resources,
    leftOff: leftHere,
    here: new LocalMachine({ resources, cwd: options.cwd, shell, interpreters }),
  });
}

/** The run's own variables as they are now; one that a block here has taken away is not handed over. */
function valuesOf(names: ReadonlySet<string>, carried: CarriedState): Record<string, string> {
  const values = namedValues<string>();
  for (const name of names) {
    const value = carried.valueOf(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

const privatePrefix = '.pipes-';

/**
 * The pipes live in the run's own folder, where a block that tidies up temporary files does not find them;
 * in the system's folder for temporary files when that file system has no named pipes.
 */
async function makePipes(runFolder: string): Promise<{ path: string; pool: PipePool }> {
  makeStateFolder(runFolder);
  // A tool that was killed together with its watchdog has left its own.
  for (const name of readdirSync(runFolder))
    if (name.startsWith(privatePrefix)) removeLeftFolder(join(runFolder, name));
  const path = mkdtempSync(join(runFolder, privatePrefix));
  try {
    return { path, pool: await PipePool.create(path) };
  } catch {
    rmSync(path, { recursive: true, force: true });
    const fallback = mkdtempSync(join(tmpdir(), 'runsheet-'));
    return { path: fallback, pool: await PipePool.create(fallback) };
  }
}

/** What another account's tool has left, or a block has closed, is not removed, and is in nobody's way. */
function removeLeftFolder(path: string): void {
  try {
    removePrivateFolder(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}
