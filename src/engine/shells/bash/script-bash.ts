// Owns bash that runs a block as the script it is: started anew, with the block's file as its program.
import { appendFileSync, closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type ByteText, toByteText } from '../../../languages/shell/byte-text.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import type { ShellState } from '../../../languages/shell/shell-state.ts';
import {
  leaveTerminal,
  readScript,
  runOnTerminal,
  type ScriptEnd,
  terminalVariables,
} from '../../processes/run-on-terminal.ts';
import { type StartFailure, startProcess } from '../../processes/start-process.ts';
import type { FreshShellOptions } from '../fresh-shell-options.ts';
import type { JobTerminal, ShellJob, ShellOutcome } from '../shell-job.ts';
import { canBeFollowed, maySetTraps, wantsWrapper } from './bash-code.ts';
import { type BashHooks, writeBashHooks } from './bash-hooks.ts';
import { renderBashStart } from './bash-start.ts';
import type { FunctionOrigins } from './function-origins.ts';
import { afterOwnTrap, readBashEnd, withoutOurs } from './read-bash-end.ts';

const plainArguments = ['--norc', '--noprofile'];

export interface ScriptBashOptions extends FreshShellOptions {
  /** The state of a shell in which nothing has been run, as it is. */
  readonly bare: ShellState;
  readonly origins: FunctionOrigins;
  /** False where no block comes after: an EXIT trap then runs when the block ends. */
  readonly isFollowed: boolean;
}

export class ScriptBash {
  readonly #options: ScriptBashOptions;
  readonly #folder: string;
  readonly #hooks: BashHooks;
  #starts = 0;
  #isClosed = false;

  constructor(options: ScriptBashOptions) {
    this.#options = options;
    this.#folder = dirname(options.statePipe.path);
    this.#hooks = writeBashHooks(options.statePipe.path, 0);
  }

  /** False when a block has removed the pipe through which states come. */
  get alive(): boolean {
    return this.#options.statePipe.exists;
  }

  async run(job: ShellJob): Promise<ShellOutcome | StartFailure> {
    const { statePipe, isFollowed } = this.#options;
    const isDeferred = job.keepState && isFollowed && maySetTraps(job) && canBeFollowed(job.code);
    const program = wantsWrapper(job) ? this.#wrap(job) : job.file;
    if (isDeferred && program === job.file) appendFileSync(job.file, `\n! ${this.#hooks.end}\n`, 'latin1');
    const script = this.#renderStart(job);
    await job.beforeCode();
    statePipe.expect();
    const ended = await this.#start({ ...job, file: program }, script);
    if (ended.failure !== undefined) return { startFailure: ended.failure };
    const { dump = afterOwnTrap(job), failedAt } = readBashEnd(statePipe.take());
    return {
      status: ended.code,
      ...(ended.signal !== null && { signal: ended.signal }),
      ...(failedAt !== undefined && ended.code !== 0 && { failedAt }),
      ...(dump !== undefined && { dump: withoutOurs(dump, job, ended.code) }),
      shellLost: false,
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.statePipe.close();
  }

  /** A program that was read before the block can have what is read shown. */
  #wrap({ file, keepState, state }: ShellJob): string {
    const path = this.#startPath();
    const name = shellQuote(toByteText(file));
    const debug = state.options.has('shopt:extdebug') ? '\\builtin shopt -s extdebug; ' : '';
    const after = keepState && this.#options.isFollowed ? `; ! ${this.#hooks.end}` : '';
    writeFileSync(path, `{ ${debug}BASH_ARGV0=${name}; \\builtin . ${name}${after}; }\n`, {
      encoding: 'latin1',
      mode: 0o600,
    });
    return path;
  }

  #renderStart(job: ShellJob): ByteText {
    const isOwnTerminal = job.terminal?.request.type === 'own';
    const folder = shellQuote(toByteText(this.#folder));
    return renderBashStart({
      from: this.#options.bare,
      job,
      hooks: this.#hooks,
      unneeded: ['__rs_dir'],
      textsFor: (functions) => this.#options.origins.textsFor(functions),
      begin: [
        '\\builtin unset -v BASH_ENV',
        // The tool says when: it may be killed at any moment.
        ...(isOwnTerminal
          ? []
          : ['\\builtin read -r -u 4 || \\builtin exit', '\\exec 3<&- 4<&-', '\\builtin unset -v REPLY']),
        '\\builtin shopt -s expand_aliases',
        `__rs_dir=${folder}`,
        ...(job.terminal?.separateStdout ? [`\\exec >${folder}/o${job.pipes.index}`] : []),
        ...(isOwnTerminal ? [`__rs_leave=${shellQuote(leaveTerminal)}`] : []),
      ],
    });
  }

  #start(job: ShellJob, script: ByteText): Promise<ScriptEnd> {
    const { terminal } = job;
    if (terminal?.request.type === 'own') return this.#startOnTerminal(job, terminal, script);
    return this.#startOnPipes(job, script);
  }

  /** The values of the run may be secrets: they come in a file that has lost its name before anything reads it. */
  async #startOnPipes({ file, pipes, terminal, onStarted }: ShellJob, script: ByteText): Promise<ScriptEnd> {
    const { command, env, cwd } = this.#options;
    const path = this.#startPath();
    writeFileSync(path, `${script}\n`, { encoding: 'latin1', mode: 0o600 });
    const descriptor = openSync(path, 'r');
    rmSync(path);
    const isOperators = terminal !== undefined;
    const [stdout, stderr] = isOperators ? (['inherit', 'inherit'] as const) : pipes.writers;
    const child = startProcess(command, [...plainArguments, file], {
      cwd,
      env: { ...env, BASH_ENV: '/dev/fd/3' },
      // On the operator's terminal a process in a session of its own could not read a key.
      detached: !isOperators,
      stdio: [isOperators ? 'inherit' : 'ignore', stdout, stderr, descriptor, 'pipe'],
    });
    closeSync(descriptor);
    if (child instanceof Promise) return { code: null, signal: null, failure: await child };
    const go = child.stdio[4] as Duplex;
    // A shell that could not be started is noticed by its end.
    go.on('error', () => {});
    // First whoever is to end the block learns of it: the tool may be killed at any moment.
    if (child.pid !== undefined) onStarted(child.pid);
    go.end('\n');
    return new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  async #startOnTerminal(
    { file, onStarted }: ShellJob,
    { request, onBytes, onHeld }: JobTerminal,
    script: ByteText,
  ): Promise<ScriptEnd> {
    if (request.type !== 'own') throw new TypeError('the operator has that terminal');
    const { command, env, cwd, scriptPipe } = this.#options;
    const pipe = await scriptPipe();
    const path = this.#startPath();
    try {
      return await runOnTerminal({
        command,
        arguments: (bytes) => {
          // Its exit code is the `$?` that the block starts with, and ends nothing; what it has traced begins after it.
          writeFileSync(path, `${readScript(shellQuote(pipe), bytes)} && { :; } 2>/dev/null`, {
            mode: 0o600,
          });
          return [...plainArguments, file];
        },
        script,
        scriptPipe: pipe,
        env: { ...env, ...terminalVariables(request), BASH_ENV: path },
        cwd,
        size: request,
        attach: request.attach,
        onBytes,
        onHeld,
        onStarted,
      });
    } finally {
      rmSync(path, { force: true });
    }
  }

  #startPath(): string {
    this.#starts++;
    return join(this.#folder, `start-${this.#starts}-${process.pid}`);
  }
}
