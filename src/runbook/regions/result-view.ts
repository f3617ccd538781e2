// Owns what a document tells of one thing a run did, as plain data.
import type { Address } from '../../basics/address.ts';
import type { OutputExcerpt } from './output-excerpt.ts';

/** Who did something, as a document names people: `ada@bastion`. */
export interface Person {
  readonly user: string;
  readonly host: string;
}

export type ResultStatus =
  | 'running'
  | 'waiting'
  | 'passed'
  /** It looked, and a command ended non-zero. */
  | 'found'
  | 'failed'
  | 'skipped'
  | 'already-done'
  | 'marked-done'
  | 'done'
  | 'in-doubt';

/** Everything that a result region shows. Secrets are masked before they come here. */
export interface ResultView {
  readonly address: Address;
  readonly status: ResultStatus;
  /** When it came to its status (for `running`: when it began), ISO 8601 in UTC. */
  readonly at: string;
  readonly by?: Person;
  readonly durationMs?: number;
  readonly exitCode?: number | null;
  /** Why it failed or was skipped, in words. */
  readonly reason?: string;
  /** How the output differs from the expected one: lines that begin with `-`, `+` or a blank. */
  readonly difference?: string;
  readonly note?: string;
  /** What happened on the way, oldest first. */
  readonly details?: readonly ResultDetail[];
  /** What was run; absent where nothing was. */
  readonly ran?: RanCode;
  readonly captured?: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
  /** A checklist's items, in order. */
  readonly checklist?: readonly ChecklistEntry[];
  readonly output?: OutputExcerpt;
  readonly hosts?: readonly HostView[];
  /** What a linked runbook did, in its order. */
  readonly linked?: readonly LinkedResult[];
}

/** The code of an attempt, placeholders as their names. */
export interface RanCode {
  readonly code: string;
  /** As `digestOfCode` makes it. */
  readonly digest: string;
  /** The operator had edited it. */
  readonly edited?: true;
}

/** One thing that a linked runbook did; its document is not written, so this is told under the link. */
export interface LinkedResult {
  readonly address: Address;
  readonly status: ResultStatus;
  readonly durationMs?: number;
  readonly reason?: string;
  /** Of what failed only. */
  readonly output?: OutputExcerpt;
}

export interface ChecklistEntry {
  readonly text: string;
  readonly ticked: boolean;
  /** Who ticked or unticked it in this run; absent where it is as the author left it. */
  readonly by?: Person;
  readonly at?: string;
}

/** What became of a block on a host; the words are those of the run. */
export type HostViewStatus =
  | 'passed'
  | 'found'
  | 'failed'
  | 'skipped'
  | 'already-done'
  | 'done'
  | 'left-out'
  | 'not-run'
  | 'not-needed'
  | 'in-doubt';

export interface HostView {
  readonly host: string;
  readonly status: HostViewStatus;
  readonly durationMs: number;
  readonly exitCode: number | null;
  readonly reason?: string;
  readonly output?: OutputExcerpt;
}

/** One line of a result's history; `automatic` acts were a policy's, such as `--yes`. */
export type ResultDetail =
  | {
      readonly type: 'attempt';
      readonly attempt: number;
      readonly reason: string;
      readonly durationMs: number;
      readonly at: string;
    }
  | {
      readonly type: 'accepted';
      /** Codes of doubts. */
      readonly codes: readonly string[];
      readonly by: Person;
      readonly automatic: boolean;
      readonly at: string;
    }
  | {
      readonly type: 'confirmed';
      readonly question: string;
      readonly by: Person;
      readonly automatic: boolean;
      readonly at: string;
    }
  | {
      readonly type: 'decided';
      readonly decision: string;
      readonly by: Person;
      readonly automatic: boolean;
      readonly note?: string;
      readonly at: string;
    }
  | {
      readonly type: 'approval';
      readonly answer: 'asked' | 'approved' | 'denied' | 'timed-out' | 'refused' | 'void';
      /** Who asked or answered; absent when time ran out, or where that is not known. */
      readonly by?: Person;
      readonly comment?: string;
      readonly at: string;
    }
  | { readonly type: 'note'; readonly text: string; readonly by: Person; readonly at: string };

/** What became of an approval, behind the word. */
export const approvalWords = {
  asked: 'asked for',
  approved: 'given',
  denied: 'denied',
  'timed-out': 'timed out',
  refused: 'refused',
  void: 'void',
} as const;
