// Owns the bash of a run: which of its two ways a block is run in.
import { bashDialect } from '../../../languages/shell/bash-dialect.ts';
import type { ShellState } from '../../../languages/shell/shell-state.ts';
import type { PipePool, ShellPipes } from '../../output/pipe-pool.ts';
import type { StartFailure } from '../../processes/start-process.ts';
import type { ShellJob, ShellOutcome } from '../shell-job.ts';
import type { ShellSession } from '../shell-session.ts';
import { StatePipe } from '../state-pipe.ts';
import { asStrict, cutConditionsOf } from './bash-code.ts';
import { FunctionOrigins } from './function-origins.ts';
import { isPlainForBash, isPlainState } from './is-plain-for-bash.ts';
import { LiveBash } from './live-bash.ts';
import { ScriptBash } from './script-bash.ts';

export interface BashSessionOptions {
  readonly command: string;
  readonly pool: PipePool;
  readonly pipes: ShellPipes;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** False where no block comes after: an EXIT trap then runs when the block ends. */
  readonly isFollowed: boolean;
  /** False where every block is run as a script. */
  readonly isForked: boolean;
}

/**
 * A block that is plain is run by a fork of a shell that waits for it, which is quick; every other one by a shell that is
 * started with the block's file as its program, which leaves nothing to tell it from a script.
 */
export class BashSession implements ShellSession {
  readonly dialect = bashDialect;
  readonly baseline: ShellState;
  readonly #options: BashSessionOptions;
  readonly #bare: ShellState;
  readonly #origins: FunctionOrigins;
  /** Absent where no block is run in it. */
  readonly #live: LiveBash | undefined;
  #script: ScriptBash | undefined;

  private constructor(
    options: BashSessionOptions,
    origins: FunctionOrigins,
    bare: ShellState,
    live?: LiveBash,
  ) {
    this.#origins = origins;
    this.#options = options;
    this.#bare = bare;
    this.#live = live;
    this.baseline = asStrict(bare);
  }

  /** Throws a `ShellStartError` where no bash can be started. */
  static async start(options: BashSessionOptions): Promise<BashSession> {
    const origins = new FunctionOrigins();
    const live = await LiveBash.start({ ...options, origins });
    if (options.isForked) return new BashSession(options, origins, live.bare, live);
    await live.close();
    return new BashSession(options, origins, live.bare);
  }

  get alive(): boolean {
    return this.#live?.alive !== false && this.#script?.alive !== false;
  }

  prepare(state: ShellState): void {
    if (isPlainState(state)) this.#live?.prepare(state);
  }

  async run(job: ShellJob): Promise<ShellOutcome | StartFailure> {
    const outcome = await this.#shellFor(job).then((shell) => shell.run(job));
    if ('dump' in outcome && outcome.dump !== undefined) this.#origins.learn(job, outcome.dump.state);
    return outcome;
  }

  async #shellFor(job: ShellJob): Promise<LiveBash | ScriptBash> {
    // Conditions that may be cut need a DEBUG trap.
    if (this.#live?.isOpen === true && isPlainForBash(job) && cutConditionsOf(job).size === 0)
      return this.#live;
    this.#script ??= await this.#startScript();
    return this.#script;
  }

  async close(): Promise<void> {
    await Promise.all([this.#live?.close(), this.#script?.close()]);
  }

  async #startScript(): Promise<ScriptBash> {
    const { pool } = this.#options;
    return new ScriptBash({
      ...this.#options,
      statePipe: new StatePipe(await pool.acquirePipe()),
      scriptPipe: () => pool.acquirePipe(),
      bare: this.#bare,
      origins: this.#origins,
    });
  }
}
