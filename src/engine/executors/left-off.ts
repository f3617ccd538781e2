// Owns what is known of the block that left a state which an earlier process of the run has stored.
import type { ExecutionRequest } from '../../run/executor.ts';

export interface LeftOff {
  /** What it was asked with; by this the output of its EXIT traps is told. */
  readonly last: Omit<ExecutionRequest, 'code'>;
  /** The run has ended since: of the traps in the state none waits any more. */
  readonly exitTrapsHaveRun: boolean;
}
