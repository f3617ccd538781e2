// Owns which kind of shell process is started for which shell.

import { dashDialect } from '../../languages/shell/dash-dialect.ts';
import { zshDialect } from '../../languages/shell/zsh-dialect.ts';
import type { Language } from '../interpreters/find-language.ts';
import type { PipePool } from '../output/pipe-pool.ts';
import { BashSession } from './bash/bash-session.ts';
import { freshBashDialect } from './fresh-bash-dialect.ts';
import { FreshShell } from './fresh-shell.ts';
import type { ShellSession } from './shell-session.ts';
import { StatePipe } from './state-pipe.ts';

export interface ShellStart {
  readonly pool: PipePool;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Blocks on terminals need a process of their own, whatever the shell. */
  readonly onTerminal: boolean;
  /** False where only one block is run. */
  readonly isFollowed: boolean;
}

/** A shell that is started anew each time, on whatever terminal; throws as `startShell` does. */
export async function startFreshShell(
  { shell, command }: Extract<Language, { type: 'shell' }>,
  { pool, env, cwd }: Omit<ShellStart, 'onTerminal' | 'isFollowed'>,
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
  { onTerminal, isFollowed, ...start }: ShellStart,
): Promise<ShellSession> {
  if (language.shell !== 'bash') return startFreshShell(language, start);
  return BashSession.start({
    ...start,
    command: language.command,
    pipes: await start.pool.acquireShellPipes(),
    isForked: !onTerminal && isFollowed,
    isFollowed,
  });
}
