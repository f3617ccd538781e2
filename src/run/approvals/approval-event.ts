// Owns what can happen around a gate that other people open; one part of the union of events.
import type { Address } from '../../basics/address.ts';
import type { TimeoutAction } from '../../runbook/runbook.ts';
import type { ApprovalSubject } from './approval-subject.ts';

/** One thing that has happened around a gate; who did it is a `Person`. */
export type ApprovalEvent<Person> =
  | {
      readonly type: 'ApprovalRequested';
      readonly address: Address;
      readonly gate: string;
      readonly people: readonly string[];
      readonly needed: number;
      readonly by: Person;
      readonly expiresAt?: string;
      readonly onTimeout: TimeoutAction;
      /** It is of everything that the run has still to do, not of this item alone. */
      readonly rest?: true;
      /** Exactly what is to be approved; absent in journals of earlier versions. */
      readonly of?: ApprovalSubject;
    }
  | {
      readonly type: 'ApprovalGiven';
      readonly address: Address;
      readonly by: Person;
      readonly comment?: string;
      /** Digest of the request that was answered; absent in journals of earlier versions. */
      readonly of?: string;
      /** Name of the file that is kept of the answer: it belongs to who gave it, which is looked at before it is used. */
      readonly file?: string;
    }
  | {
      readonly type: 'ApprovalDenied';
      readonly address: Address;
      readonly by: Person;
      readonly comment?: string;
      /** As in `ApprovalGiven`. */
      readonly of?: string;
    }
  | {
      readonly type: 'ApprovalTimedOut';
      readonly address: Address;
      readonly action: TimeoutAction;
    }
  /** An answer that does not count, and why; what cannot be known of it is absent. */
  | {
      readonly type: 'AnswerRefused';
      readonly address?: Address;
      readonly answer?: 'approve' | 'deny';
      readonly by?: Person;
      readonly message: string;
    }
  /**
   * What was approved was compared with what is about to run. What has changed since is named; nothing where it is the
   * same. A change makes the approval void, answered or not, and it is asked for anew.
   */
  | {
      readonly type: 'ApprovalChecked';
      readonly address: Address;
      readonly changed: readonly string[];
    };
