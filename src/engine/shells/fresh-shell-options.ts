// Owns what a shell that is started anew for each block is made of.
import type { StatePipe } from './state-pipe.ts';

export interface FreshShellOptions {
  readonly command: string;
  /** Its folder is private to the run. It is closed with the shell. */
  readonly statePipe: StatePipe;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Path of a named pipe that nothing else uses. */
  readonly scriptPipe: () => Promise<string>;
}
