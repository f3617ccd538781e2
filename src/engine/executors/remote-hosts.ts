// Owns all machines of a run but this one as the operator: which there are, and what blocks left on them for later ones.

import { randomBytes } from 'node:crypto';
import type { Address } from '../../basics/address.ts';
import { type MachineAddress, machineName } from '../../basics/machine-address.ts';
import { namedValue } from '../../basics/named-values.ts';
import { WorkQueue } from '../../basics/work-queue.ts';
import type { HostResult } from '../../run/event.ts';
import type { ExecutionRequest, ExecutionResult, FileComparison } from '../../run/executor.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import { tableOfHosts, type Values } from '../attempts/handed-on-by.ts';
import { MachineAttempts } from '../attempts/machine-attempts.ts';
import { FileSteps } from '../file-steps/file-steps.ts';
import { KeptFiles } from '../file-steps/kept-file.ts';
import { SessionMachine, type SessionMachineContext } from '../machines/session-machine.ts';
import type { CarriedState } from '../shells/carried-state.ts';
import { readSnapshot } from '../shells/saved/save-snapshot.ts';
import { SavedStates } from '../shells/saved/saved-states.ts';
import type { LeftOff } from './left-off.ts';
import { runExitTraps } from './run-exit-traps.ts';

export interface RemoteHostsContext extends SessionMachineContext {
  readonly runFolder: string;
}

/** A host's blocks run one after the other, and wait for no other host. */
interface Host {
  readonly queue: WorkQueue;
  readonly attempts: MachineAttempts;
  readonly files: FileSteps;
  readonly carried: CarriedState;
  /** What was asked for last. */
  last?: Omit<ExecutionRequest, 'code'>;
}

export class RemoteHosts {
  readonly #context: RemoteHostsContext;
  /** States of earlier processes of the run, by the names of machines. */
  readonly #restore: Readonly<Record<string, SavedState>>;
  /** What has left them. */
  readonly #leftOff: Readonly<Record<string, LeftOff>>;
  readonly #hosts = new Map<string, Host>();
  /** What a block handed on from each host, or for each item, secrets as they are, which no journal may hold. */
  readonly #values = new Map<Address, Map<string, Values>>();

  constructor(
    context: RemoteHostsContext,
    restore: Readonly<Record<string, SavedState>>,
    leftOff: Readonly<Record<string, LeftOff>>,
  ) {
    this.#context = context;
    this.#restore = restore;
    this.#leftOff = leftOff;
  }

  /** Throws when the state that was left there was not written whole. */
  run(request: ExecutionRequest, host?: string): Promise<ExecutionResult> {
    const there = this.#hostOf({ host, user: request.item.user });
    return there.queue.add(() => {
      const { item, attempt, purpose, onOutput } = request;
      const { signal } = new AbortController();
      there.last = { item, ...(host !== undefined && { host }), attempt, purpose, onOutput, signal };
      if (item.writes !== undefined && purpose === 'block') return there.files.run(request);
      return there.attempts.run(request);
    });
  }

  compareFile(request: ExecutionRequest, host?: string): Promise<FileComparison> {
    const there = this.#hostOf({ host, user: request.item.user });
    return there.queue.add(() => there.files.compare(request));
  }

  /** On all of them, those included that have run nothing since the run was resumed. */
  async runExitTraps(): Promise<void> {
    for (const { last } of Object.values(this.#leftOff)) {
      const address = { host: last.host, user: last.item.user };
      if (namedValue(this.#restore, machineName(address)) !== undefined) this.#hostOf(address);
    }
    const run = ({ queue, attempts, carried, last }: Host): Promise<void> | undefined =>
      last && queue.add(() => runExitTraps(attempts, carried, last));
    await Promise.all([...this.#hosts.values()].map(run));
  }

  /** Keeps what a block hands on from a host, or for an item, until all of them have ended. */
  keepValues(address: Address, target: string, values: Values): void {
    const known = this.#values.get(address) ?? new Map<string, Values>();
    this.#values.set(address, known.set(target, values));
  }

  /** The values of a block, one host's as they are, several hosts' as tables; and which of them are lost secrets. */
  valuesOf(
    address: Address,
    hosts: readonly Pick<HostResult, 'host' | 'captured'>[],
    isOne: boolean,
  ): { readonly values: Values; readonly lost: readonly string[] } {
    const known = this.#values.get(address);
    const lost: string[] = [];
    const rows = hosts.map(({ host, captured = {} }) => {
      const here = known?.get(host);
      // Of a host that passed before the run broke off, only what could be written down is left.
      if (here === undefined && Object.values(captured).some((value) => value.includes('***')))
        lost.push(host);
      return { host, values: here ?? captured };
    });
    return { values: tableOfHosts(rows, isOne), lost };
  }

  /** Ends the connections. */
  close(): Promise<void> {
    return this.#context.client.close();
  }

  #hostOf(address: MachineAddress): Host {
    const name = machineName(address);
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const last = namedValue(this.#leftOff, name)?.last;
    const made = { queue: new WorkQueue(), ...this.#attemptsOn(address), ...(last && { last }) };
    this.#hosts.set(name, made);
    return made;
  }

  #attemptsOn(address: MachineAddress): Pick<Host, 'attempts' | 'files' | 'carried'> {
    const { runFolder, resources } = this.#context;
    const process = randomBytes(4).toString('hex');
    const machine = new SessionMachine(address, this.#context);
    const left = namedValue(this.#restore, machineName(address));
    if (left !== undefined) machine.carried.restore(readSnapshot(runFolder, left, resources.secrets));
    if (namedValue(this.#leftOff, machineName(address))?.exitTrapsHaveRun) machine.carried.takeExitTraps();
    const attempts = new MachineAttempts({
      machine,
      resources,
      runFolder,
      saved: new SavedStates(runFolder, process, resources.secrets),
      // What goes on printing on a host finds nobody who reads it.
      onLateOutput: () => {},
      // What several hosts hand on becomes the run's when all of them have ended.
      handOver: (item, values, each) => {
        this.keepValues(item.address, each?.item ?? address.host ?? '', values);
        return { values, changed: false };
      },
    });
    const { secrets } = resources;
    const kept = new KeptFiles(runFolder, process);
    return {
      attempts,
      files: new FileSteps({ attempts, secrets, kept, run: runFolder }),
      carried: machine.carried,
    };
  }
}
