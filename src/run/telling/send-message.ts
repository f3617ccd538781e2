// Owns the port by which a block whose text is a message is sent.
import type { MaskedText } from '../masking/redactor.ts';
import type { BlockItem } from '../plan.ts';
import type { RunState } from '../state.ts';

/** A message to send. */
export interface MessageToSend {
  readonly item: BlockItem;
  /** The author's words, as they are to be sent, with references to variables. */
  readonly text: string;
  readonly state: RunState;
  /** Aborted when nobody wants it any more. */
  readonly signal: AbortSignal;
}

/**
 * Sends it to every channel of the block that has not got it yet from an attempt that failed; gives why it is not with
 * all of them, in words, or undefined where it is.
 */
export type SendMessage = (message: MessageToSend) => Promise<MaskedText | undefined>;
