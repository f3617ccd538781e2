// Owns what all kinds of shell processes have in common for the executor.
import type { ShellDialect } from '../../languages/shell/shell-dialect.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import type { StartFailure } from '../processes/start-process.ts';
import type { ShellJob, ShellOutcome } from './shell-job.ts';

export interface ShellSession {
  readonly dialect: ShellDialect;
  /** The state of a shell in which nothing has been run. */
  readonly baseline: ShellState;
  /** False when it cannot run any more blocks, and a new one is needed. */
  readonly alive: boolean;
  /** Makes ready for a block that will probably start in `state`; where nothing can be done ahead, it is absent. */
  prepare?(state: ShellState): void;
  /** Runs one block and resolves when its shell has ended. One at a time. */
  run(job: ShellJob): Promise<ShellOutcome | StartFailure>;
  close(): Promise<void>;
}
