// Owns a queue over a database of SQL: every call is one piece of work on its rows.
import { createHash } from 'node:crypto';
import type { RunId } from '../../basics/address.ts';
import type { AnswerLink } from './answer-link.ts';
import type { ApiToken } from './api-token.ts';
import type { EventId } from './queued-run.ts';
import { cancelRun, listMessages, permitRun, removeMessage, wakeRun } from './rows/cancel-run.ts';
import {
  addWorkerTime,
  beatWorker,
  claimRun,
  listWorkers,
  listWorkerTimes,
  removeWorker,
} from './rows/claim-run.ts';
import { addLinkRow, findLink, freeLinkRow, useLinkRow } from './rows/find-link.ts';
import { findMark, setMarkRow } from './rows/find-mark.ts';
import { addTokenRow, findToken, listTokens, removeTokenRow } from './rows/find-token.ts';
import { finishRun, putRunBack, restRun } from './rows/finish-run.ts';
import { findEvent, listEvents, listEventsOf } from './rows/list-events.ts';
import { findQueuedRun, listMachineTimes, listRuns } from './rows/list-runs.ts';
import { nextDue } from './rows/next-due.ts';
import type { SqlStore } from './rows/sql.ts';
import { replayEvent, takeDelivery, takeUnreadable } from './rows/take-delivery.ts';
import { takeOrder } from './rows/take-order.ts';
import { tidyRows } from './rows/tidy-rows.ts';
import type { MakeRunId } from './rows/under-limit.ts';
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

/** What a queue has to know beside its rows. */
export interface QueueRules {
  /** Makes the id of a run that begins at a time; asked again where it is taken. */
  readonly makeRunId: MakeRunId;
  /** How long a worker may be silent until its runs are taken by others. */
  readonly leaseMs: number;
}

export class SqlQueue implements RunQueue {
  readonly #store: SqlStore;
  readonly #makeRunId: MakeRunId;
  readonly #leaseMs: number;

  constructor(store: SqlStore, { makeRunId, leaseMs }: QueueRules) {
    this.#store = store;
    this.#makeRunId = makeRunId;
    this.#leaseMs = leaseMs;
  }

  accept = (delivery: Delivery) => this.#store.write(() => takeDelivery(this.#makeRunId, delivery));

  keepUnreadable = (unreadable: {
    endpoint: string;
    source: string;
    reason: string;
    raw: Uint8Array;
    at: number;
  }) => {
    const key = createHash('sha256').update(unreadable.raw).digest('hex');
    return this.#store.write(() => takeUnreadable({ ...unreadable, key }));
  };

  replay = (
    event: EventId,
    anew: { decisions: readonly RuleDecision[]; by: string; again: boolean; at: number },
  ) => this.#store.write(() => replayEvent(this.#makeRunId, event, anew));

  startRun = (order: RunOrder) => this.#store.write(() => takeOrder(this.#makeRunId, order));

  beat = (worker: string, at: number) => this.#store.write(() => beatWorker(worker, at));

  leave = (worker: string) => this.#store.write(() => removeWorker(worker));

  workers = () => this.#store.read(() => listWorkers());

  claim = (worker: string, queues: readonly string[], at: number) =>
    this.#store.write(() => claimRun({ worker, queues, at, leaseMs: this.#leaseMs }));

  finish = (claim: Claim, end: Parameters<RunQueue['finish']>[1]) =>
    this.#store.write(() => finishRun(claim, end));

  rest = (claim: Claim, rest: Parameters<RunQueue['rest']>[1]) =>
    this.#store.write(() => restRun(claim, rest));

  putBack = (claim: Claim, back: Parameters<RunQueue['putBack']>[1]) =>
    this.#store.write(() => putRunBack(claim, back));

  addWorkerTime = (time: WorkerTime) => this.#store.write(() => addWorkerTime(time));

  machineTimes = (run?: RunId) => this.#store.read(() => listMachineTimes(run));

  workerTimes = () => this.#store.read(() => listWorkerTimes());

  wake = (run: RunId, at: number) => this.#store.write(() => wakeRun(run, at));

  permit = (run: RunId, by: string, at: number) => this.#store.write(() => permitRun(run, by, at));

  cancel = (run: RunId, by: { reason: string; at: number }) => this.#store.write(() => cancelRun(run, by));

  messages = (limit: number) => this.#store.read(() => listMessages(limit));

  messageTold = (message: number) => this.#store.write(() => removeMessage(message));

  nextDue = (queues: readonly string[], at: number) =>
    this.#store.read(() => nextDue({ queues, at, leaseMs: this.#leaseMs }));

  runs = (filter: RunFilter, part: Part) => this.#store.read(() => listRuns(filter, part));

  run = (id: RunId) => this.#store.read(() => findQueuedRun(id));

  events = (filter: EventFilter, part: Part) => this.#store.read(() => listEvents(filter, part));

  event = (id: EventId) => this.#store.read(() => findEvent(id));

  eventsOf = (run: RunId) => this.#store.read(() => listEventsOf(run));

  addLink = (link: AnswerLink) => this.#store.write(() => addLinkRow(link));

  link = (hash: string) => this.#store.read(() => findLink(hash));

  useLink = (hash: string, at: number) => this.#store.write(() => useLinkRow(hash, at));

  freeLink = (hash: string, usedAt: number) => this.#store.write(() => freeLinkRow(hash, usedAt));

  addToken = (token: ApiToken) => this.#store.write(() => addTokenRow(token));

  token = (hash: string, at: number) => this.#store.read(() => findToken(hash, at));

  tokens = () => this.#store.read(() => listTokens());

  removeToken = (name: string) => this.#store.write(() => removeTokenRow(name));

  mark = (name: string) => this.#store.read(() => findMark(name));

  setMark = (name: string, value: string) => this.#store.write(() => setMarkRow(name, value));

  tidy = (before: number, most: number) => this.#store.write(() => tidyRows(before, most));

  close = () => this.#store.close();
}
