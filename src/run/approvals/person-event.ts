// Owns what people say to have done of a run; one part of the union of events.
import type { Address } from '../../basics/address.ts';

interface OfItem<Person> {
  readonly address: Address;
  readonly by: Person;
  readonly note?: string;
}

/** A manual step or a box of a checklist; who says so is a `Person`. */
export type PersonEvent<Person> =
  /** Somebody says that it is done, and its `check` is asked now. */
  | ({ readonly type: 'ManualStepClaimed' } & OfItem<Person>)
  /** `answer` is what a step that asks something was answered. */
  | ({ readonly type: 'ManualStepDone'; readonly answer?: string } & OfItem<Person>)
  | {
      readonly type: 'ChecklistItemSet';
      readonly address: Address;
      readonly index: number;
      readonly ticked: boolean;
      readonly by: Person;
    };
