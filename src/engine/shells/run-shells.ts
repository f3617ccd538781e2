// Owns the shells of a run on this machine: one of each kind, started when it is first needed.
import type { Language } from '../interpreters/find-language.ts';
import type { PipePool } from '../output/pipe-pool.ts';
import type { CarriedState } from './carried-state.ts';
import type { ShellSession } from './shell-session.ts';
import { startShell } from './start-shell.ts';

type ShellLanguage = Extract<Language, { type: 'shell' }>;

/** The run's shell, one for a single block beside it, or one that is started anew on a terminal each time. */
export type ShellUse = 'shared' | 'apart' | 'terminal';

export interface RunShellsContext {
  readonly pool: PipePool;
  readonly carried: CarriedState;
  /** Exported for every block. */
  readonly common: Readonly<Record<string, string>>;
}

export class RunShells {
  readonly #context: RunShellsContext;
  readonly #shells = new Map<string, ShellSession>();

  constructor(context: RunShellsContext) {
    this.#context = context;
  }

  /** The shell for a block; throws a `ShellStartError` where it cannot be started. One that is apart is its user's to close. */
  async shellFor(language: ShellLanguage, use: ShellUse): Promise<ShellSession> {
    if (use === 'apart') return this.#start(language, use);
    const key = `${use} ${language.command}`;
    const running = this.#shells.get(key);
    if (running?.alive === true) return running;
    await running?.close();
    const session = await this.#start(language, use);
    this.#shells.set(key, session);
    return session;
  }

  /** Ends all that are shared. */
  async close(): Promise<void> {
    await Promise.all([...this.#shells.values()].map((session) => session.close()));
  }

  #start(language: ShellLanguage, use: ShellUse): Promise<ShellSession> {
    const { pool, carried, common } = this.#context;
    // Where the run started and not where it is: that folder may be gone, and the state leads there anyway.
    return startShell(language, {
      pool,
      env: { ...carried.startEnvironment, ...common },
      cwd: carried.startCwd,
      onTerminal: use === 'terminal',
      isFollowed: use !== 'apart',
    });
  }
}
