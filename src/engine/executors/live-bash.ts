// Owns one long-lived bash that forks a subshell for each block; knows nothing of outputs, timeouts or runs.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { constants as systemConstants } from 'node:os';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { assert } from '../../basics/assert.ts';
import { bashDialect, bashDump } from './bash-dialect.ts';
import { type ByteText, toByteText } from './byte-text.ts';
import { openReader, readNow } from './output-pipes.ts';
import type { ShellJob, ShellOutcome } from './shell-job.ts';
import { shellQuote } from './shell-quote.ts';
import { changeBetween, type ShellState } from './shell-state.ts';

/**
 * What the shell of a block does when it ends, however it ends: silence its options, write the dump, then run
 * the block's own EXIT trap, which may change the exit code as it does in any shell.
 */
const exitTrap = [
  '{ __rs_status=$? __rs_options=$SHELLOPTS; \\builtin set +exuv; } 2>/dev/null',
  '\\builtin unset -f trap',
  '\\builtin unset -v __rs_in __rs_trap',
  `{ ${bashDump}; } >"$__rs_state" 2>/dev/null`,
  '__rs_again() { \\builtin return "$__rs_status"; }',
  'if [[ ${__rs_exit+set} ]]; then if __rs_again; then \\builtin eval "$__rs_exit"; else __rs_again || \\builtin eval "$__rs_exit"; fi; fi',
  '\\builtin exit "$__rs_status"',
].join('; ');

/**
 * Stands before the builtin in a block, so that the block's own EXIT trap is kept beside ours. Subshells of
 * the block have traps of their own and get the builtin.
 */
const trapFunction = [
  'trap() {',
  'if (( BASH_SUBSHELL > 1 || $# == 0 )) || [[ $1 == -[lpP]* ]]; then',
  // Listing must show the block's EXIT trap and not ours.
  '  if (( BASH_SUBSHELL == 1 )); then',
  '    \\builtin trap -- "${__rs_exit--}" EXIT; \\builtin trap "$@"; \\builtin set -- "$?";',
  '    \\builtin trap -- "$__rs_trap" EXIT; \\builtin return "$1";',
  '  fi;',
  '  \\builtin trap "$@"; \\builtin return; ',
  'fi;',
  'if [[ $1 == -- ]]; then \\builtin shift; fi;',
  'if (( $# == 1 )); then \\builtin set -- - "$1"; fi;',
  '\\builtin local __rs_action="$1" __rs_signal; \\builtin local -a __rs_others; \\builtin shift;',
  'for __rs_signal; do case $__rs_signal in',
  '  0 | EXIT | exit | SIGEXIT) if [[ $__rs_action == - ]]; then \\builtin unset -v __rs_exit; else __rs_exit=$__rs_action; fi ;;',
  '  *) __rs_others+=("$__rs_signal") ;;',
  'esac; done;',
  'if (( ${#__rs_others[@]} )); then \\builtin trap -- "$__rs_action" "${__rs_others[@]}"; fi; ',
  '}',
].join(' ');

/**
 * The loop of the live shell, on one line so that a block's first line is line 1 in its error messages. It
 * reads six fields ended by NUL: slot, change of state, preparation, name, `keep` or nothing, code. The
 * block runs in its own process group, and without the control descriptors. `mapfile` and not `read`, which
 * obeys TMOUT; `\builtin`, because a block may have defined functions and aliases of any name. `wait` also
 * returns for a block that is only stopped, so it is asked until the process is gone; `wait -f`, made for that,
 * sometimes says 127 for a block that has ended (it looks at the job after having freed it, bash 5.2).
 */
const loop = [
  "while \\builtin mapfile -t -n 6 -d '' -u 3 __rs_in && (( ${#__rs_in[@]} == 6 )); do",
  '\\builtin eval "${__rs_in[1]}";',
  '\\builtin set -m;',
  `( \\builtin set +m; BASH_ARGV0=\${__rs_in[3]}; ${trapFunction};`,
  'if [[ ${__rs_in[4]} ]]; then \\builtin trap -- "$__rs_trap" EXIT; fi;',
  '\\builtin eval "${__rs_in[2]}"; \\builtin eval "${__rs_in[5]}" )',
  '3<&- 4>&- >"$__rs_dir/o${__rs_in[0]}" 2>"$__rs_dir/e${__rs_in[0]}" &',
  '\\builtin set +m; \\builtin printf \'p%s\\n\' "$!" >&4;',
  'while \\builtin wait "$!"; __rs_ended=$?; \\builtin kill -0 "$!"; do :; done;',
  '\\builtin printf \'d%s\\n\' "$__rs_ended" >&4;',
  'done',
].join(' ');

const stateBuffer = Buffer.allocUnsafeSlow(256 * 1024);
const firstStatePollMs = 5;
const slowestStatePollMs = 40;
const helloTimeoutMs = 20_000;

export interface LiveBashOptions {
  /** Path or name of bash. */
  readonly command: string;
  /** Named pipe for states; its folder holds the pipes of the blocks. */
  readonly statePipe: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The shell could not be started, or is no bash of at least 4.4. */
export class ShellStartError extends Error {
  override readonly name = 'ShellStartError';
}

export class LiveBash {
  readonly dialect = bashDialect;
  /** The state of a shell in which nothing has been run. */
  readonly baseline: ShellState;
  readonly #process: ChildProcess;
  readonly #control: Duplex;
  readonly #statePipe: string;
  readonly #stateReader: number;
  readonly #stateWriter: number;
  readonly #replies: ReplyReader;
  readonly #ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What the process itself holds at the moment. */
  #held: ShellState;
  #closed = false;
  #lost = false;

  private constructor(start: StartedBash, baseline: ShellState) {
    this.#process = start.process;
    this.#control = start.control;
    this.#statePipe = start.statePipe;
    this.#stateReader = start.stateReader;
    this.#stateWriter = start.stateWriter;
    this.#replies = start.replies;
    this.#ended = start.ended;
    this.baseline = baseline;
    this.#held = baseline;
    start.ended.then(() => {
      this.#lost = true;
    });
  }

  static async start(options: LiveBashOptions): Promise<LiveBash> {
    const start = startProcess(options);
    const hello = await Promise.race([
      start.replies.next('h'),
      start.ended.then(() => undefined),
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), helloTimeoutMs).unref()),
    ]);
    const dump = hello === undefined ? undefined : bashDialect.parseDump(readState(start.stateReader, []));
    if (dump === undefined) {
      start.process.kill('SIGKILL');
      closeSync(start.stateReader);
      closeSync(start.stateWriter);
      throw new ShellStartError(
        start.failure() ?? `\`${options.command}\` does not answer as bash 4.4 or newer does`,
      );
    }
    return new LiveBash(start, dump.state);
  }

  /** False once blocks cannot be run in it any more; then a new one is needed. */
  get alive(): boolean {
    // A block that tidies up may have removed the pipe through which states come.
    return !this.#lost && !this.#closed && existsSync(this.#statePipe);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Runs one block and resolves when its shell has ended. One at a time. */
  async run(job: ShellJob): Promise<ShellOutcome> {
    const before = this.#held;
    const change = changeBetween(before, job.state);
    const options = bashDialect.renderOptions(changeBetween(this.baseline, job.state));
    let preparation = '\\builtin export';
    for (const [name, value] of Object.entries(job.environment))
      preparation += ` ${name}=${this.#quote(value)}`;
    preparation += '; ';
    if (job.cwd !== undefined)
      preparation += `\\builtin cd -- ${shellQuote(toByteText(job.cwd))} || \\builtin exit 126; `;
    this.#held = job.state;
    this.#control.write(
      [
        String(job.pipes.index),
        bashDialect.renderChange(change, before),
        preparation + options.before,
        toByteText(job.name),
        job.keepState ? 'keep' : '',
        options.sameLine + toByteText(job.code.replaceAll('\0', '')),
        '',
      ].join('\0'),
      'latin1',
    );
    const pieces: Buffer[] = [];
    const stopPolling = this.#pollState(pieces);
    const ended = await this.#untilEnd(job);
    stopPolling();
    const dump = job.keepState ? bashDialect.parseDump(readState(this.#stateReader, pieces)) : undefined;
    if (ended.shellLost) return { ...ended, ...(dump === undefined ? {} : { dump }) };
    // Without a dump the shell was killed or replaced; with one, the code is what it ended with.
    const isSignal = dump === undefined && job.keepState && ended.status !== null && ended.status > 128;
    const signal = isSignal ? signalName((ended.status ?? 0) - 128) : undefined;
    return {
      status: signal === undefined ? ended.status : null,
      ...(signal === undefined ? {} : { signal }),
      ...(dump === undefined ? {} : { dump }),
      shellLost: false,
    };
  }

  async #untilEnd(job: ShellJob): Promise<ShellOutcome> {
    const lost = this.#ended.then((end): ShellOutcome => {
      return { status: end.code, ...(end.signal === null ? {} : { signal: end.signal }), shellLost: true };
    });
    const started = await Promise.race([this.#replies.next('p'), lost]);
    if (typeof started !== 'string') return started;
    job.onStarted(Number(started));
    const done = await Promise.race([this.#replies.next('d'), lost]);
    return typeof done === 'string' ? { status: Number(done), shellLost: false } : done;
  }

  /** Each byte that the shell has to read costs a system call, so that our own folder is named by a variable. */
  #quote(value: string): ByteText {
    const folder = `${dirname(this.#statePipe)}/`;
    return value.startsWith(folder)
      ? `"$__rs_dir"/${shellQuote(toByteText(value.slice(folder.length)))}`
      : shellQuote(toByteText(value));
  }

  /** A state larger than the pipe is taken while the block writes it, or it would wait for ever. */
  #pollState(pieces: Buffer[]): () => void {
    let delay = firstStatePollMs;
    let timer: NodeJS.Timeout;
    const poll = (): void => {
      const outcome = readNow(this.#stateReader, stateBuffer);
      if (typeof outcome === 'number') {
        pieces.push(Buffer.from(stateBuffer.subarray(0, outcome)));
        delay = 0;
      } else delay = Math.min(Math.max(delay * 2, firstStatePollMs), slowestStatePollMs);
      timer = setTimeout(poll, delay);
    };
    timer = setTimeout(poll, delay);
    return () => clearTimeout(timer);
  }

  /** Lets the shell end; it does so by itself when its control pipe closes. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#control.end();
    this.#control.destroy();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 1000);
    await this.#ended;
    clearTimeout(timer);
    closeSync(this.#stateReader);
    closeSync(this.#stateWriter);
  }
}

interface StartedBash {
  readonly process: ChildProcess;
  readonly control: Duplex;
  readonly replies: ReplyReader;
  readonly statePipe: string;
  readonly stateReader: number;
  readonly stateWriter: number;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly failure: () => string | undefined;
}

function startProcess(options: LiveBashOptions): StartedBash {
  let failure: string | undefined;
  const stateReader = openReader(options.statePipe);
  const stateWriter = openSync(options.statePipe, constants.O_WRONLY);
  const process = spawn(
    options.command,
    [
      '--norc',
      '--noprofile',
      '-c',
      '\\builtin mapfile -t -n 1 -d \'\' -u 3 __rs_in; \\builtin eval "${__rs_in[0]}"',
      'bash',
    ],
    {
      cwd: options.cwd,
      env: options.env,
      // A session of its own: no terminal that the tree could take or stop on, and no Ctrl-C from it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    process.once('exit', (code, signal) => resolve({ code, signal }));
    process.once('error', (error) => {
      failure = existsSync(options.cwd)
        ? `\`${options.command}\` could not be started: ${error.message}`
        : `the working directory \`${options.cwd}\` does not exist`;
      resolve({ code: null, signal: null });
    });
  });
  const control = process.stdio[3] as Duplex;
  const reply = process.stdio[4] as Duplex;
  assert(control !== null && reply !== null, 'the control pipes of the live shell are missing');
  // Writing to a shell that has just died is noticed by its end, not by the write.
  control.on('error', () => {});
  reply.on('error', () => {});
  const setup = [
    // `-c` text would be in every dump.
    '\\builtin unset -v BASH_EXECUTION_STRING __rs_in',
    '\\builtin shopt -s expand_aliases',
    `__rs_state=${shellQuote(options.statePipe)}; __rs_dir=${shellQuote(dirname(options.statePipe))}`,
    `__rs_trap=${shellQuote(exitTrap)}; __rs_status=0 __rs_options=$SHELLOPTS`,
    `{ ${bashDump}; } >"$__rs_state"`,
    "\\builtin printf 'h\\n' >&4",
    loop,
  ].join('; ');
  control.write(toByteText(`${setup}\0`), 'latin1');
  return {
    process,
    control,
    replies: new ReplyReader(reply),
    statePipe: options.statePipe,
    stateReader,
    stateWriter,
    ended,
    failure: () => failure,
  };
}

/** Reads what is in the state pipe, after the pieces that were read before; sections end with NUL. */
function readState(descriptor: number, pieces: Buffer[]): ByteText[] {
  let text = Buffer.concat(pieces).toString('latin1');
  while (!text.endsWith('\0ok\0')) {
    const outcome = readNow(descriptor, stateBuffer);
    if (typeof outcome !== 'number') break;
    text += stateBuffer.toString('latin1', 0, outcome);
  }
  return text.split('\0');
}

export function signalName(number: number): NodeJS.Signals | undefined {
  for (const [name, value] of Object.entries(systemConstants.signals))
    if (value === number) return name as NodeJS.Signals;
  return undefined;
}

/** The shell's answers: lines of a letter and a text, taken one by one. */
class ReplyReader {
  #rest = '';
  readonly #ready: string[] = [];
  #waiting: ((line: string) => void) | undefined;

  constructor(reply: Duplex) {
    reply.on('data', (bytes: Buffer) => {
      const lines = (this.#rest + bytes.toString('latin1')).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        if (waiting === undefined) this.#ready.push(line);
        else waiting(line);
      }
    });
  }

  async next(letter: string): Promise<string> {
    const line = this.#ready.shift() ?? (await new Promise<string>((resolve) => (this.#waiting = resolve)));
    assert(line.startsWith(letter), `the live shell answered \`${line}\` where \`${letter}\` was due`);
    return line.slice(1);
  }
}
