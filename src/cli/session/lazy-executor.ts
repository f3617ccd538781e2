// Owns the building of what runs blocks, when the first of them is to run.

import { dirname } from 'node:path';
import type { Address } from '../../basics/address.ts';
import type { RunAsSettings } from '../../engine/machines/ways/run-as.ts';
import type { SshSettings } from '../../engine/machines/ways/ssh-client.ts';
import type { EventOf, RunEvent } from '../../run/event.ts';
import type { Executor } from '../../run/executor.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { startEnvironment } from '../inputs/start-environment.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { systemClock } from '../system-clock.ts';
import type { RunSession } from './run-session.ts';

/** An executor that may never be started. */
export interface LazyExecutor {
  /** Starts it, the first time. */
  readonly start: () => Promise<Executor>;
  /** Does so where it was started. */
  readonly runExitTraps: Executor['runExitTraps'];
  /** Ends it once, and gives what ran in the background until then. */
  readonly close: Executor['close'];
}

/** Starts the executor when the first block wants it; a run of checklists never starts a shell. */
export function lazyExecutor(
  session: RunSession,
  secrets: KnownSecrets,
  tell: (event: EventOf<'BackgroundEnded' | 'LateOutput'>) => void,
): LazyExecutor {
  let started: Promise<Executor> | undefined;
  const start = (): Promise<Executor> => {
    started ??= startExecutor(session, secrets).then((executor) => {
      executor.onBackgroundEnd((end) => tell({ type: 'BackgroundEnded', ...end }));
      executor.onLateOutput((late) => tell({ type: 'LateOutput', ...late }));
      return executor;
    });
    return started;
  };
  let closed = false;
  const close = async (): ReturnType<Executor['close']> => {
    if (!started || closed) return [];
    closed = true;
    // One that could not be started has nothing to end.
    const executor = await started.catch(() => undefined);
    return executor?.close() ?? [];
  };
  const runExitTraps = async (): Promise<void> => (await started?.catch(() => undefined))?.runExitTraps();
  return { start, runExitTraps, close };
}

async function startExecutor(session: RunSession, secrets: KnownSecrets): Promise<Executor> {
  const [{ createExecutor }, { withoutPagers }] = await Promise.all([
    import('../../engine/executors/create-executor.ts'),
    import('../../engine/shells/without-pagers.ts'),
  ]);
  const { plan, folder, inputs, state, cwd } = session;
  const given = inputVariables(plan.inputs ?? [], { ...inputs.values, ...inputs.secrets });
  return createExecutor({
    runFolder: folder.path,
    runId: folder.id,
    shell: plan.shell,
    interpreters: plan.interpreters,
    cwd,
    folder: dirname(session.file.path),
    env: startEnvironment(session, withoutPagers),
    operatorEnv: process.env,
    secrets,
    monotonicMs: systemClock.monotonicMs,
    sharedNames: [withoutPagers, plan.env, given, state.captured].flatMap(Object.keys),
    ssh: sshSettings(session),
    runAs: runAsSettings(session.file.path),
    restoreHosts: state.hostStates,
    ...(state.shellState !== undefined && { restoreFrom: state.shellState, ...placeOf(session) }),
  });
}

/** The link in which the stored shell state was left. */
function placeOf({ history, plan, state }: RunSession): { readonly restoreWithin?: Address } {
  const left = history.findLast(({ event }) => stateLeftBy(event) === state.shellState)?.event;
  const address =
    left?.type === 'ShellClosed' ? left.at : left && 'address' in left ? left.address : undefined;
  const index = address === undefined ? undefined : state.indexOf.get(address);
  const within = index === undefined ? undefined : plan.items[index]?.within;
  return within === undefined ? {} : { restoreWithin: within };
}

function stateLeftBy(event: RunEvent): SavedState | undefined {
  if (event.type === 'ShellClosed') return event.shellState;
  return 'result' in event ? event.result.shellState : undefined;
}

function runAsSettings(runbook: string): RunAsSettings {
  const { runAs } = loadConfiguration(runbook).configuration;
  return runAs === undefined ? {} : { command: runAs };
}

/**
 * What starts ssh for a runbook: the word of its test, the environment's, then the configuration's, then plain
 * `ssh`. Line by line a person sits at the terminal of this process, whom it may ask.
 */
function sshSettings({ file, surface, trial }: RunSession): SshSettings {
  const settings = { env: definedEnvironment(), mayAsk: surface.name === 'prompt' };
  if (trial !== undefined) return { ...settings, command: [trial.ssh] };
  const words = process.env.RUNSHEET_SSH?.split(/\s+/).filter((word) => word !== '') ?? [];
  const { ssh = ['ssh'] } = loadConfiguration(file.path).configuration;
  return { ...settings, command: words.length > 0 ? words : ssh };
}
