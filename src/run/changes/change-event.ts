// Owns the event that tells of a runbook which is not what it was when its run began.
import type { Address } from '../../basics/address.ts';

/** What has changed since, whether it matters to the rest of the run or not. */
export interface ChangeEvent {
  readonly type: 'RunbookChanged';
  readonly digest: string;
  readonly edited: readonly Address[];
  readonly gone: readonly Address[];
  readonly added: readonly Address[];
  /** What stands in another order; absent where nothing does, and in journals of earlier versions. */
  readonly moved?: readonly Address[];
  /** Keys of the front matter, absent as above. */
  readonly settings?: readonly string[];
}
