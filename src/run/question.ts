// Owns the closed union of what a run can ask of its operator.
import type { Address } from '../basics/address.ts';
import type { UndecidedChange } from './answers/undecided-change.ts';
import type { FailureDecision } from './event.ts';

/**
 * One question to the operator, with the commands that answer it; `items` are those that it is about where a step does
 * several blocks with an item of its list before the next.
 */
export type Question =
  /** May this block run? Answers: RunBlock, RunUntilGate, SkipItem, MarkDone, EditCommand, JumpTo, PauseRun, StopRun. */
  | { readonly type: 'release'; readonly address: Address; readonly items?: readonly string[] }
  /** Yes or no to `text`; with `target`, the answer is a Confirm whose `typed` equals it. Else SkipItem, PauseRun, StopRun. */
  | {
      readonly type: 'confirm';
      readonly address: Address;
      readonly text: string;
      readonly target?: string;
      readonly items?: readonly string[];
    }
  /** An instruction for a person. Answers: CompleteManualStep, SkipItem, PauseRun, StopRun. */
  | {
      readonly type: 'manual';
      readonly address: Address;
      /** Words of the newest output that may be the answer; a surface that shows them puts them in. */
      readonly offers?: readonly string[];
    }
  /** Answers: SetChecklistItem (the question stays), CompleteManualStep once all are ticked, SkipItem, PauseRun. */
  | { readonly type: 'checklist'; readonly address: Address }
  /** Answers: DecideFailure with one of the choices, EditCommand (then decide retry). */
  | {
      readonly type: 'failure';
      readonly address: Address;
      readonly choices: readonly FailureDecision[];
      readonly items?: readonly string[];
    }
  /** Answers: ResolveDoubt. `checkHolds` tells what the already-done probe said, where there is one. */
  | {
      readonly type: 'in-doubt';
      readonly address: Address;
      readonly checkHolds?: boolean;
      readonly items?: readonly string[];
    }
  /** Which of several ways? Answers: Choose, JumpTo, PauseRun, StopRun. */
  | { readonly type: 'choice'; readonly address: Address; readonly choice: string }
  /** Does this belong to the run at all? Answers: AcceptDoubts, SkipItem, MarkDone, JumpTo, PauseRun, StopRun. */
  | { readonly type: 'doubtful'; readonly address: Address }
  /** Waiting for other people. Answers: nothing is needed; SkipItem, PauseRun, StopRun are possible. */
  | { readonly type: 'approval'; readonly address: Address }
  /** The undo plan. Answers: StartRollback, DeclineRollback. */
  | { readonly type: 'rollback-plan'; readonly items: readonly Address[] }
  /** The run ends badly; is its clean-up section to be run? Answers: DecideCleanup, OpenShell, PauseRun. */
  | { readonly type: 'clean-up'; readonly items: readonly Address[] };

/**
 * The runbook of a run that rests has changed in what has not run yet: go on as it was started, or with the new text?
 * Asked of nobody whose terminal the run has: who takes it up there is asked before it goes on. No command answers it.
 */
export interface ChangedQuestion {
  readonly type: 'changed';
  readonly change: UndecidedChange;
}

/** What somebody can be asked who is not there. */
export type OpenQuestion = Question | ChangedQuestion;

/** Whether two questions are the same, so that an open prompt need not be torn down. */
export function sameQuestion(left: Question, right: Question): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
