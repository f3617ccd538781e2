// Owns what is told of the run of a test's case, as plain JSON.

/** What became of one thing of the run. */
export interface CaseItem {
  readonly address: string;
  readonly step: string;
  readonly kind: 'block' | 'checklist' | 'manual' | 'runbook';
  readonly phase: string;
  /** The step that it undoes; of the whole page where that is its rollback section: empty. */
  readonly undoes?: string;
  /** The page that a link brought it from. */
  readonly file?: string;
  readonly line: number;
  /** Whether it was begun, found to be done already, or done by a person. */
  readonly ran: boolean;
  /** Whether it can have changed something. */
  readonly changes: boolean;
  /** The ways that it stands in, as `choice=way`. */
  readonly ways: readonly string[];
}

/** Something that has failed. */
export interface CaseFailure {
  readonly address: string;
  readonly why: string;
  /** The last lines that it printed. */
  readonly output: readonly string[];
}

/** What a case has come to. */
export interface CaseRecord {
  /** Whether its run proves the page, by the rule for every run. */
  readonly isProof: boolean;
  readonly outcome: string;
  /** How the run says that it ended, or why it rests. */
  readonly message: string;
  /** Blocks as they were begun, by their address; an undo as `undo STEP`. */
  readonly order: readonly string[];
  readonly captured: Readonly<Record<string, string>>;
  readonly failures: readonly CaseFailure[];
  /** The questions that the case has no answer to, in words. */
  readonly unanswered: readonly string[];
  /** Answers that were given, by their keys. */
  readonly answered: readonly string[];
  /** All that blocks printed, as far as it is kept. */
  readonly output: string;
  readonly items: readonly CaseItem[];
}

/** How an item is called in a list of what ran. */
export function nameInOrder({ address, undoes }: Pick<CaseItem, 'address' | 'undoes'>): string {
  return undoes === undefined || undoes === '' ? address : `undo ${undoes}`;
}
