// Owns the worker of a server: it takes runs from the queue, drives each in a process of its own, and gives back what
// came of it.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunId } from '../../../basics/address.ts';
import { errorMessage } from '../../../basics/coded-error.ts';
import { ok, type Result } from '../../../basics/result.ts';
import { postCommand } from '../../../engine/inbox/remote-command.ts';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import type { Claim, ClaimedRun, RunQueue } from '../../../engine/queue/run-queue.ts';
import { exitCode, exitCodeOf } from '../../exit-code.ts';
import { readRun } from '../../history/read-run.ts';
import { PlaceTime } from './place-time.ts';
import { queueTrouble } from './queue-trouble.ts';
import { isToGoOn, type RestOfRun, restAsBefore, restOf } from './rest-of.ts';
import {
  type Drive,
  type DriveEnd,
  type DriveReplica,
  type DriveSettings,
  startDrive,
} from './start-drive.ts';

/** A run whose record is kept elsewhere, while it is here. */
export interface RunAway extends DriveReplica {
  /** Gives to the run what was posted for it from elsewhere. Nothing is given to it after the `last` time. */
  handPosted(last?: 'last'): Promise<void>;
  /** Keeps what its blocks have printed meanwhile, for those who look at the run. */
  keepPrinted(): Promise<void>;
  /** The process has ended: keeps what it has written last; false where the run is another worker's by now. */
  keepLast(): Promise<boolean>;
  /** Whether something could not be kept in time. */
  readonly isLate: boolean;
  /** What became of the run is known. */
  close(): void;
}

/** What a worker is made of. */
export interface WorkerParts {
  readonly queue: RunQueue;
  readonly store: RunStore;
  /** The absolute path of the runbook of a run, or why it is not run, in words. */
  readonly pageOf: (run: ClaimedRun['run']) => Result<string, string>;
  readonly settings: DriveSettings;
  /** Runs at once. */
  readonly slots: number;
  readonly queues: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long the journals of resting runs were when they were looked at last. */
  readonly seen: Map<string, number>;
  /** Makes the folder of a run where its record is kept elsewhere; undefined where another worker has it by now. */
  readonly fetch?: (claimed: ClaimedRun) => Promise<RunAway | undefined>;
  /** Says that it lives, by a clock that all who judge it have in common; where nothing is said, by `now`. */
  readonly sayAlive?: (worker: string) => Promise<void>;
  /** How often it says so; every 5 s where nothing is said. */
  readonly beatMs?: number;
  /** Told what operators of the server should know. */
  readonly tell: (line: string) => void;
}

const beatMs = 5_000;
/** The queue says when something is due; what others put into it is seen so late at most. */
const lookMs = 1_000;
/** What the system has refused is tried again after so long. */
const retryMs = 10_000;

/** A run in which nothing happens while it is taken up is taken up less and less often. */
const longestAgainMs = 60_000;

function againMs(delayMs: number, tries: number): number {
  return tries === 0 ? delayMs : Math.min(longestAgainMs, Math.max(delayMs, 250) * 2 ** (tries - 1));
}

/** A worker that goes on until it is asked to end. */
export class RunWorker {
  readonly id = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  readonly #parts: WorkerParts;
  readonly #drives = new Map<RunId, Drive>();
  readonly #time: PlaceTime;
  #isOpen = true;
  #wake: (() => void) | undefined;
  #ended: Promise<void> | undefined;
  #stopBeating = (): void => {};
  readonly #going = new Set<Promise<void>>();
  /** Runs in which nothing happened when they were taken up last: how often in a row, and why they were. */
  readonly #vain = new Map<RunId, { readonly tries: number; readonly reason: string }>();

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#time = new PlaceTime(parts.slots, parts.now());
  }

  /** Begins to take runs. */
  start(): void {
    this.#ended = this.#work();
    this.beat();
  }

  /** Says from time to time that it lives, until it has ended. */
  beat(): void {
    const { queue, now, sayAlive = (id) => queue.beat(id, now()) } = this.#parts;
    const beats = setInterval(() => {
      void this.#quietly(sayAlive(this.id));
      void this.#keepTime();
    }, this.#parts.beatMs ?? beatMs);
    this.#stopBeating = () => clearInterval(beats);
  }

  /** Drives a run that was handed to it, and resolves when it was given back. */
  async take(claimed: ClaimedRun): Promise<void> {
    const one = this.#takeOn(claimed).finally(() => this.#going.delete(one));
    this.#going.add(one);
    await one;
  }

  /** Whether it drives a run now. */
  drives(run: RunId): boolean {
    return this.#drives.has(run);
  }

  /** Something was put into the queue. */
  wake(): void {
    this.#wake?.();
  }

  /** How many runs it drives now. */
  get busy(): number {
    return this.#drives.size;
  }

  /**
   * Takes no more runs, has those it drives pause behind the block that runs now, and resolves when they rest. With
   * `hurry`, their processes are told to end.
   */
  async end(hurry: AbortSignal): Promise<void> {
    this.#isOpen = false;
    this.wake();
    const { store } = this.#parts;
    for (const [id, drive] of this.#drives) this.#askToPause(store.folder(id).path, drive);
    const stop = (): void => {
      for (const drive of this.#drives.values()) drive.stop();
    };
    hurry.addEventListener('abort', stop, { once: true });
    if (hurry.aborted) stop();
    await this.#ended;
    await Promise.all(this.#going);
    this.#stopBeating();
    await this.#keepTime();
    await this.#quietly(this.#parts.queue.leave(this.id));
  }

  /** What was not kept is kept with the next. */
  async #keepTime(): Promise<void> {
    const { queue, now, tell } = this.#parts;
    const time = this.#time.take(now());
    try {
      await queue.addWorkerTime(time);
    } catch (error) {
      this.#time.giveBack(time);
      tell(queueTrouble(error));
    }
  }

  #setDrive(run: RunId, drive: Drive | undefined): void {
    if (drive === undefined) this.#drives.delete(run);
    else this.#drives.set(run, drive);
    this.#time.busy(this.#drives.size, this.#parts.now());
  }

  /** One that cannot be asked comes to its own rest; what it has not heard is for nobody who takes it up later. */
  #askToPause(folder: string, { ended }: Drive): void {
    try {
      const posted = postCommand(folder, { type: 'PauseRun', drained: true, host: hostname() });
      void ended.then(() => posted.withdraw());
    } catch (error) {
      this.#parts.tell(`a run could not be asked to pause: ${errorMessage(error)}`);
    }
  }

  async #work(): Promise<void> {
    const { queue, slots, queues, now } = this.#parts;
    const going = this.#going;
    while (this.#isOpen) {
      const isFree = going.size < slots;
      const claimed = isFree ? await this.#quietly(queue.claim(this.id, queues, now())) : undefined;
      if (claimed !== undefined) {
        void this.take(claimed).then(() => this.wake());
        continue;
      }
      await this.#pause(isFree ? await this.#quietly(queue.nextDue(queues, now())) : undefined);
    }
  }

  /** What the system refuses is tried again, and ends nothing else. */
  async #takeOn(claimed: ClaimedRun): Promise<void> {
    const { run } = claimed;
    try {
      await this.#drive(claimed);
    } catch (error) {
      const { queue, now, tell } = this.#parts;
      const reason = errorMessage(error);
      tell(`run ${run.id} could not be worked on: ${reason}`);
      this.#setDrive(run.id, undefined);
      await this.#quietly(
        queue.putBack({ run: run.id, epoch: run.epoch }, { reason, dueAt: now() + retryMs }),
      );
    }
  }

  async #drive(claimed: ClaimedRun): Promise<void> {
    const { fetch } = this.#parts;
    if (fetch === undefined) return this.#driveHere(claimed);
    const away = await fetch(claimed);
    if (away === undefined) return;
    try {
      await this.#driveHere(claimed, away);
    } finally {
      away.close();
    }
  }

  async #driveHere({ run, how, rested }: ClaimedRun, away?: RunAway): Promise<void> {
    const { store, pageOf, settings, now } = this.#parts;
    const claim = { run: run.id, epoch: run.epoch };
    const hasBegun = how === 'needs-resume' && store.hasBegun(store.folder(run.id));
    if (hasBegun) {
      await away?.handPosted();
      // Somebody has ended it while it rested.
      const state = readRun(store.folder(run.id))?.state;
      if (state?.lifecycle === 'ended') {
        const end = { exit: exitCodeOf(state), outcome: state.outcome ?? '', at: now() };
        await this.#finish(claim, end);
        return;
      }
      // What was noted, refused or told while it rests is nothing that it could go on with.
      if (state !== undefined && !isToGoOn(state, rested !== undefined, now())) {
        await away?.handPosted('last');
        return this.#giveBack(claim, restAsBefore(store, store.folder(run.id), rested ?? ''));
      }
    }
    const before = hasBegun ? store.journalSize(store.folder(run.id)) : undefined;
    const page = hasBegun ? ok('') : pageOf(run);
    if (!page.ok) {
      await this.#finish(claim, { exit: exitCode.usage, outcome: page.error, at: now() });
      return;
    }
    const drive = startDrive(run, page.value, hasBegun ? 'resume' : 'start', settings, away);
    this.#setDrive(run.id, drive);
    if (how === 'start') this.#time.begin();
    const end = await drive.ended;
    this.#setDrive(run.id, undefined);
    if (away !== undefined && !(await away.keepLast())) {
      this.#parts.tell(`run ${run.id} goes on at another worker`);
      return;
    }
    await away?.handPosted('last');
    const known = away?.isLate ? { ...end, isLate: true } : end;
    await this.#giveBack(claim, restOf(store, store.folder(run.id), known, before), end, before);
  }

  /** Tells the queue what has come of a run whose journal was that long `before` its process began. */
  async #giveBack(claim: Claim, rest: RestOfRun, end?: DriveEnd, before?: number): Promise<void> {
    const { queue, store, seen, now, tell } = this.#parts;
    const { run } = claim;
    const ofProcess = end && { machineMs: end.machineMs };
    const isStill = before !== undefined && store.journalSize(store.folder(run)) === before;
    const tries = isStill ? (this.#vain.get(run)?.tries ?? 0) + 1 : 0;
    const toldOf = this.#vain.get(run)?.reason;
    this.#vain.delete(run);
    switch (rest.type) {
      case 'again': {
        const { reason } = rest;
        if (tries > 0) this.#vain.set(run, { tries, reason });
        // Said once, however often it is tried.
        if (tries < 2 || toldOf !== reason) tell(`run ${run} is taken up again: ${reason}`);
        const dueAt = now() + againMs(rest.delayMs, tries);
        await this.#quietly(queue.putBack(claim, { reason, ...ofProcess, dueAt }));
        return;
      }
      case 'rests': {
        if (rest.endOf === 'server' || (rest.endOf === 'process' && !this.#isOpen)) {
          // It was asked to pause so that this server can end; the next one goes on with it.
          await this.#quietly(
            queue.putBack(claim, { reason: 'the server has ended', ...ofProcess, dueAt: now() }),
          );
          return;
        }
        if (rest.isStuck) tell(`run ${run} rests: ${rest.reason}`);
        seen.set(run, rest.size);
        const due = rest.dueAt === undefined ? {} : { dueAt: rest.dueAt };
        await this.#quietly(queue.rest(claim, { reason: rest.reason, ...ofProcess, ...due }));
        return;
      }
      case 'ended': {
        const { outcome = '', exit = end?.exit ?? exitCode.failed } = rest;
        await this.#finish(claim, { exit, outcome, ...ofProcess, at: now() });
      }
    }
  }

  async #finish(
    claim: Claim,
    end: Parameters<RunQueue['finish']>[1] & { readonly outcome: string },
  ): Promise<void> {
    const { queue, settings } = this.#parts;
    if ((await this.#quietly(queue.finish(claim, end))) === 'done') settings.onEnd?.(end.outcome);
  }

  /** The queue may be gone for a while; runs go on, and it is tried again. */
  async #quietly<Value>(asked: Promise<Value>): Promise<Value | undefined> {
    try {
      return await asked;
    } catch (error) {
      this.#parts.tell(queueTrouble(error));
      return undefined;
    }
  }

  #pause(dueAt: number | undefined): Promise<void> {
    const ms = Math.min(lookMs, Math.max(10, (dueAt ?? Number.POSITIVE_INFINITY) - this.#parts.now()));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
