// Owns one long-lived bash that forks a subshell for each block.
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../../../basics/assert.ts';
import { bashDialect, bashDump } from '../../../languages/shell/bash-dialect.ts';
import { toByteText } from '../../../languages/shell/byte-text.ts';
import type { ShellDump } from '../../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import {
  changeBetween,
  isEmptyChange,
  optionsBetween,
  type ShellState,
  type StateChange,
} from '../../../languages/shell/shell-state.ts';
import type { ShellPipes } from '../../output/pipe-pool.ts';
import { signalName } from '../../processes/signal-name.ts';
import { startProcess } from '../../processes/start-process.ts';
import type { ShellJob, ShellOutcome } from '../shell-job.ts';
import { ShellStartError } from '../shell-start-error.ts';
import { StatePipe } from '../state-pipe.ts';
import { optionsOf, tellsFailure } from './bash-code.ts';
import { writeBashHooks } from './bash-hooks.ts';
import { ControlPipe } from './control-pipe.ts';
import type { FunctionOrigins } from './function-origins.ts';
import { leavesStateAlone } from './leaves-state-alone.ts';
import { bootstrap, liveBashLoop } from './live-bash-loop.ts';
import { isAscii, quoteInAscii } from './quote-in-ascii.ts';
import { readBashEnd } from './read-bash-end.ts';
import { ReplyReader } from './reply-reader.ts';

/** What the shell reads whole: an empty text would be no text. */
function message(kind: string, text?: string): string {
  if (text === undefined) return `${kind}\0\0`;
  const whole = `${text}\n`;
  return `${kind}\0${whole.length}\0${whole}`;
}

const helloTimeoutMs = 20_000;
const closeTimeoutMs = 1000;
const lastWordsMs = 200;

export interface LiveBashOptions {
  /** Path or name of bash. */
  readonly command: string;
  /** Their folder holds the pipes of the blocks. */
  readonly pipes: ShellPipes;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly origins: FunctionOrigins;
}

export class LiveBash {
  readonly dialect = bashDialect;
  /** The state of a shell in which nothing has been run, as it is. */
  readonly bare: ShellState;
  readonly #shell: StartedBash;
  readonly #statePipe: StatePipe;
  readonly #origins: FunctionOrigins;
  /** What the process itself holds at the moment. */
  #held: ShellState;
  /** What the last block left behind. */
  #lastDump: ShellDump | undefined;
  /** True while a shell that was forked ahead, in state `#held`, waits for its block. */
  #isAhead = false;
  /** True while the last block's `d` is still to come. */
  #isEnding = false;
  #closed = false;

  private constructor(shell: StartedBash, statePipe: StatePipe, origins: FunctionOrigins, bare: ShellState) {
    this.#origins = origins;
    this.#shell = shell;
    this.#statePipe = statePipe;
    this.bare = bare;
    this.#held = bare;
  }

  static async start(options: LiveBashOptions): Promise<LiveBash> {
    const { pipes, command } = options;
    const statePipe = new StatePipe(pipes.state);
    const shell = await startShell(options).catch((error: unknown) => {
      statePipe.close();
      throw error;
    });
    statePipe.expect();
    const timer = setTimeout(() => shell.process.kill('SIGKILL'), helloTimeoutMs);
    await shell.replies.next();
    clearTimeout(timer);
    const dump = bashDialect.parseDump(statePipe.take());
    if (dump !== undefined) return new LiveBash(shell, statePipe, options.origins, dump.state);
    shell.process.kill('SIGKILL');
    shell.control.close();
    shell.replies.end();
    statePipe.close();
    throw new ShellStartError(`\`${command}\` does not answer as bash 4.4 or newer does`);
  }

  /** False once blocks cannot be run in it any more; then a new one is needed. */
  get alive(): boolean {
    // A block that tidies up may have removed the pipe through which states come.
    return this.isOpen && this.#statePipe.exists;
  }

  /** The same without a look at the disk. */
  get isOpen(): boolean {
    return !this.#shell.replies.ended && !this.#closed;
  }

  /** Forks the shell of the next block, which will probably start in `state`. */
  prepare(state: ShellState): void {
    if (!this.isOpen || this.#isAhead) return;
    this.#send('state', this.#changeTo(state));
    this.#isAhead = true;
  }

  /** Runs one block and resolves when nothing of it runs any more. One at a time. */
  async run(job: ShellJob): Promise<ShellOutcome> {
    if (this.#isAhead && !isEmptyChange(changeBetween(this.#held, job.state))) {
      this.#send('run', '\\builtin exit 0');
      await this.#awaitEnd();
      this.#isAhead = false;
    }
    const isAlone = leavesStateAlone(job);
    const pid = await this.#start(job, isAlone);
    const answer = pid === undefined ? undefined : await this.#awaitLastWords(pid);
    if (answer !== undefined && typeof answer !== 'number' && isAlone) {
      this.#statePipe.drop();
      const { status } = answer;
      return { status, dump: carryOn({ status, hidden: [], state: job.state }, job), shellLost: false };
    }
    const end = readBashEnd(this.#statePipe.take(), this.#lastDump);
    this.#lastDump = end.dump;
    const dump = end.dump && carryOn(end.dump, job);
    const state = {
      ...(dump !== undefined && { dump }),
      ...(end.failedAt !== undefined && { failedAt: end.failedAt }),
    };
    if (answer === undefined) {
      const { code, signal } = await this.#shell.ended;
      return { status: code, ...(signal === null ? {} : { signal }), ...state, shellLost: true };
    }
    const isEnding = typeof answer !== 'number';
    if (isEnding && dump !== undefined) return { status: dump.status, ...state, shellLost: false };
    const status = isEnding ? await this.#awaitOwedEnd() : answer;
    if (status === undefined) return { status: null, shellLost: true };
    // Without a dump the shell was killed or replaced; with one, the code is what it ended with, unless nothing of it
    // had ended the block: bash tells its state on its way out after some signals.
    const wasKilled = dump === undefined || (state.failedAt === undefined && endsOnlyBySignal(job));
    const signal = wasKilled && job.keepState ? signalName(status - 128) : undefined;
    return signal === undefined
      ? { status, ...state, shellLost: false }
      : { status: null, signal, ...state, shellLost: false };
  }

  /** Gives the number of the block's process; undefined when the shell is gone. */
  async #start(job: ShellJob, isAlone: boolean): Promise<string | undefined> {
    const ready = this.#getReady(this.#renderBlock(job, isAlone), job.state);
    try {
      // Takes its time while the shell reads, opens its pipes and gets ready.
      await job.beforeCode();
    } catch (error) {
      if ((await ready) !== undefined) {
        this.#send('stop');
        await this.#awaitEnd();
      }
      this.#statePipe.take();
      throw error;
    }
    const pid = await ready;
    if (pid === undefined) return undefined;
    // First whoever is to end the block learns of it: the tool may be killed at any moment.
    job.onStarted(Number(pid));
    this.#send('go');
    return pid;
  }

  /** Hands the block over, which then waits for `go`. */
  async #getReady(block: string, state: ShellState): Promise<string | undefined> {
    this.#statePipe.expect();
    if (!this.#isAhead) this.#send('state', this.#changeTo(state));
    this.#isAhead = false;
    this.#send('run', block);
    const pid = await this.#awaitStart();
    if (pid !== undefined || this.#shell.replies.ended) return pid;
    // Somebody had killed the shell that was forked ahead.
    this.#send('state', this.#changeTo(state));
    this.#send('run', block);
    return this.#awaitStart();
  }

  /** The number of the shell that has the block; undefined where it ended, or all is gone. */
  async #awaitStart(): Promise<string | undefined> {
    const reply = await this.#nextReply();
    if (reply === undefined || reply.startsWith('d')) return undefined;
    assert(reply.startsWith('p'), `the live shell answered \`${reply}\` where \`p\` was due`);
    return reply.slice(1);
  }

  /** Waits for the end of what was forked, or until it says how it will end and that it has no more to do than that. */
  async #awaitLastWords(pid: string): Promise<number | { readonly status: number } | undefined> {
    const reply = await this.#nextReply();
    this.#isEnding = reply?.startsWith(`e${pid} `) === true;
    return reply !== undefined && this.#isEnding
      ? { status: Number(reply.slice(pid.length + 2)) }
      : exitCode(reply);
  }

  /** The exit code of what was forked; undefined when the shell is gone. */
  async #awaitEnd(): Promise<number | undefined> {
    return exitCode(await this.#nextReply());
  }

  /** The end of a block whose last words were heard. */
  async #awaitOwedEnd(): Promise<number | undefined> {
    this.#isEnding = false;
    return exitCode(await this.#shell.replies.next());
  }

  async #nextReply(): Promise<string | undefined> {
    if (this.#isEnding) await this.#awaitOwedEnd();
    return this.#shell.replies.next();
  }

  #renderBlock(job: ShellJob, isAlone: boolean): string {
    const options = bashDialect.renderOptions(
      optionsBetween(this.bare, { ...job.state, options: optionsOf(job) }),
    );
    let preparation = '\\builtin export';
    for (const [name, value] of Object.entries(job.environment))
      preparation += ` ${name}=${shellQuote(toByteText(value))}`;
    if (job.cwd !== undefined)
      preparation += `; \\builtin cd -- ${shellQuote(toByteText(job.cwd))} || \\builtin exit 126`;
    const signals = job.state.more.get('traps');
    const traps = signals === undefined ? [] : [signals];
    const telling = tellsFailure(job) ? '\\builtin trap -- "$__rs_on_err" ERR; \\builtin set -E; ' : '';
    const fields = [
      String(job.pipes.index),
      preparation,
      toByteText(job.file),
      [...traps, telling + options.before + options.sameLine].join('\n'),
      isAlone ? '1' : '',
    ];
    return `__rs_in=(${fields.map(quoteInAscii).join(' ')})`;
  }

  /** What brings the process to `state`. */
  #changeTo(state: ShellState): string {
    const before = this.#held;
    this.#held = state;
    const change = bashDialect.renderChange(this.#fromOrigins(changeBetween(before, state)), before);
    return isAscii(change) ? change : `\\builtin eval ${quoteInAscii(change)}`;
  }

  /** Functions come from where they were written, where that is known. */
  #fromOrigins(change: StateChange): StateChange {
    const { functions } = change;
    if (functions === undefined) return change;
    const { files, others } = this.#origins.textsFor(functions.text);
    return { ...change, functions: { ...functions, text: [...files, others].join('\n') } };
  }

  /** Without a text only where the shell expects none. */
  #send(kind: 'state' | 'run' | 'go' | 'stop', text?: string): void {
    this.#shell.control.send(message(kind, text));
  }

  /** Lets the shell end; it does so by itself when its control pipe closes. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#shell.control.close();
    const timer = setTimeout(() => this.#shell.process.kill('SIGKILL'), closeTimeoutMs);
    await this.#shell.ended;
    clearTimeout(timer);
    this.#shell.replies.end();
    this.#statePipe.close();
  }
}

/** True where a plain block that did not come to its end, and of which no command failed, was ended by a signal. */
function endsOnlyBySignal(job: ShellJob): boolean {
  return tellsFailure(job) || !optionsOf(job).has('set:errexit');
}

/** The state that later blocks start from: what a plain block cannot change is as it was. */
function carryOn(dump: ShellDump, { state, strict }: ShellJob): ShellDump {
  const isMore = state.more.size > 0 || dump.status !== 0;
  if (!isMore && strict) return dump;
  const more = new Map(state.more);
  more.delete('status');
  if (dump.status !== 0) more.set('status', String(dump.status));
  const options = strict ? dump.state.options : state.options;
  return { ...dump, state: { ...dump.state, more, options } };
}

interface StartedBash {
  readonly process: ChildProcess;
  readonly control: ControlPipe;
  readonly replies: ReplyReader;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Throws a `ShellStartError` where the system refuses it at once. */
async function startShell({ command, cwd, env, pipes }: LiveBashOptions): Promise<StartedBash> {
  const hooks = writeBashHooks(pipes.state, 1);
  const control = new ControlPipe(pipes.control);
  const replies = new ReplyReader(pipes.replies);
  const process = startProcess(command, ['--norc', '--noprofile', '-c', bootstrap, 'bash'], {
    cwd,
    env,
    // A session of its own: no terminal that the tree could take or stop on, and no Ctrl-C from it.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', control.reader, replies.writer],
  });
  // From now on either side learns from its pipes that the other is gone.
  closeSync(control.reader);
  closeSync(replies.writer);
  if (process instanceof Promise) {
    control.close();
    replies.end();
    throw new ShellStartError(await process);
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    process.once('exit', (code, signal) => {
      resolve({ code, signal });
      // What it had still said comes first, unless something else holds the pipe.
      setTimeout(() => replies.end(), lastWordsMs).unref();
    });
  });
  const setup = [
    // `-c` text would be in every dump.
    '\\builtin unset -v BASH_EXECUTION_STRING __rs_in __rs_text',
    '\\builtin shopt -s expand_aliases',
    `__rs_state=${shellQuote(pipes.state)} __rs_replies=${shellQuote(pipes.replies)}`,
    `__rs_dir=${shellQuote(dirname(pipes.state))}`,
    `__rs_on_exit=${shellQuote(hooks.exit)} __rs_on_err=${shellQuote(hooks.err)}`,
    '__rs_status=0 __rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS',
    `{ ${bashDump.state}; ${bashDump.rest}; } 1<>"$__rs_state"`,
    "\\builtin printf 'h\\n' >&4",
    liveBashLoop,
  ].join('; ');
  control.send(message('setup', `__rs_text=${quoteInAscii(toByteText(setup))}`));
  return { process, control, replies, ended };
}

function exitCode(reply: string | undefined): number | undefined {
  if (reply === undefined) return undefined;
  assert(reply.startsWith('d'), `the live shell answered \`${reply}\` where \`d\` was due`);
  return Number(reply.slice(1));
}
