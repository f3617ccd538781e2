// Owns the queue of one machine: a SQLite file in the state folder.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type RunId, runId } from '../../basics/address.ts';
import type { AnswerLink } from './answer-link.ts';
import type { ApiToken } from './api-token.ts';
import { cancelRun, listMessages, permitRun, wakeRun } from './embedded/cancel-run.ts';
import { addWorkerTime, beatWorker, claimRun, listWorkers, listWorkerTimes } from './embedded/claim-run.ts';
import { addLinkRow, findLink, freeLinkRow, useLinkRow } from './embedded/find-link.ts';
import { addTokenRow, findToken, listTokens, removeTokenRow } from './embedded/find-token.ts';
import { finishRun, putRunBack, restRun } from './embedded/finish-run.ts';
import { findEvent, listEvents, listEventsOf } from './embedded/list-events.ts';
import { findQueuedRun, listMachineTimes, listRuns } from './embedded/list-runs.ts';
import { nextDue } from './embedded/next-due.ts';
import { SqlFile } from './embedded/sql-file.ts';
import { replayEvent, takeDelivery, takeUnreadable } from './embedded/take-delivery.ts';
import { takeOrder } from './embedded/take-order.ts';
import { tidyRows } from './embedded/tidy-rows.ts';
import type { MakeRunId } from './embedded/under-limit.ts';
import type { EventId } from './queued-run.ts';
import type { RuleDecision } from './rule-decision.ts';
import type {
  Claim,
  Delivery,
  EventFilter,
  Part,
  RunFilter,
  RunOrder,
  RunQueue,
  WorkerTime,
} from './run-queue.ts';

export interface EmbeddedQueueOptions {
  /** The state folder; the queue has the folder `queue` in it, for its owner alone. */
  readonly stateDir: string;
  /** `read` neither makes nor changes anything, for a process beside the server. */
  readonly use: 'write' | 'read';
  /** Makes the id of a run that begins at a time; asked again where it is taken. */
  readonly makeRunId: MakeRunId;
  /** How long a worker may be silent until its runs are taken by others. */
  readonly leaseMs: number;
}

export class EmbeddedQueue implements RunQueue {
  readonly #file: SqlFile;
  readonly #makeRunId: MakeRunId;
  readonly #leaseMs: number;

  private constructor(file: SqlFile, { makeRunId, leaseMs }: EmbeddedQueueOptions) {
    this.#file = file;
    this.#makeRunId = makeRunId;
    this.#leaseMs = leaseMs;
  }

  /** Throws `QueueUnavailable` where there is none or it cannot be used, `UnsafeFolder` where others may write there. */
  static async open(options: EmbeddedQueueOptions): Promise<EmbeddedQueue> {
    return new EmbeddedQueue(await SqlFile.open(join(options.stateDir, 'queue'), options.use), options);
  }

  /** Looks only: makes no runs, and is no worker. */
  static openToRead(stateDir: string): Promise<EmbeddedQueue> {
    return EmbeddedQueue.open({ stateDir, use: 'read', makeRunId: () => runId(''), leaseMs: 0 });
  }

  accept = (delivery: Delivery) =>
    this.#file.write(() => takeDelivery(this.#file, this.#makeRunId, delivery));

  keepUnreadable = (unreadable: {
    endpoint: string;
    source: string;
    reason: string;
    raw: Uint8Array;
    at: number;
  }) => {
    const key = createHash('sha256').update(unreadable.raw).digest('hex');
    return this.#file.write(() => takeUnreadable(this.#file, { ...unreadable, key }));
  };

  replay = (
    event: EventId,
    anew: { decisions: readonly RuleDecision[]; by: string; again: boolean; at: number },
  ) => this.#file.write(() => replayEvent(this.#file, this.#makeRunId, event, anew));

  startRun = (order: RunOrder) => this.#file.write(() => takeOrder(this.#file, this.#makeRunId, order));

  beat = (worker: string, at: number) => this.#file.write(() => beatWorker(this.#file, worker, at));

  leave = (worker: string) =>
    this.#file.write(() => void this.#file.run('DELETE FROM worker WHERE name = ?', worker));

  workers = () => this.#file.read(() => listWorkers(this.#file));

  claim = (worker: string, queues: readonly string[], at: number) =>
    this.#file.write(() => claimRun(this.#file, { worker, queues, at, leaseMs: this.#leaseMs }));

  finish = (claim: Claim, end: Parameters<RunQueue['finish']>[1]) =>
    this.#file.write(() => finishRun(this.#file, claim, end));

  rest = (claim: Claim, rest: Parameters<RunQueue['rest']>[1]) =>
    this.#file.write(() => restRun(this.#file, claim, rest));

  putBack = (claim: Claim, back: Parameters<RunQueue['putBack']>[1]) =>
    this.#file.write(() => putRunBack(this.#file, claim, back));

  addWorkerTime = (time: WorkerTime) => this.#file.write(() => addWorkerTime(this.#file, time));

  machineTimes = (run?: RunId) => this.#file.read(() => listMachineTimes(this.#file, run));

  workerTimes = () => this.#file.read(() => listWorkerTimes(this.#file));

  wake = (run: RunId, at: number) => this.#file.write(() => wakeRun(this.#file, run, at));

  permit = (run: RunId, by: string, at: number) => this.#file.write(() => permitRun(this.#file, run, by, at));

  cancel = (run: RunId, by: { reason: string; at: number }) =>
    this.#file.write(() => cancelRun(this.#file, run, by));

  messages = (limit: number) => this.#file.read(() => listMessages(this.#file, limit));

  messageTold = (message: number) =>
    this.#file.write(() => void this.#file.run('DELETE FROM message WHERE id = ?', message));

  nextDue = (queues: readonly string[], at: number) =>
    this.#file.read(() => nextDue(this.#file, { queues, at, leaseMs: this.#leaseMs }));

  runs = (filter: RunFilter, part: Part) => this.#file.read(() => listRuns(this.#file, filter, part));

  run = (id: RunId) => this.#file.read(() => findQueuedRun(this.#file, id));

  events = (filter: EventFilter, part: Part) => this.#file.read(() => listEvents(this.#file, filter, part));

  event = (id: EventId) => this.#file.read(() => findEvent(this.#file, id));

  eventsOf = (run: RunId) => this.#file.read(() => listEventsOf(this.#file, run));

  addLink = (link: AnswerLink) => this.#file.write(() => addLinkRow(this.#file, link));

  link = (hash: string) => this.#file.read(() => findLink(this.#file, hash));

  useLink = (hash: string, at: number) => this.#file.write(() => useLinkRow(this.#file, hash, at));

  freeLink = (hash: string, usedAt: number) => this.#file.write(() => freeLinkRow(this.#file, hash, usedAt));

  addToken = (token: ApiToken) => this.#file.write(() => addTokenRow(this.#file, token));

  token = (hash: string, at: number) => this.#file.read(() => findToken(this.#file, hash, at));

  tokens = () => this.#file.read(() => listTokens(this.#file));

  removeToken = (name: string) => this.#file.write(() => removeTokenRow(this.#file, name));

  mark = (name: string) =>
    this.#file.read(() => {
      const [row] = this.#file.all('SELECT value FROM mark WHERE name = ?', name);
      return row && String(row.value);
    });

  setMark = (name: string, value: string) =>
    this.#file.write(() => {
      this.#file.run('INSERT OR REPLACE INTO mark (name, value) VALUES (?, ?)', name, value);
    });

  tidy = (before: number, most: number) => this.#file.write(() => tidyRows(this.#file, before, most));

  close = () => this.#file.close();
}
