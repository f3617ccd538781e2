// Owns the form in which a block's output is shown as it comes.
import type { Address } from '../basics/address.ts';
import type { MaskedBytes } from './masking/redactor.ts';

/** Live output; never journalled (the output file is), only shown. */
export interface OutputChunk {
  readonly address: Address;
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr' | 'terminal';
  readonly bytes: MaskedBytes;
  readonly host?: string;
  /** Set where it is of one item of a list. */
  readonly item?: string;
}
