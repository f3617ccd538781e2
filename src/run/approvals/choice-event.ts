// Owns what can happen to the way that a run takes through its items; one part of the union of events.
import type { Address } from '../../basics/address.ts';

/** One decision of what is run; who made it is a `Person`. */
export type ChoiceEvent<Person> =
  | { readonly type: 'JumpedTo'; readonly address: Address; readonly by: Person }
  /** What is doubtful of an item is run all the same: its page, an option or a person says so. */
  | {
      readonly type: 'DoubtsAccepted';
      readonly address: Address;
      /** At least one. */
      readonly codes: readonly string[];
      readonly by: Person;
      readonly automatic: boolean;
    }
  /** Of several ways these are taken, and no others. */
  | {
      readonly type: 'ChoiceMade';
      readonly choice: string;
      /** At least one, in their order. */
      readonly branches: readonly string[];
      /** The first item that it was made for. */
      readonly at: Address;
      readonly by: Person;
      readonly automatic: boolean;
    };
