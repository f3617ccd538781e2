// Owns the closed union of what a run can want done, and the small makers of it.
import type { Address } from '../../basics/address.ts';
import type { ApprovalSubject, SubjectInRun } from '../approvals/approval-subject.ts';
import type { Gate } from '../approvals/gate.ts';
import type { PauseReason } from '../belonging/pause-reason.ts';
import type { Actor, AttemptResult, RunEvent } from '../event.ts';
import type { CodePlace } from '../failed-command.ts';
import type { BlockItem, PlanItem } from '../plan.ts';
import type { Question } from '../question.ts';
import type { KeptAnswer, RunState } from '../state.ts';
import type { HostTargets } from '../targets/host-targets.ts';

/** One thing for the engine to do; when it is done, events have been recorded and `effects` is asked again. */
export type Effect =
  /** Facts that follow from the state alone; they are recorded as they are. */
  | { readonly type: 'record'; readonly events: readonly RunEvent[] }
  /** Asks the block's `hosts-from` where the block is to run, or for what the items of its list are. */
  | { readonly type: 'resolve-hosts'; readonly item: BlockItem }
  | {
      readonly type: 'check-condition';
      readonly item: BlockItem;
      readonly condition: 'when' | 'check';
      readonly code: string;
      /** Where it is asked, for blocks on hosts; for what, for those with a list. */
      readonly hosts?: HostTargets;
    }
  /** Looks at the file of a block and says what the block would make of it. */
  | { readonly type: 'compare-file'; readonly item: BlockItem; readonly hosts?: HostTargets }
  /** `delayMs` is waited first, between two attempts. */
  | {
      readonly type: 'run-block';
      readonly item: BlockItem;
      readonly attempt: number;
      readonly code: string;
      /** From where it is run; all of it when absent. */
      readonly from?: CodePlace;
      readonly delayMs: number;
      /** Where it is run, for blocks on hosts; for what, for those with a list. */
      readonly hosts?: HostTargets;
    }
  /** Ends what goes on in the background, once nothing else is left to do. */
  | { readonly type: 'end-background'; readonly items: readonly Address[] }
  | {
      readonly type: 'request-approval';
      readonly item: PlanItem;
      readonly gate: Gate;
      readonly of: SubjectInRun;
      /** It is of all that the run has still to do. */
      readonly rest?: true;
    }
  | { readonly type: 'await-approval'; readonly item: PlanItem; readonly expiresAt?: string }
  /** Compares the pages with those that were approved. */
  | {
      readonly type: 'check-approval';
      readonly item: PlanItem;
      readonly pages: ApprovalSubject['pages'];
    }
  /** The operator's own shell, until they leave it. */
  | { readonly type: 'open-shell'; readonly at?: Address }
  | { readonly type: 'ask'; readonly question: Question }
  /** Has what was answered from elsewhere follow in the place of its question. */
  | { readonly type: 'take-answer'; readonly question: Question; readonly kept: KeptAnswer }
  /** Paused, ended, or not begun: nothing happens until somebody acts. */
  | { readonly type: 'none' };

/** A pause as an event. */
export function pause(reason: PauseReason, message: string, item: PlanItem): RunEvent {
  return { type: 'RunPaused', reason, message, at: item.address };
}

/** The recording of facts as an effect. */
export function record(...events: readonly RunEvent[]): Effect {
  return { type: 'record', events };
}

/** Who acts where no person did: the operator on whose behalf the run goes. */
export function policyActor(state: RunState): Actor {
  return state.operator ?? { user: 'runsheet', host: '' };
}

/** The result of an attempt in which nothing was run. */
export const nothingRun: AttemptResult = {
  exitCode: null,
  durationMs: 0,
  output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
  captured: {},
  warnings: [],
};
