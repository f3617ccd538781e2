// Owns what the queue knows of one run; what happened in it stands in its journal.
import type { RunId } from '../../basics/address.ts';
import type { RunbookReference, RunLimit, RunRequest } from './run-request.ts';

/** The number under which the queue keeps an event. */
export type EventId = number;

/** What a run goes back to. */
export type RunOrigin =
  | {
      readonly type: 'event';
      readonly event: EventId;
      readonly source: string;
      readonly endpoint: string;
      readonly subject: string;
      readonly title: string;
      readonly rule: string;
      /** Who asked for it, by the name that gates use or as the sender names them, where the sender proves it. */
      readonly person?: string;
      /** Who has let it begin, where a person was asked first. */
      readonly letBegin?: string;
    }
  | { readonly type: 'person'; readonly person: string; readonly via: string };

/**
 * `asking`: a person has to say that it may begin; `queued`: waits for a worker, or for its time; `running`: a worker
 * has it; `resting`: its journal waits for a person or a time; `ended`; `cancelled`: it never began.
 */
export type QueueStatus = 'asking' | 'queued' | 'running' | 'resting' | 'ended' | 'cancelled';

/** A run as the queue has it; all times in milliseconds since 1970. */
export interface QueuedRun {
  readonly id: RunId;
  readonly origin: RunOrigin;
  readonly runbook: RunbookReference;
  readonly inputs: Readonly<Record<string, string>>;
  readonly may: RunRequest['may'];
  readonly whenResolved: RunRequest['whenResolved'];
  /** The queue whose workers take it. */
  readonly runOn: string;
  readonly concurrency?: RunLimit;
  readonly status: QueueStatus;
  /** Why it has its status, where that wants a reason. */
  readonly reason?: string;
  readonly queuedAt: number;
  /** When a worker may take it; undefined while it waits for a person. */
  readonly dueAt?: number;
  /** When a worker took it first. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** The worker that has it, or had it last. */
  readonly worker?: string;
  /** How often a worker has taken it; what is said of it by an earlier holder counts for nothing. */
  readonly epoch: number;
  /** How many workers have died with it. */
  readonly deaths: number;
  /** How long processes have worked on it, as their workers saw them begin and end; undefined where none was seen. */
  readonly machineMs?: number;
  /** Exit code of `runsheet` as it ended. */
  readonly exit?: number;
  readonly outcome?: string;
}
