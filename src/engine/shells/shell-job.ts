// Owns what a shell is asked to run and what it answers.

import type { ShellDump } from '../../languages/shell/shell-dialect.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import type { TerminalRequest } from '../../run/executor.ts';
import type { OutputPipes } from '../output/output-pipes.ts';
import type { HeldTerminal } from '../processes/run-on-terminal.ts';

export interface ShellJob {
  /** What error messages call the block. */
  readonly name: string;
  readonly code: string;
  /** Path of a file that holds the code and stays as long as the run; the block's `$0`. */
  readonly file: string;
  readonly pipes: OutputPipes;
  /** The state that the block starts from. */
  readonly state: ShellState;
  /** Exported for this block only, beside what the session exports for all. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute; the state's own when absent. */
  readonly cwd?: string;
  /** A terminal instead of pipes and an empty standard input. */
  readonly terminal?: JobTerminal;
  /**
   * True: the block ends at its first failing command, pipelines included where the shell knows of that. False: the
   * shell's plain way, for this block only.
   */
  readonly strict: boolean;
  /** False for conditions, whose state nobody wants. */
  readonly keepState: boolean;
  /** Called when all is ready, just before the code is run, and waited for; what it throws keeps it from being run. */
  readonly beforeCode: () => Promise<void>;
  /** Told the process, which leads a process group of its own. */
  readonly onStarted: (pid: number) => void;
}

export interface JobTerminal {
  readonly request: TerminalRequest;
  /** What came out of a terminal of its own; the bytes are the listener's. */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Given a terminal of its own that processes which the block has left behind still hold. */
  readonly onHeld: (terminal: HeldTerminal) => void;
  /** True when stdout goes to the pipe all the same, because its text is wanted by itself. */
  readonly separateStdout: boolean;
}

export interface ShellOutcome {
  /** The exit code; null when a signal ended the block. */
  readonly status: number | null;
  readonly signal?: NodeJS.Signals;
  /** Where a strict block ended: the line in its own code, from 1, and the command, as far as the shell tells. */
  readonly failedAt?: { readonly line: number; readonly command: string };
  /** What the block left behind; absent when it was killed or replaced its shell. */
  readonly dump?: ShellDump;
  /** True when the shell that ran the block is gone. */
  readonly shellLost: boolean;
}
