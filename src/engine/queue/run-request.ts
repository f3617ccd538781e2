// Owns what is asked of the queue: one run of a runbook, and the limits that it is to keep.

/** Which runbook, as the library has it; a file of this machine where there is no repository. */
export interface RunbookReference {
  readonly repository?: string;
  /** The commit whose text is run, however the library changes meanwhile. */
  readonly commit?: string;
  /** In the repository, or absolute. */
  readonly path: string;
  /** Of the text that the triggers were read from. */
  readonly digest?: string;
}

/** How many runs of one key go on at a time, and what becomes of one more. */
export interface RunLimit {
  /** Runs of the same key count together, whichever runbook they are of: the caller puts the runbook into it. */
  readonly key: string;
  readonly limit: number;
  /** Waits for its turn, is left to one that is there already, or is refused. */
  readonly whenFull: 'queue' | 'coalesce' | 'refuse';
  /** Whether one that rests until a person answers takes up room as one that goes on does. */
  readonly countsResting: boolean;
}

/** At most so many runs of a rule begin in any span of this length; the surplus waits. */
export interface StartRate {
  readonly count: number;
  readonly perMs: number;
}

/** Events with the same key lead to one run of a rule, for a while or as long as the subject of the first one fires. */
export interface Deduplication {
  readonly key: string;
  readonly span: { readonly forMs: number } | 'while-firing';
}

/** The queue of runs whose page names no workers. */
export const defaultQueue = 'default';

/** A run to be made. Secrets stand in it by reference only: the values are written to the store. */
export interface RunRequest {
  readonly runbook: RunbookReference;
  readonly inputs: Readonly<Record<string, string>>;
  /** For whom it is, where an event says so; they cannot approve what it does. */
  readonly onBehalf?: string;
  /** The highest risk that is run without a person. */
  readonly may: 'read' | 'change';
  /** What becomes of the run when the event that started it is over. */
  readonly whenResolved: 'ignore' | 'stop-if-waiting' | 'note';
  /** The workers that may take it; those of the queue `default` where none is named. */
  readonly runOn?: string;
  readonly concurrency?: RunLimit;
  readonly rate?: StartRate;
  readonly dedup?: Deduplication;
}
