// Owns the form in which a block's output is shown as it comes.
import type { Address } from '../basics/address.ts';

/** Live output; never journalled (the output file is), only shown. Secrets are already masked. */
export interface OutputChunk {
  readonly address: Address;
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr' | 'terminal';
  readonly bytes: Uint8Array;
  readonly host?: string;
}
