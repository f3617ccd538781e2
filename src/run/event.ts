// Owns the closed union of everything that can happen in a run; the journal holds it, every view is made of it.

import type { Address, RunId, StepName } from '../basics/address.ts';
import type { AnswerEvent } from './answers/answer-event.ts';
import type { UndecidedChange } from './answers/undecided-change.ts';
import type { ApprovalEvent } from './approvals/approval-event.ts';
import type { ChoiceEvent } from './approvals/choice-event.ts';
import type { PersonEvent } from './approvals/person-event.ts';
import type { Via } from './approvals/via.ts';
import type { PauseReason } from './belonging/pause-reason.ts';
import type { SkipReason } from './belonging/skip-reason.ts';
import type { ChangeEvent } from './changes/change-event.ts';
import type { CodePlace, FailedCommand } from './failed-command.ts';
import type { ComparedFile } from './files/compared-file.ts';
import type { SavedState } from './files/saved-state.ts';
import type { InputOrigin } from './inputs/resolve-inputs.ts';
import type { MaskedText } from './masking/redactor.ts';
import type { Outcome } from './outcomes.ts';
import type { OutputSummary } from './output-summary.ts';
import type { Phase } from './plan.ts';
import type { RunMode, RunOptions } from './run-options.ts';
import type { OfTurn, TargetEvent } from './targets/target-event.ts';
import type { TellingEvent } from './telling/telling-event.ts';

/** Who did something: `ada@bastion`; `by` of an automatic act is the operator on whose behalf it was done. */
export interface Actor {
  /** The account's name, or its number where it has none: as the system says, never the environment. */
  readonly user: string;
  /** The account's number on that host; absent in journals of earlier versions. */
  readonly uid?: number;
  readonly host: string;
  /** For whom it says to act: that makes nobody an approver, and keeps them from being one. */
  readonly for?: string;
  /** Set where this is no account of the system but a person whom a server knows, and tells of. */
  readonly via?: Via;
}

/** The commands of a block's attributes. */
export type Condition = 'when' | 'check' | 'hosts-from' | 'each-from' | 'of';

/** What a run has left in a document. */
export interface WrittenDocument {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 in hexadecimal of the lines of each region, markers included, by its address. */
  readonly regions: Readonly<Record<string, string>>;
  /** The same of the run's row in the table of runs; absent where the table has no place. */
  readonly row?: string;
}

/** Why an attempt failed; `Words` is plain text where nobody has masked it yet. */
export type FailureReason<Words extends string = MaskedText> =
  | {
      readonly type: 'exit';
      readonly code: number;
      /** Where, for a shell block that ended at a failing command. */
      readonly at?: FailedCommand<Words>;
      /** The code is one that counts as success, but commands were left that have not run. */
      readonly isEarly?: true;
      /** The block went on and ended well, but it checks something, and nothing in it asks for this command's exit code. */
      readonly isUnheard?: true;
    }
  | { readonly type: 'signal'; readonly signal: string }
  | { readonly type: 'timeout'; readonly timeoutMs: number }
  | { readonly type: 'interrupted' }
  /** The process could not be started at all. */
  | { readonly type: 'spawn'; readonly message: Words }
  | {
      readonly type: 'expectation';
      readonly expected: Words;
      readonly actual: Words;
      readonly message: Words;
      /** Lines marked `-` and `+` as in a unified difference, where two outputs were compared. */
      readonly difference?: Words;
    }
  /** `when` or `check` says neither yes nor no, `check` does not hold afterwards, or a command gives no list. */
  | { readonly type: 'condition'; readonly condition: Condition; readonly message: Words }
  /** The connection to a host was lost or never came up; the message goes on from "the connection to the host". */
  | { readonly type: 'connection'; readonly host: string; readonly message: Words }
  /** Too many of several hosts failed; what each did is in the result. */
  | {
      readonly type: 'hosts';
      readonly failed: readonly string[];
      readonly notRun: readonly string[];
      readonly message: Words;
    }
  /** People refused it, or did not answer in time. */
  | { readonly type: 'denied'; readonly by?: Actor; readonly comment?: string }
  /** A file could not be written, or put back; with `isWritten` it has its new content all the same. */
  | { readonly type: 'file'; readonly message: Words; readonly isWritten?: true }
  /** A message is not with every channel that it is for. */
  | { readonly type: 'unsent'; readonly message: Words }
  /** A linked runbook did not succeed. */
  | { readonly type: 'runbook'; readonly outcome: Outcome };

/** One attempt at a block, ended; `Words` is plain text where nobody has masked it yet. */
export interface AttemptResult<Words extends string = MaskedText> {
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly output: OutputSummary;
  /** Variables set by `capture` and `$RUNSHEET_OUTPUT`. */
  readonly captured: Readonly<Record<string, MaskedText>>;
  /** Shell state after the block; absent when nothing changed. */
  readonly shellState?: SavedState;
  /** For a block that runs as another user here: that user's state after it; absent when nothing changed. */
  readonly userState?: SavedState;
  /** A command ended non-zero in a block that looks: that is something found, and no failure. */
  readonly finding?: true;
  /** Things the operator should know, such as state that could not be carried over. */
  readonly warnings: readonly Words[];
  /** For blocks on hosts: every host of the block, in the order in which they were named; for a list, every item. */
  readonly hosts?: readonly HostResult[];
}

/** How a block ended on one host. */
export type HostStatus =
  | 'passed'
  | 'failed'
  /** Its `when` does not hold there. */
  | 'skipped'
  /** Its `check` holds there, so that it was not run. */
  | 'already-done'
  /** Done by hand, a person says. */
  | 'done'
  /** A person says that it is not to be done. */
  | 'left-out'
  /** Nobody came to it: too many others had failed, or the run was interrupted. */
  | 'not-run'
  /** An undo that has nothing to undo there. */
  | 'not-needed';

/** What became of a block on one host, or with one item of its list. */
export interface HostResult {
  /** The host, or the item. */
  readonly host: string;
  /** The variable that was the item; absent for a host. */
  readonly each?: string;
  readonly status: HostStatus;
  /** The attempt that this is the result of, or that had begun it; absent where it was not run. */
  readonly attempt?: number;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly output: OutputSummary;
  /** What it hands on from there. */
  readonly captured?: Readonly<Record<string, MaskedText>>;
  /** State of the shell there after it; absent when nothing changed. */
  readonly shellState?: SavedState;
  /** As in `AttemptResult`. */
  readonly finding?: true;
  readonly failure?: FailureReason;
}

/** What the operator (or a policy in their place) chose when a block failed. */
export type FailureDecision =
  | 'retry'
  | 'run-rest' // from the command that failed on
  | 'skip'
  | 'mark-done'
  | 'continue'
  | 'rollback'
  | 'pause'
  | 'stop';

/** What is told of an attempt that has ended. */
interface OfAttempt {
  readonly address: Address;
  readonly attempt: number;
  readonly result: AttemptResult;
}

/** One thing that has happened in a run. */
export type RunEvent =
  // The run itself
  | {
      readonly type: 'RunStarted';
      readonly run: RunId;
      readonly runbook: {
        readonly path: string;
        readonly title: string;
        readonly digest: string;
        readonly commit?: string;
        /** The section that is run, by its anchor or step; absent for all of it. */
        readonly section?: string;
      };
      /** SHA-256 in hexadecimal of the plan as it is stored, without its last newline. */
      readonly planDigest: string;
      /** The same of the copy of the runbook, byte for byte; absent in journals of version 0.1.0. */
      readonly copyDigest?: string;
      /** When the run was begun, as lists of runs show it; absent in journals of version 0.1.0. */
      readonly startedAt?: string;
      readonly by: Actor;
      readonly mode: RunMode;
      readonly options: RunOptions;
      /** Never secrets. */
      readonly inputs: Readonly<Record<string, string>>;
      readonly secretInputs: readonly string[];
      /** Where each of the inputs comes from; absent in journals of earlier versions. */
      readonly inputOrigins?: Readonly<Record<string, InputOrigin>>;
      readonly cwd: string;
      readonly version: string;
      /** Set for a run that another run started through a link. */
      readonly parent?: RunId;
      /** What started it, in the words of who did. */
      readonly cause?: string;
    }
  | {
      readonly type: 'RunResumed';
      readonly by: Actor;
      readonly mode: RunMode;
      readonly runbookDigest: string;
      /** What is chosen anew for the rest of the run; absent keeps what was chosen before. */
      readonly options?: RunOptions;
    }
  | {
      readonly type: 'RunPaused';
      readonly reason: PauseReason;
      readonly message: string;
      readonly at?: Address;
      readonly change?: UndecidedChange;
    }
  | {
      readonly type: 'RunEnded';
      readonly outcome: Outcome;
      readonly message: string;
      /** Nothing had failed: somebody asked for the rollback. */
      readonly asWished?: true;
      /** What is left undone: undo items that failed or were left out. */
      readonly left: readonly Address[];
      /** The declared outputs that were set, secrets masked; absent where none is declared. */
      readonly outputs?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'PhaseStarted'; readonly phase: Phase }
  /** Every precondition holds that was looked at: from here on things may be changed. */
  | {
      readonly type: 'GateOpened';
      /** Those that nobody has looked at. */
      readonly skipped?: readonly Address[];
    }
  // Blocks
  | {
      readonly type: 'ConditionChecked';
      readonly address: Address;
      readonly condition: 'when' | 'check';
      readonly holds: boolean;
      /** For blocks on hosts: what each host said that was asked; for a list, what was said of each item. */
      readonly hosts?: Readonly<Record<string, boolean>>;
      /** The variable that is the item; absent for hosts. */
      readonly each?: string;
    }
  /** What a block would make of its file; nothing is written yet. */
  | {
      readonly type: 'FileCompared';
      readonly address: Address;
      /** The file on this machine, or on each host that was looked at. */
      readonly files: readonly ComparedFile[];
    }
  | TargetEvent<HostResult, OfAttempt>
  | (OfTurn & {
      readonly type: 'BlockStarted';
      readonly address: Address;
      readonly attempt: number;
      readonly code?: string;
      /** From where it is run; absent where all of it is. */
      readonly from?: CodePlace;
    })
  | ({ readonly type: 'BlockPassed' } & OfAttempt)
  | ({ readonly type: 'BlockFailed'; readonly reason: FailureReason } & OfAttempt & OfTurn)
  | {
      readonly type: 'RetryScheduled';
      readonly address: Address;
      readonly attempt: number;
      readonly delayMs: number;
    }
  | (OfTurn & {
      readonly type: 'BlockSkipped';
      readonly address: Address;
      readonly reason: SkipReason;
      readonly by?: Actor;
      readonly note?: string;
    })
  | { readonly type: 'BlockAlreadyDone'; readonly address: Address }
  | (OfTurn & {
      readonly type: 'BlockMarkedDone';
      readonly address: Address;
      readonly by: Actor;
      readonly note: string;
    })
  /** A block that started and never ended, found when the run was resumed. */
  | { readonly type: 'BlockFoundInDoubt'; readonly address: Address; readonly attempt: number }
  | (OfTurn & {
      readonly type: 'DoubtResolved';
      readonly address: Address;
      readonly as: 'run-again' | 'done' | 'failed' | 'skip';
      readonly by: Actor;
      readonly note?: string;
    })
  | { readonly type: 'CommandEdited'; readonly address: Address; readonly code: string; readonly by: Actor }
  | {
      readonly type: 'BackgroundEnded';
      readonly address: Address;
      readonly result: AttemptResult;
      readonly ended: 'itself' | 'by-run';
      /** Why it counts as a failure; absent where it is none. */
      readonly reason?: FailureReason;
    }
  /** What a block left running went on printing; the result is that of the attempt, with all of its output. */
  | ({ readonly type: 'LateOutput' } & OfAttempt)
  // People
  | (OfTurn & {
      readonly type: 'BlockReleased';
      readonly address: Address;
      readonly by: Actor;
      readonly automatic: boolean;
    })
  | { readonly type: 'AutoRunChosen'; readonly by: Actor; readonly until: 'gate' | 'end' }
  | (OfTurn & {
      readonly type: 'ConfirmationGiven';
      readonly address: Address;
      readonly question: string;
      readonly by: Actor;
      readonly automatic: boolean;
    })
  | PersonEvent<Actor>
  | {
      readonly type: 'NoteAdded';
      readonly address?: Address;
      readonly text: string;
      readonly by: Actor;
      /** Somebody has a run that rests taken up by it. */
      readonly goesOn?: true;
    }
  | (OfTurn & {
      readonly type: 'FailureDecided';
      readonly address: Address;
      readonly decision: FailureDecision;
      readonly by: Actor;
      readonly automatic: boolean;
      readonly note?: string;
    })
  /** The operator went into a shell in the environment of the run; what they do there is nobody's to record. */
  | { readonly type: 'ShellOpened'; readonly by: Actor; readonly at?: Address }
  | {
      readonly type: 'ShellClosed';
      readonly durationMs: number;
      /** What the shell left behind, as in `AttemptResult`; absent when nothing changed. */
      readonly shellState?: SavedState;
      readonly at?: Address;
      /** Why it could not be opened, or what could not be carried over from it. */
      readonly problem?: MaskedText;
    }
  /** After a bad end: whether the clean-up section is run all the same. */
  | { readonly type: 'CleanupDecided'; readonly wanted: boolean; readonly by: Actor }
  | ApprovalEvent<Actor>
  | AnswerEvent<Actor>
  | ChoiceEvent<Actor>
  // Rollback
  | {
      readonly type: 'RollbackPlanned';
      readonly items: readonly Address[];
      readonly steps: readonly StepName[];
      readonly by: Actor;
      readonly automatic: boolean;
    }
  | { readonly type: 'RollbackStarted'; readonly excluded: readonly Address[]; readonly by: Actor }
  | { readonly type: 'RollbackDeclined'; readonly by: Actor }
  // The world around
  | ChangeEvent
  /** Another worker of the fleet has it, because the one that had it has died or was given up; before its `RunResumed`. */
  | { readonly type: 'RunTakenOver'; readonly from: string; readonly to: string; readonly epoch: number }
  | {
      readonly type: 'DocumentNotWritten';
      readonly message: string;
      readonly copy?: string;
      /** Nothing else is not written: the document no longer holds these. */
      readonly gone?: readonly Address[];
    }
  /** A process of the run has come to its rest and leaves the record whole: what others find is as it was left. */
  | {
      readonly type: 'RecordSealed';
      /** What it left in the page, or in its copy; absent where nothing was written there. */
      readonly document?: WrittenDocument;
      /** SHA-256 in hexadecimal of the file with the results that have no place in the page. */
      readonly looseDigest?: string;
    }
  | TellingEvent<Actor>;

/** The event of that type. */
export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/** An event that is about one item of the plan. */
export type ItemEvent = Extract<RunEvent, { readonly address: Address }>;

/** An event in the journal: numbered from 1 without gaps, with the time of its writing, ISO 8601, UTC, milliseconds. */
export interface RecordedEvent {
  readonly seq: number;
  readonly at: string;
  readonly event: RunEvent;
}
