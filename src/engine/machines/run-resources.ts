// Owns what all blocks of one run share, whatever machine they run on.
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { PipePool } from '../output/pipe-pool.ts';
import type { Grace } from '../processes/process-tree.ts';
import type { Watchdog } from '../processes/watchdog.ts';
import type { CarriedState } from '../shells/carried-state.ts';

export interface RunResources {
  /** Exported for every block: what tells it of the run. */
  readonly common: Readonly<Record<string, string>>;
  readonly pool: PipePool;
  /** What blocks on this machine leave for later ones. */
  readonly carried: CarriedState;
  readonly watchdog: Watchdog;
  readonly secrets: KnownSecrets;
  readonly grace: Grace;
  /** Steady milliseconds. */
  readonly monotonicMs: () => number;
}
