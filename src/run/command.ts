// Owns what a person or a policy can ask of a run; a surface only ever sends these.
import type { Address } from '../basics/address.ts';
import type { PersonAnswer } from './answers/person-answer.ts';
import type { PauseReason } from './belonging/pause-reason.ts';
import type { Actor, FailureDecision } from './event.ts';

/** Everything that can be asked of a run. */
export type RunCommand =
  /** Run the block that is next. */
  | { readonly type: 'RunBlock'; readonly address: Address; readonly by: Actor }
  /** Run on without asking until something needs a person. */
  | { readonly type: 'RunUntilGate'; readonly by: Actor }
  | { readonly type: 'SkipItem'; readonly address: Address; readonly by: Actor; readonly note: string }
  | { readonly type: 'MarkDone'; readonly address: Address; readonly by: Actor; readonly note: string }
  | { readonly type: 'EditCommand'; readonly address: Address; readonly code: string; readonly by: Actor }
  /** `typed` is the text typed for a destructive block's target. */
  | { readonly type: 'Confirm'; readonly address: Address; readonly by: Actor; readonly typed?: string }
  | {
      readonly type: 'SetChecklistItem';
      readonly address: Address;
      readonly index: number;
      readonly ticked: boolean;
      readonly by: Actor;
    }
  | {
      readonly type: 'CompleteManualStep';
      readonly address: Address;
      readonly by: Actor;
      readonly note?: string;
      /** For a step that asks something. */
      readonly answer?: string;
    }
  | {
      readonly type: 'DecideFailure';
      readonly address: Address;
      readonly decision: FailureDecision;
      readonly by: Actor;
      readonly note?: string;
    }
  | {
      readonly type: 'ResolveDoubt';
      readonly address: Address;
      readonly as: 'run-again' | 'done' | 'failed' | 'skip';
      readonly by: Actor;
      readonly note?: string;
    }
  /** Of the choice that the item stands in, these branches are run. */
  | {
      readonly type: 'Choose';
      readonly address: Address;
      readonly choice: string;
      readonly branches: readonly string[];
      readonly by: Actor;
    }
  /** What is doubtful of it belongs to the run. */
  | { readonly type: 'AcceptDoubts'; readonly address: Address; readonly by: Actor }
  | {
      readonly type: 'AddNote';
      readonly address?: Address;
      readonly text: string;
      readonly by: Actor;
      /** Whoever writes it has a run that rests taken up. */
      readonly goesOn?: true;
    }
  /** An update for those who wait for news of the run. */
  | { readonly type: 'SendUpdate'; readonly text: string; readonly by: Actor }
  | { readonly type: 'JumpTo'; readonly address: Address; readonly by: Actor }
  /**
   * `of` is the digest of the request that is answered, `at` when the answer is taken: ISO 8601, wall time; `file` is
   * what is kept of it.
   */
  | {
      readonly type: 'GiveApproval' | 'DenyApproval';
      readonly address: Address;
      readonly by: Actor;
      readonly of?: string;
      readonly file?: string;
      readonly at: string;
      readonly comment?: string;
    }
  /** Something said from elsewhere to what the run asks; `question` is its name. */
  | {
      readonly type: 'AnswerQuestion';
      readonly question: string;
      readonly answer: PersonAnswer;
      readonly by: Actor;
    }
  /** A shell in the run's environment, with what the item `at` adds to it. */
  | { readonly type: 'OpenShell'; readonly at?: Address; readonly by: Actor }
  /** The answer to the question whether to clean up after a bad end. */
  | { readonly type: 'DecideCleanup'; readonly wanted: boolean; readonly by: Actor }
  | { readonly type: 'RequestRollback'; readonly by: Actor }
  | { readonly type: 'StartRollback'; readonly excluded: readonly Address[]; readonly by: Actor }
  | { readonly type: 'DeclineRollback'; readonly by: Actor }
  | { readonly type: 'PauseRun'; readonly reason: PauseReason; readonly by: Actor }
  /** `reason`: a sentence in place of who stops it, where it is nobody in particular. `atRest`: not while it goes on. */
  | { readonly type: 'StopRun'; readonly by: Actor; readonly reason?: string; readonly atRest?: true }
  /** End the running block's process tree, not the run. */
  | { readonly type: 'InterruptBlock'; readonly by: Actor };

/** The command of that type. */
export type CommandOf<Type extends RunCommand['type']> = Extract<RunCommand, { readonly type: Type }>;

/** A command that is about one item of the plan. */
export type ItemCommand = Extract<RunCommand, { readonly address: Address }>;

/** Why a command was not taken; shown to whoever sent it. Nothing has changed. */
export interface Rejection {
  readonly code: string;
  readonly message: string;
}
