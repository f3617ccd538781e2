// Owns the building of what runs blocks, when the first of them is to run.

import { dirname } from 'node:path';
import type { Address } from '../../basics/address.ts';
import type { MachineAddress } from '../../basics/machine-address.ts';
import { machineName } from '../../basics/machine-address.ts';
import { namedValues } from '../../basics/named-values.ts';
import type { LeftOff } from '../../engine/executors/left-off.ts';
import type { RunAsSettings } from '../../engine/machines/ways/run-as.ts';
import type { SshSettings } from '../../engine/machines/ways/ssh-client.ts';
import type { RunEngine } from '../../engine/run-engine.ts';
import type { AttemptResult, RunEvent } from '../../run/event.ts';
import type { Executor } from '../../run/executor.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { startEnvironment } from '../inputs/start-environment.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { systemClock } from '../system-clock.ts';
import type { RunSession } from './run-session.ts';

/** An executor that may never be started. */
export interface LazyExecutor {
  /** Starts it, the first time. */
  readonly start: () => Promise<Executor>;
  /** Does so where blocks were run, by this process or an earlier one. */
  readonly runExitTraps: Executor['runExitTraps'];
  /** Ends it once, and gives what ran in the background until then. */
  readonly close: Executor['close'];
}

/** Starts the executor when the first block wants it; a run of checklists never starts a shell. */
export function lazyExecutor(
  session: RunSession,
  secrets: KnownSecrets,
  engine: () => Pick<RunEngine, 'note' | 'show'>,
): LazyExecutor {
  let started: Promise<Executor> | undefined;
  const start = (): Promise<Executor> => {
    started ??= startExecutor(session, secrets, (chunk) => engine().show(chunk)).then((executor) => {
      executor.onBackgroundEnd((end) => engine().note({ type: 'BackgroundEnded', ...end }));
      executor.onLateOutput((late) => engine().note({ type: 'LateOutput', ...late }));
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
  const runExitTraps = async (): Promise<void> => {
    const { shellState, hostStates } = session.state;
    const mayWait = shellState !== undefined || Object.keys(hostStates).length > 0;
    const executor = await (mayWait ? start() : started)?.catch(() => undefined);
    await executor?.runExitTraps();
  };
  return { start, runExitTraps, close };
}

async function startExecutor(
  session: RunSession,
  secrets: KnownSecrets,
  show: (chunk: OutputChunk) => void,
): Promise<Executor> {
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
    leftOff: leftOffIn(session, show),
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

/** What has left the states that are restored, by the names of machines. */
function leftOffIn(
  { history, plan, state }: RunSession,
  show: (chunk: OutputChunk) => void,
): Readonly<Record<string, LeftOff>> {
  const found = namedValues<LeftOff>();
  for (const { event } of history) {
    if (event.type === 'RunEnded')
      for (const [name, left] of Object.entries(found)) found[name] = { ...left, exitTrapsHaveRun: true };
    const at = event.type === 'ShellClosed' ? event.at : 'address' in event ? event.address : undefined;
    const index = at === undefined ? undefined : state.indexOf.get(at);
    const named = index === undefined ? undefined : plan.items[index];
    // Beside an operator's shell that was opened before all blocks there is nothing but its own.
    const item = named?.kind === 'block' ? named : plan.items.find(({ kind }) => kind === 'block');
    if (item?.kind !== 'block') continue;
    for (const address of machinesLeft(event, item.user)) {
      const { host } = address;
      const last = { item, ...(host !== undefined && { host }), attempt: 1, purpose: 'block' as const };
      const { signal } = new AbortController();
      found[machineName(address)] = {
        last: { ...last, onOutput: show, signal },
        exitTrapsHaveRun: false,
      };
    }
  }
  return found;
}

/** On which machines an event says that a state was left. */
function machinesLeft(event: RunEvent, user: string | undefined): readonly MachineAddress[] {
  if (event.type === 'ShellClosed') return event.shellState === undefined ? [] : [{}];
  if (!('result' in event)) return [];
  if (event.type === 'HostEnded')
    return event.result.shellState === undefined ? [] : [{ host: event.result.host, user }];
  const { shellState, userState }: Pick<AttemptResult, 'shellState' | 'userState'> = event.result;
  return [...(shellState === undefined ? [] : [{}]), ...(userState === undefined ? [] : [{ user }])];
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
