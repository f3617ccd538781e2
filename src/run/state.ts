// Owns what is known of a run at one moment; it is made by `evolve` from events and from nothing else.
import type { Address, RunId } from '../basics/address.ts';
import type { TimeoutAction } from '../runbook/runbook.ts';
import type { PersonAnswer } from './answers/person-answer.ts';
import type { UndecidedChange } from './answers/undecided-change.ts';
import type { ApprovalSubject } from './approvals/approval-subject.ts';
import type { PauseReason } from './belonging/pause-reason.ts';
import type { SkipReason } from './belonging/skip-reason.ts';
import type { Actor, AttemptResult, FailureDecision, FailureReason, HostResult } from './event.ts';
import type { CodePlace } from './failed-command.ts';
import type { ComparedFile } from './files/compared-file.ts';
import type { SavedState } from './files/saved-state.ts';
import type { Outcome } from './outcomes.ts';
import type { Phase, Plan } from './plan.ts';
import type { RunMode, RunOptions } from './run-options.ts';

/** Where an item stands. */
export type ItemStatus =
  /** Not chosen by the selection, or an undo that is not to be done. */
  | 'excluded'
  | 'pending'
  | 'running'
  /** Failed, and waiting for its next attempt. */
  | 'retrying'
  /** Failed, and nobody has decided yet what follows. */
  | 'failed'
  /** Started and never ended, as far as anybody knows. */
  | 'in-doubt'
  | 'passed'
  /** Failed, and the run goes on; it counts against the outcome. */
  | 'failed-continued'
  | 'skipped'
  | 'already-done'
  /** Done by hand, a person says. */
  | 'done';

/** Somebody has agreed; `of` and `file` as in `ApprovalGiven`. */
export interface GivenApproval {
  readonly by: Actor;
  readonly at: string;
  readonly comment?: string;
  readonly of?: string;
  readonly file?: string;
}

/** An approval that was asked for, with the answers so far. */
export interface ApprovalState {
  readonly gate: string;
  readonly people: readonly string[];
  readonly needed: number;
  readonly requestedBy: Actor;
  readonly requestedAt: string;
  /** Who operated the run when it was asked for, and everybody who has taken it over since: their word never counts. */
  readonly operators: readonly Actor[];
  readonly expiresAt?: string;
  readonly onTimeout: TimeoutAction;
  /** It is of everything that the run has still to do. */
  readonly rest?: true;
  /** Exactly what it is of; absent in journals of earlier versions. */
  readonly of?: ApprovalSubject;
  readonly given: readonly GivenApproval[];
  readonly granted: boolean;
  /** It was compared with what is about to run, and is of exactly that. */
  readonly checked: boolean;
  readonly escalated: boolean;
}

/** Where a block stands on one host, or with one item of its list. */
export type HostProgress =
  | HostResult
  /** Begun, and not ended as far as anybody knows; in doubt when the run has broken off meanwhile. */
  | {
      readonly host: string;
      readonly each?: string;
      readonly status: 'running' | 'in-doubt';
      readonly attempt: number;
    };

/** One plan item as it stands; the array of them runs parallel to `plan.items`. */
export interface ItemState {
  readonly status: ItemStatus;
  /** Attempts begun so far, over resumes too: output files are numbered by it. */
  readonly attempts: number;
  /** Attempts that failed since the item was last released, for `retries`. */
  readonly failures: number;
  /** True once anything of it was started or done by hand: what a rollback must undo. */
  readonly touched: boolean;
  /** Sequence number of the event that touched it first, for "newest first". */
  readonly touchedSeq: number;
  /** The attempt that touched it first; absent where it was done by hand. */
  readonly touchedAttempt?: number;
  readonly code?: string;
  /** From where its code is run next; all of it when absent. */
  readonly from?: CodePlace;
  readonly whenHolds?: boolean;
  readonly checkHolds?: boolean;
  readonly released: boolean;
  readonly confirmed: boolean;
  /** What a step that asks something was answered. */
  readonly answer?: string;
  /** What is doubtful of it was accepted. */
  readonly doubtsAccepted?: true;
  readonly approval?: ApprovalState;
  /** What the block's `hosts-from` has said, or the items of its list where those were asked for. */
  readonly hosts?: readonly string[];
  /** By host or item, for blocks that have such; those that nobody has come to are not in it. */
  readonly onHosts?: Readonly<Record<string, HostProgress>>;
  /** Where its step does several blocks with an item before the next: the items that it was begun with, or is asked about. */
  readonly turn?: readonly string[];
  /** The items that have failed at it and are not gone on with. */
  readonly dropped?: readonly string[];
  /** Why, where somebody has decided to go on without them. */
  readonly droppedFor?: FailureReason;
  /** What was found of the file that it writes, by host; this machine's is under the empty name. */
  readonly files?: Readonly<Record<string, ComparedFile>>;
  readonly retryDelayMs?: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly result?: AttemptResult;
  readonly reason?: FailureReason;
  readonly skipReason?: SkipReason;
  readonly decision?: FailureDecision;
  /** A background block that the run itself ended when it came to rest; it is started again on resume. */
  readonly endedByRun?: boolean;
  readonly note?: string;
  readonly by?: Actor;
  /** A precondition that held once and is asked again only to be told of. */
  readonly isNoGate?: true;
  /** A person says that it is done, which its `check` has to bear out. */
  readonly claimed?: true;
  /** For checklists: what was ticked in this run; boxes that stand ticked in the page are nobody's word in it. */
  readonly ticks: readonly boolean[];
}

/** Where a run stands as a whole. */
export type Lifecycle = 'new' | 'running' | 'paused' | 'ended';

/** A rollback that is planned or under way. */
export interface RollbackState {
  readonly status: 'planned' | 'running';
  /** Indexes into `plan.items`, in the order in which they are undone. */
  readonly order: readonly number[];
  readonly automatic: boolean;
}

/** An answer from elsewhere; `question` is the name of what it answers. */
export interface KeptAnswer {
  readonly question: string;
  readonly answer: PersonAnswer;
  readonly by: Actor;
}

/** All that is known of a run. */
export interface RunState {
  readonly plan: Plan;
  readonly lifecycle: Lifecycle;
  readonly run?: RunId;
  readonly startedAt?: string;
  readonly startedBy?: Actor;
  /** Who operates it now; differs from `startedBy` after a take-over. */
  readonly operator?: Actor;
  readonly mode: RunMode;
  readonly options: RunOptions;
  readonly inputs: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly phase?: Phase;
  /** Every precondition holds. */
  readonly gateOpen: boolean;
  readonly items: readonly ItemState[];
  readonly indexOf: ReadonlyMap<Address, number>;
  /** How many items of `plan.items` belong to the good run; the rest are undo items. */
  readonly mainCount: number;
  /** Where the search for the next item starts; everything before is settled. */
  readonly cursor: number;
  /** The branches that are run, by the name of their choice; choices that nobody has made are not in it. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** The operator said "run on". */
  readonly auto: 'none' | 'gate' | 'end';
  readonly rollback?: RollbackState;
  /** What was answered when a bad end left the clean-up section open. */
  readonly cleanup?: 'wanted' | 'declined';
  /** The operator is in a shell of the run. */
  readonly shell?: { readonly by: Actor; readonly at?: Address };
  /** How often they were in one: what was done there is not known and not undone. */
  readonly shellsOpened: number;
  readonly outcome?: Outcome;
  readonly pause?: {
    readonly reason: PauseReason;
    readonly message: string;
    readonly at?: Address;
    readonly change?: UndecidedChange;
  };
  /** The newest stored shell state. */
  readonly shellState?: SavedState;
  /** The newest stored shell state on each host. */
  readonly hostStates: Readonly<Record<string, SavedState>>;
  /** What `capture` and `$RUNSHEET_OUTPUT` have set, secrets masked. */
  readonly captured: Readonly<Record<string, string>>;
  /** Somebody has said since it came to rest that it is to go on as it is. */
  readonly goesOn?: true;
  readonly notes: readonly {
    readonly address?: Address;
    readonly text: string;
    readonly by: Actor;
    readonly at: string;
  }[];
  /** What people have answered from elsewhere, oldest first, each until its question is asked. */
  readonly answers: readonly KeptAnswer[];
  /** What operators have written for those who wait for news. */
  readonly updates: readonly { readonly text: string; readonly by: Actor; readonly at: string }[];
  readonly lastSeq: number;
}

const settled: ReadonlySet<ItemStatus> = new Set([
  'excluded',
  'passed',
  'failed-continued',
  'skipped',
  'already-done',
  'done',
]);

/** Whether nothing more will happen to an item of this status unless somebody asks. */
export function isSettled(status: ItemStatus): boolean {
  return settled.has(status);
}

/** True of a run that can neither be taken up nor rolled back: nothing will run in its shells again. */
export function isOverForGood({ lifecycle, outcome, plan, mainCount }: RunState): boolean {
  if (lifecycle !== 'ended') return false;
  if (outcome === 'rehearsed') return true;
  return outcome === 'rolled-back' || (outcome === 'succeeded' && plan.items.length === mainCount);
}

/** True of a run that has come to a bad end and has something left to run: `resume` takes it up. */
export function canBeTakenUp(state: RunState): boolean {
  const { lifecycle, outcome } = state;
  return lifecycle === 'ended' && (outcome === 'failed' || outcome === 'stopped') && hasOpenItem(state);
}

/** Whether anything of the runbook's own course, undoing left aside, has not come to its end. */
export function hasOpenItem({ items, mainCount }: RunState): boolean {
  return items.some(({ status }, index) => index < mainCount && !isSettled(status));
}
