// Owns the form of what was chosen for a run on its command line.
import type { ApprovalRequirement, LogChoice } from '../runbook/runbook.ts';

/** What `--step`, `--from`, `--until`, `--tag` chose; all empty means everything. */
export interface Selection {
  readonly steps: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly tags: readonly string[];
}

/** Whether an operator is there to be asked. */
export type RunMode = 'guided' | 'unattended';

/** The choices made on the command line that change what a run does. */
export interface RunOptions {
  /** `--yes`: confirmations are answered and recorded as answered so. */
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly rehearse: boolean;
  readonly allowDestructive: boolean;
  readonly manual: 'pause' | 'skip';
  readonly onFailure?: 'ask' | 'stop' | 'continue' | 'rollback';
  readonly log: LogChoice;
  readonly selection: Selection;
  /** Names of the branches that are run, by the name of their choice; absent in journals of earlier versions. */
  readonly choose?: Readonly<Record<string, readonly string[]>>;
  /** Codes of doubts that are accepted; absent in journals of earlier versions. */
  readonly accept?: readonly string[];
  /** Set where, with nobody there, only what looks is run until somebody approves of all the rest. */
  readonly may?: 'read';
  /** Who is asked for that; one person who is not the operator where it is absent. */
  readonly asks?: ApprovalRequirement;
  /** The server that started it, by its name: its account is believed when it says who has answered on its page. */
  readonly servedBy?: string;
}
