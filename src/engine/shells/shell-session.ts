// Owns what all kinds of shell processes have in common for the executor.

import { dashDialect } from '../../languages/shell/dash-dialect.ts';
import type { ShellDialect } from '../../languages/shell/shell-dialect.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import { zshDialect } from '../../languages/shell/zsh-dialect.ts';
import type { Language } from '../interpreters/find-language.ts';
import type { PipePool } from '../output/pipe-pool.ts';
import type { StartFailure } from '../processes/start-process.ts';
import { freshBashDialect } from './fresh-bash-dialect.ts';
import { FreshShell } from './fresh-shell.ts';
import { LiveBash } from './live-bash.ts';
import type { ShellJob, ShellOutcome } from './shell-job.ts';
import { StatePipe } from './state-pipe.ts';

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

export interface ShellStart {
  readonly pool: PipePool;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Blocks on terminals need a process of their own, whatever the shell. */
  readonly onTerminal: boolean;
}

/** A shell that is started anew each time, on whatever terminal; throws as `startShell` does. */
export async function startFreshShell(
  { shell, command }: Extract<Language, { type: 'shell' }>,
  { pool, env, cwd }: Omit<ShellStart, 'onTerminal'>,
): Promise<FreshShell> {
  const statePipe = new StatePipe((await pool.acquireShellPipes()).state);
  const options = { command, statePipe, env, cwd, scriptPipe: () => pool.acquirePipe() };
  return FreshShell.start(options, freshDialects[shell]);
}

/** How each kind of shell is run anew for a block. */
export const freshDialects = { bash: freshBashDialect, zsh: zshDialect, dash: dashDialect };

/** Throws a `ShellStartError` with a message for people when the shell cannot be started. */
export async function startShell(
  language: Extract<Language, { type: 'shell' }>,
  { onTerminal, ...start }: ShellStart,
): Promise<ShellSession> {
  if (onTerminal || language.shell !== 'bash') return startFreshShell(language, start);
  const { pool, env, cwd } = start;
  return LiveBash.start({ command: language.command, pipes: await pool.acquireShellPipes(), env, cwd });
}
