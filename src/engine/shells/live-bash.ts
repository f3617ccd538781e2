// Owns one long-lived bash that forks a subshell for each block.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../../basics/assert.ts';
import { bashDialect, bashDump } from '../../languages/shell/bash-dialect.ts';
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import {
  changeBetween,
  isEmptyChange,
  optionsBetween,
  type ShellState,
  type StateChange,
} from '../../languages/shell/shell-state.ts';
import type { ShellPipes } from '../output/pipe-pool.ts';
import { signalName } from '../processes/signal-name.ts';
import { ControlPipe } from './control-pipe.ts';
import { endOfCode, exitTrap, trapFunction } from './exit-trap.ts';
import { ReplyReader } from './reply-reader.ts';
import type { ShellJob, ShellOutcome } from './shell-job.ts';
import { ShellStartError } from './shell-start-error.ts';
import { StatePipe } from './state-pipe.ts';

/**
 * The loop of the live shell, on one line so that a block's first line is line 1 in its error messages. It reads
 * two fields ended by NUL, `state` and a change of state, and forks, which is most of a small block's price and
 * can be done before it is known what will run. The forked shell reads seven fields: `run`, `run-shadowed` where a
 * function hides `exec` (with `\builtin` its redirections would not last), or `run-nothing` to end unused; slot,
 * preparation, name, `keep` or nothing, options and the like, code. It says `p` and its number when all is ready,
 * and waits for `go` and an empty field: meanwhile the journal goes to the device. When the
 * code came to its end it says `e` and its number, and has nothing more to do than to go; when it is gone, the loop
 * says `d` and the exit code, for which the tool need not wait. Fields for a forked shell that somebody has killed are passed over.
 *
 * The block runs in its own process group, and without the control descriptors. `mapfile` and not `read`, which
 * obeys TMOUT; `\builtin`, because a block may have defined functions and aliases of any name. `wait` also
 * returns for a block that is only stopped, so it is asked until the process is gone; `wait -f`, made for that,
 * sometimes says 127 for a block that has ended (it looks at the job after having freed it, bash 5.2).
 */
const loop = [
  "while \\builtin mapfile -t -n 2 -d '' -u 3 __rs_in && (( ${#__rs_in[@]} == 2 )); do",
  'case ${__rs_in[0]} in state) ;; go | stop) \\builtin continue ;;',
  "run*) \\builtin mapfile -n 5 -d '' -u 3 __rs_in; \\builtin continue ;; *) \\builtin exit ;; esac;",
  '\\builtin eval "${__rs_in[1]}";',
  '\\builtin set -m;',
  "( \\builtin set +m; \\builtin mapfile -t -n 7 -d '' -u 3 __rs_in;",
  '[[ ${#__rs_in[@]} == 7 && ${__rs_in[0]} != run-nothing ]] || \\builtin exit 0;',
  'if [[ ${__rs_in[0]} == run-shadowed ]]; then \\builtin unset -f exec; fi;',
  '\\builtin printf \'p%s\\n\' "$BASHPID" >&4;',
  '\\exec >"$__rs_dir/o${__rs_in[1]}" 2>"$__rs_dir/e${__rs_in[1]}" || \\builtin exit 126;',
  'BASH_ARGV0=${__rs_in[3]};',
  'if [[ ${__rs_in[4]} ]]; then \\builtin trap -- "$__rs_trap" EXIT; fi;',
  '\\builtin eval "${__rs_in[2]}";',
  "\\builtin mapfile -t -n 2 -d '' -u 3 __rs_go;",
  'if [[ ${__rs_go[0]-} != go ]]; then \\builtin trap - EXIT; \\builtin exit 0; fi;',
  '\\exec 3<&- 4>&-;',
  'if [[ ${__rs_in[5]} ]]; then \\builtin eval "${__rs_in[5]}"; fi; \\builtin eval "${__rs_in[6]}";',
  `${endOfCode} ) &`,
  '\\builtin set +m;',
  'while \\builtin wait "$!"; __rs_ended=$?; \\builtin kill -0 "$!"; do :; done;',
  '\\builtin printf \'d%s\\n\' "$__rs_ended" >&4;',
  'done',
].join(' ');

const bootstrap = '\\builtin mapfile -t -n 1 -d \'\' -u 3 __rs_in; \\builtin eval "${__rs_in[0]}"';

/** For a shell that was forked ahead and is not needed. */
const nothingToRun = ['run-nothing', '', '', '', '', '', ''];
/** Of two fields, because the loop reads two where the shell that should have read them is gone. */
const go = ['go', ''];

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
}

export class LiveBash {
  readonly dialect = bashDialect;
  /** The state of a shell in which nothing has been run. */
  readonly baseline: ShellState;
  readonly #shell: StartedBash;
  readonly #statePipe: StatePipe;
  /** What the process itself holds at the moment. */
  #held: ShellState;
  /** True while a shell that was forked ahead, in state `#held`, waits for its block. */
  #isAhead = false;
  /** True while the last block's `d` is still to come. */
  #isEnding = false;
  #closed = false;

  private constructor(shell: StartedBash, statePipe: StatePipe, baseline: ShellState) {
    this.#shell = shell;
    this.#statePipe = statePipe;
    this.baseline = baseline;
    this.#held = baseline;
  }

  static async start(options: LiveBashOptions): Promise<LiveBash> {
    const { pipes, command } = options;
    const statePipe = new StatePipe(pipes.state);
    const shell = startProcess(options);
    statePipe.expect();
    const timer = setTimeout(() => shell.process.kill('SIGKILL'), helloTimeoutMs);
    await shell.replies.next();
    clearTimeout(timer);
    const dump = bashDialect.parseDump(statePipe.take());
    if (dump !== undefined) return new LiveBash(shell, statePipe, dump.state);
    shell.process.kill('SIGKILL');
    shell.control.close();
    shell.replies.end();
    statePipe.close();
    throw new ShellStartError(shell.failure() ?? `\`${command}\` does not answer as bash 4.4 or newer does`);
  }

  /** False once blocks cannot be run in it any more; then a new one is needed. */
  get alive(): boolean {
    // A block that tidies up may have removed the pipe through which states come.
    return !this.#shell.replies.ended && !this.#closed && this.#statePipe.exists;
  }

  /** Forks the shell of the next block, which will probably start in `state`. */
  prepare(state: ShellState): void {
    if (this.#shell.replies.ended || this.#closed || this.#isAhead) return;
    this.#send(this.#stateFields(state));
    this.#isAhead = true;
  }

  /** Runs one block and resolves when nothing of it runs any more. One at a time. */
  async run(job: ShellJob): Promise<ShellOutcome> {
    if (this.#isAhead && !isEmptyChange(changeBetween(this.#held, job.state))) {
      this.#send(nothingToRun);
      await this.#awaitEnd();
      this.#isAhead = false;
    }
    const pid = await this.#start(job);
    const answer = pid === undefined ? undefined : await this.#awaitLastWords(pid);
    const dump = bashDialect.parseDump(this.#statePipe.take());
    const state = dump === undefined ? {} : { dump };
    if (answer === undefined) {
      const { code, signal } = await this.#shell.ended;
      return { status: code, ...(signal === null ? {} : { signal }), ...state, shellLost: true };
    }
    if (answer === 'ending' && dump !== undefined) return { status: dump.status, dump, shellLost: false };
    const status = answer === 'ending' ? await this.#awaitOwedEnd() : answer;
    if (status === undefined) return { status: null, shellLost: true };
    // Without a dump the shell was killed or replaced; with one, the code is what it ended with.
    const signal = dump === undefined && job.keepState ? signalName(status - 128) : undefined;
    return signal === undefined
      ? { status, ...state, shellLost: false }
      : { status: null, signal, shellLost: false };
  }

  /** Gives the number of the block's process; undefined when the shell is gone. */
  async #start(job: ShellJob): Promise<string | undefined> {
    const ready = this.#getReady(job);
    try {
      // Takes its time while the shell reads, opens its pipes and gets ready.
      await job.beforeCode();
    } catch (error) {
      if ((await ready) !== undefined) {
        this.#send(['stop', '']);
        await this.#awaitEnd();
      }
      this.#statePipe.take();
      throw error;
    }
    const pid = await ready;
    if (pid === undefined) return undefined;
    // First whoever is to end the block learns of it: the tool may be killed at any moment.
    job.onStarted(Number(pid));
    this.#send(go);
    return pid;
  }

  /** Hands the block over, which then waits for `go`. */
  async #getReady(job: ShellJob): Promise<string | undefined> {
    const block = this.#blockFields(job);
    this.#statePipe.expect();
    const isAhead = this.#isAhead;
    this.#isAhead = false;
    this.#send(isAhead ? block : [...this.#stateFields(job.state), ...block]);
    const pid = await this.#awaitStart();
    if (pid !== undefined || this.#shell.replies.ended) return pid;
    // Somebody had killed the shell that was forked ahead.
    this.#send([...this.#stateFields(job.state), ...block]);
    return this.#awaitStart();
  }

  /** The number of the shell that has the block; undefined where it ended, or all is gone. */
  async #awaitStart(): Promise<string | undefined> {
    const reply = await this.#nextReply();
    if (reply === undefined || reply.startsWith('d')) return undefined;
    assert(reply.startsWith('p'), `the live shell answered \`${reply}\` where \`p\` was due`);
    return reply.slice(1);
  }

  /** Waits for the end of what was forked, or until it says that it has no more to do than to go. */
  async #awaitLastWords(pid: string): Promise<number | 'ending' | undefined> {
    const reply = await this.#nextReply();
    this.#isEnding = reply === `e${pid}`;
    return this.#isEnding ? 'ending' : exitCode(reply);
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

  #blockFields(job: ShellJob): ByteText[] {
    const options = bashDialect.renderOptions(optionsBetween(this.baseline, job.state));
    let preparation = '\\builtin export';
    for (const [name, value] of Object.entries(job.environment))
      preparation += ` ${name}=${this.#quote(value)}`;
    if (job.cwd !== undefined)
      preparation += `; \\builtin cd -- ${shellQuote(toByteText(job.cwd))} || \\builtin exit 126`;
    const isExecShadowed = job.state.functionNames.some((line) => line.endsWith(' exec'));
    const again = isExecShadowed ? `${bashDialect.renderChange(allFunctions(job.state), job.state)}\n` : '';
    return [
      isExecShadowed ? 'run-shadowed' : 'run',
      String(job.pipes.index),
      preparation,
      toByteText(job.name),
      job.keepState ? 'keep' : '',
      again + options.before,
      options.sameLine + toByteText(job.code.replaceAll('\0', '')),
    ];
  }

  /** What brings the process to `state`. */
  #stateFields(state: ShellState): ByteText[] {
    const before = this.#held;
    this.#held = state;
    return ['state', bashDialect.renderChange(changeBetween(before, state), before)];
  }

  #send(fields: readonly ByteText[]): void {
    this.#shell.control.send(fields.map((field) => `${field}\0`).join(''));
  }

  /** Each byte that the shell has to read costs a system call, so that our own folder is named by a variable. */
  #quote(value: string): ByteText {
    const folder = `${dirname(this.#statePipe.path)}/`;
    return value.startsWith(folder)
      ? `"$__rs_dir"/${shellQuote(toByteText(value.slice(folder.length)))}`
      : shellQuote(toByteText(value));
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

/** Defines all functions of a state again. */
function allFunctions({ functions, functionNames }: ShellState): StateChange {
  return {
    set: [],
    unset: [],
    functions: { text: functions, names: functionNames },
    optionsOn: [],
    optionsOff: [],
  };
}

interface StartedBash {
  readonly process: ChildProcess;
  readonly control: ControlPipe;
  readonly replies: ReplyReader;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly failure: () => string | undefined;
}

function startProcess({ command, cwd, env, pipes }: LiveBashOptions): StartedBash {
  let failure: string | undefined;
  const control = new ControlPipe(pipes.control);
  const replies = new ReplyReader(pipes.replies);
  const process = spawn(command, ['--norc', '--noprofile', '-c', bootstrap, 'bash'], {
    cwd,
    env,
    // A session of its own: no terminal that the tree could take or stop on, and no Ctrl-C from it.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', control.reader, replies.writer],
  });
  // From now on either side learns from its pipes that the other is gone.
  closeSync(control.reader);
  closeSync(replies.writer);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    process.once('exit', (code, signal) => {
      resolve({ code, signal });
      // What it had still said comes first, unless something else holds the pipe.
      setTimeout(() => replies.end(), lastWordsMs).unref();
    });
    process.once('error', (error) => {
      failure = existsSync(cwd)
        ? `\`${command}\` could not be started: ${error.message}`
        : `the working directory \`${cwd}\` does not exist`;
      resolve({ code: null, signal: null });
      replies.end();
    });
  });
  const setup = [
    // `-c` text would be in every dump.
    '\\builtin unset -v BASH_EXECUTION_STRING __rs_in',
    '\\builtin shopt -s expand_aliases',
    `__rs_state=${shellQuote(pipes.state)} __rs_replies=${shellQuote(pipes.replies)}`,
    `__rs_dir=${shellQuote(dirname(pipes.state))}`,
    `__rs_trap=${shellQuote(exitTrap)}; __rs_status=0 __rs_options=$SHELLOPTS __rs_depth=1`,
    `{ ${bashDump}; } 1<>"$__rs_state"`,
    // Only what is forked calls it.
    trapFunction,
    "\\builtin printf 'h\\n' >&4",
    loop,
  ].join('; ');
  control.send(toByteText(`${setup}\0`));
  return { process, control, replies, ended, failure: () => failure };
}

function exitCode(reply: string | undefined): number | undefined {
  if (reply === undefined) return undefined;
  assert(reply.startsWith('d'), `the live shell answered \`${reply}\` where \`d\` was due`);
  return Number(reply.slice(1));
}
