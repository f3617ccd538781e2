// Owns what a sentence beside the blocks of a step is that asks a person to do something.
import type { Address } from '../basics/address.ts';

/** One such sentence; a step that holds nothing else is one question as a whole. */
export interface Asked {
  readonly address: Address;
  /** Plain text. */
  readonly text: string;
  readonly containerPrefix: string;
  /** Byte offset at which a result region is inserted. */
  readonly resultOffset: number;
}
