// Owns the port of the queue: events that were told, runs that they lead to, and who works on those. Nothing that was
// promised is lost by a crash, and no event leads to a run twice. All times are given by the caller, in milliseconds
// since 1970. Whatever cannot be kept throws `QueueUnavailable`, and nothing of that call was done.
import type { RunId } from '../../basics/address.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { AnswerLink, LinkUse } from './answer-link.ts';
import type { ApiToken } from './api-token.ts';
import type { KeptEvent, WholeEvent } from './kept-event.ts';
import type { EventId, QueuedRun, QueueStatus } from './queued-run.ts';
import type { Decided, Enqueued, RuleDecision } from './rule-decision.ts';
import type { RunRequest } from './run-request.ts';

/** The store cannot be used, or not now: the disk is full, another process holds it, the file is none of ours. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}

/** What is kept of one kind and of one delivery at most. */
export const queueLimits = {
  /** Bytes of a delivery that are kept. */
  raw: 65_536,
  /** Rules that did not match, listed with an event. */
  unmatched: 50,
  /** Runs of one rule that wait. */
  waiting: 1_000,
  /** Workers that may die with a run until a person has to look at it. */
  deaths: 3,
  /** Entries of a page of a list. */
  page: 500,
} as const;

/** What one delivery told, with what the rules say of it. */
export interface Delivery {
  readonly events: readonly { readonly event: ReceivedEvent; readonly decisions: readonly RuleDecision[] }[];
  /** The body, without its secrets. */
  readonly raw: Uint8Array;
  readonly at: number;
}

/** What came of one event. */
export interface AcceptedEvent {
  readonly event: EventId;
  /** How often it was told, this time included; where that is more than once, `decided` is what came of it before. */
  readonly times: number;
  readonly decided: readonly Decided[];
}

/** A run that a person asks for. */
export interface RunOrder {
  /** The same key is the same order: a form that is sent twice. */
  readonly key: string;
  readonly request: RunRequest;
  readonly person: string;
  /** By which way, such as `page`. */
  readonly via: string;
  readonly at: number;
}

/** Taking in what is told and asked. */
export interface QueueIntake {
  /**
   * Keeps all events of a delivery and the runs that they lead to, all or nothing. An event that was told before, by its
   * endpoint, source, key and state, only counts. One that says that something is over ends the spans of its subject and
   * does to each run of it what the rule of that run says.
   */
  accept(delivery: Delivery): Promise<readonly AcceptedEvent[]>;
  /** Keeps a delivery whose proof was right and that could not be read. The same one again only counts. */
  keepUnreadable(unreadable: {
    readonly endpoint: string;
    readonly source: string;
    readonly reason: string;
    readonly raw: Uint8Array;
    readonly at: number;
  }): Promise<EventId>;
  /** Goes through an event anew; with `again`, also where a run of it is there by its dedup key. */
  replay(
    event: EventId,
    anew: {
      readonly decisions: readonly RuleDecision[];
      readonly by: string;
      readonly again: boolean;
      readonly at: number;
    },
  ): Promise<readonly Decided[] | 'no-such-event'>;
  startRun(order: RunOrder): Promise<Enqueued>;
}

/** A run in the hands of a worker. What a worker says of it later than another one has taken it is `lost`. */
export interface ClaimedRun {
  readonly run: QueuedRun;
  /** `needs-resume`: a worker had it before; its journal says whether it has begun, and goes on from there. */
  readonly how: 'start' | 'needs-resume';
  /** Why it has rested until now; absent where it has not. */
  readonly rested?: string;
}

export interface Claim {
  readonly run: RunId;
  readonly epoch: number;
}

/** What a worker has seen of the run that it gives back. */
interface Seen {
  /** How long its process was there, from its start to its end; adds to what was seen before. */
  readonly machineMs?: number;
}

/** What workers had to give in a month, and what runs took of it. */
export interface WorkerTime {
  /** `2026-11`, UTC. */
  readonly month: string;
  /** Of all places for a run, in milliseconds. */
  readonly placeMs: number;
  /** Of those, with a run in them. */
  readonly busyMs: number;
  /** Runs that have begun. */
  readonly runs: number;
}

/** Working on runs. */
export interface QueueWork {
  /** A worker is alive; one that is silent for a lease has died, and its runs are taken by others. */
  beat(worker: string, at: number): Promise<void>;
  /** The worker has gone, or is known to have died; others take its runs at once. */
  leave(worker: string): Promise<void>;
  workers(): Promise<readonly WorkerBeat[]>;
  /**
   * The next run for a worker of these queues: one whose worker has died, else the oldest that is due and that limits
   * and rates let begin. Counts as a beat.
   */
  claim(worker: string, queues: readonly string[], at: number): Promise<ClaimedRun | undefined>;
  finish(
    claim: Claim,
    end: Seen & { readonly exit: number; readonly outcome?: string; readonly at: number },
  ): Promise<'done' | 'lost'>;
  /** The run's journal is at rest, until `dueAt` or until it is woken. */
  rest(
    claim: Claim,
    rest: Seen & { readonly reason: string; readonly dueAt?: number },
  ): Promise<'done' | 'lost'>;
  /** Back into the queue, untouched or not. */
  putBack(
    claim: Claim,
    back: Seen & { readonly reason?: string; readonly dueAt: number },
  ): Promise<'done' | 'lost'>;
  /** Adds to what workers gave in a month. */
  addWorkerTime(time: WorkerTime): Promise<void>;
  /** A resting run has something to go on with. */
  wake(run: RunId, at: number): Promise<boolean>;
  /** A person lets a run begin that asks for it. */
  permit(run: RunId, by: string, at: number): Promise<boolean>;
  /** Ends a run that never began; of one that did, its stop is put among the messages. */
  cancel(
    run: RunId,
    by: { readonly reason: string; readonly at: number },
  ): Promise<'cancelled' | 'asked' | 'over' | 'unknown'>;
  /** What is to be told to runs that began, oldest first. One stays until it was told. */
  messages(limit: number): Promise<readonly RunMessage[]>;
  messageTold(message: number): Promise<void>;
  /** When a claim for these queues may first give something though nobody says anything; undefined for never. */
  nextDue(queues: readonly string[], at: number): Promise<number | undefined>;
}

export interface WorkerBeat {
  readonly worker: string;
  readonly since: number;
  readonly beatAt: number;
}

/** `resolved`: what started the run is over; it stops if it waits for a person, or notes it. */
export interface RunMessage {
  readonly id: number;
  readonly run: RunId;
  readonly status: QueueStatus;
  readonly type: 'stop' | 'stop-if-waiting' | 'note';
  readonly reason: string;
  readonly at: number;
}

/** Which runs of a list; each of those that are given has to fit. */
export interface RunFilter {
  readonly status?: readonly QueueStatus[];
  readonly runbook?: string;
  readonly event?: EventId;
}

export interface EventFilter {
  readonly endpoint?: string;
  readonly source?: string;
  readonly subject?: string;
  /** Whether one of its rules led to a run. */
  readonly led?: boolean;
}

/** A part of a list, newest first. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** Where the next part begins; undefined at the end. */
  readonly next?: number;
}

export interface Part {
  /** What the page before gave as `next`. */
  readonly from?: number;
  readonly limit: number;
}

/** Looking at what is kept. */
export interface QueueLists {
  runs(filter: RunFilter, part: Part): Promise<Page<QueuedRun>>;
  run(id: RunId): Promise<QueuedRun | undefined>;
  events(filter: EventFilter, part: Part): Promise<Page<KeptEvent>>;
  event(id: EventId): Promise<WholeEvent | undefined>;
  /** How long processes have worked on the runs that are kept, or on one: of each, whether all of it was seen. */
  machineTimes(run?: RunId): Promise<ReadonlyMap<RunId, { readonly ms: number; readonly isWhole: boolean }>>;
  /** What workers gave in each month, newest first. */
  workerTimes(): Promise<readonly WorkerTime[]>;
  /** Events that a run has something to do with: those that started it, joined it, or ended what it was about. */
  eventsOf(run: RunId): Promise<readonly KeptEvent[]>;
}

/** Letting people and programs in. */
export interface QueueKeys {
  addLink(link: AnswerLink): Promise<void>;
  /** What a link is for, without using it. */
  link(hash: string): Promise<AnswerLink | undefined>;
  /** Uses a link: of several at once, one does. */
  useLink(hash: string, at: number): Promise<LinkUse>;
  /** Takes back the use of that moment, of which nothing came. */
  freeLink(hash: string, usedAt: number): Promise<void>;
  addToken(token: ApiToken): Promise<'added' | 'name-taken'>;
  token(hash: string, at: number): Promise<ApiToken | undefined>;
  tokens(): Promise<readonly ApiToken[]>;
  removeToken(name: string): Promise<boolean>;
}

/**
 * What is remembered of what is done from time to time: the last tick of a schedule, the commit of a library. What is
 * named `asked RUN` goes with that run.
 */
export interface QueueMarks {
  mark(name: string): Promise<string | undefined>;
  setMark(name: string, value: string): Promise<void>;
}

export interface RunQueue extends QueueIntake, QueueWork, QueueLists, QueueKeys, QueueMarks {
  /**
   * Takes away what is older than `before`, `most` of each kind: runs that are over with no span that still holds, events
   * that were not told since and led to no run that is kept, and links that have expired. True where more is left.
   */
  tidy(before: number, most: number): Promise<boolean>;
  close(): Promise<void>;
}
