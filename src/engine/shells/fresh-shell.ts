// Owns shells that are started anew for each block, with the state of the one before.

import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import {
  leaveTerminal,
  readScript,
  runOnTerminal,
  type ScriptEnd,
  terminalVariables,
} from '../processes/run-on-terminal.ts';
import { type StartFailure, startProcess } from '../processes/start-process.ts';
import type { FreshShellOptions } from './fresh-shell-options.ts';
import { type OperatorShellEnd, type OperatorShellJob, runOperatorShell } from './run-operator-shell.ts';
import type { ShellJob, ShellOutcome } from './shell-job.ts';
import { ShellStartError } from './shell-start-error.ts';
import type { StatePipe } from './state-pipe.ts';

/** The script comes through descriptor 3: it may hold secrets, which have no place in arguments. */
const bootstrap = 'eval "$(command -p cat <&3)"';
export const closeScript = 'exec 3<&-';

export class FreshShell {
  readonly dialect: FreshDialect;
  /** The state in which a run's blocks begin. */
  readonly baseline: ShellState;
  /** The state of a shell in which nothing was run. */
  readonly #bare: ShellState;
  readonly #options: FreshShellOptions;

  private constructor(options: FreshShellOptions, dialect: FreshDialect, bare: ShellState) {
    this.#options = options;
    this.dialect = dialect;
    this.#bare = bare;
    this.baseline = strictBaseline(dialect, bare);
  }

  static async start(options: FreshShellOptions, dialect: FreshDialect): Promise<FreshShell> {
    const { statePipe, command } = options;
    const script = [closeScript, dialect.begin, names(statePipe), '__rs_status=0', dialect.dump].join('\n');
    statePipe.expect();
    const ended = await runScript(options, dialect, script, { name: command, stdio: 'ignore' });
    const dump = dialect.parseDump(statePipe.take());
    if (dump !== undefined) return new FreshShell(options, dialect, dump.state);
    statePipe.close();
    throw new ShellStartError(ended.failure ?? `\`${command}\` does not answer as ${dialect.name} does`);
  }

  get alive(): boolean {
    return this.#options.statePipe.exists;
  }

  async run(job: ShellJob): Promise<ShellOutcome | StartFailure> {
    const { statePipe } = this.#options;
    const { dialect } = this;
    const { terminal } = job;
    const script = dialect.renderScript({
      ...job,
      from: this.#bare,
      file: shellQuote(toByteText(job.file)),
      begin: terminal?.request.type === 'own' ? 'set --' : closeScript,
      names: names(statePipe),
      beforeCode: [
        ...(terminal?.separateStdout ? [`exec >"$__rs_dir/o${job.pipes.index}"`] : []),
        ...(terminal?.request.type === 'own' ? [`__rs_leave=${shellQuote(leaveTerminal)}`] : []),
      ],
    });
    await job.beforeCode();
    statePipe.expect();
    const scriptPipe = terminal?.request.type === 'own' ? await this.#options.scriptPipe() : '';
    const ended =
      terminal?.request.type === 'own'
        ? await runOnTerminal({
            command: this.#options.command,
            arguments: (bytes) => [
              ...dialect.plainArguments,
              ...['-c', readScript('"$1"', '"$2"'), job.file, scriptPipe, String(bytes)],
            ],
            script,
            scriptPipe,
            env: { ...this.#options.env, ...terminalVariables(terminal.request) },
            cwd: this.#options.cwd,
            size: terminal.request,
            attach: terminal.request.attach,
            onBytes: terminal.onBytes,
            onHeld: terminal.onHeld,
            onStarted: job.onStarted,
          })
        : await runScript(this.#options, dialect, script, {
            name: job.file,
            stdio: terminal === undefined ? job.pipes.writers : 'inherit',
            onStarted: job.onStarted,
          });
    const sections = statePipe.take();
    if (ended.failure !== undefined) return { startFailure: ended.failure };
    return {
      status: ended.code,
      ...(ended.signal === null ? {} : { signal: ended.signal }),
      ...dialect.readEnd(sections, job),
      shellLost: false,
    };
  }

  /** A shell for the operator, in the state that a block would start from. */
  openForOperator(job: Omit<OperatorShellJob, 'baseline'>): Promise<OperatorShellEnd> {
    return runOperatorShell(this.#options, this.dialect, { ...job, baseline: this.#bare });
  }

  async close(): Promise<void> {
    this.#options.statePipe.close();
  }
}

/** What is known at the start of every block: a strict block's options are on, until the author switches them off. */
export function strictBaseline({ strictOptions }: FreshDialect, bare: ShellState): ShellState {
  return { ...bare, options: new Set([...bare.options, ...strictOptions]) };
}

function names({ path }: StatePipe): ByteText {
  return `__rs_state=${shellQuote(toByteText(path))} __rs_dir=${shellQuote(toByteText(dirname(path)))}`;
}

function runScript(
  { command, env, cwd }: FreshShellOptions,
  { plainArguments }: FreshDialect,
  script: ByteText,
  how: {
    readonly name: string;
    /** `inherit` hands over the tool's own terminal. */
    readonly stdio: 'ignore' | 'inherit' | readonly [number, number];
    readonly onStarted?: (pid: number) => void;
  },
): Promise<ScriptEnd> {
  const [stdout, stderr] = typeof how.stdio === 'string' ? [how.stdio, how.stdio] : how.stdio;
  const child = startProcess(command, [...plainArguments, '-c', bootstrap, how.name], {
    cwd,
    env,
    // On the operator's terminal a process in a session of its own could not read a key.
    detached: how.stdio !== 'inherit',
    stdio: [how.stdio === 'inherit' ? 'inherit' : 'ignore', stdout, stderr, 'pipe'],
  });
  if (child instanceof Promise) return child.then((failure) => ({ code: null, signal: null, failure }));
  const input = child.stdio[3] as Duplex;
  // A shell that ends before it has read everything is noticed by its end.
  input.on('error', () => {});
  // First whoever is to end the block learns of it: the tool may be killed at any moment.
  if (child.pid !== undefined) how.onStarted?.(child.pid);
  input.end(`${script}\n`, 'latin1');
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
