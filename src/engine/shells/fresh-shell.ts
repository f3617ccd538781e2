// Owns shells that are started anew for each block, with the state of the one before.

import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { folderWord, shellQuote } from '../../languages/shell/shell-quote.ts';
import { changeBetween, type ShellState } from '../../languages/shell/shell-state.ts';
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
  readonly baseline: ShellState;
  readonly #options: FreshShellOptions;

  private constructor(options: FreshShellOptions, dialect: FreshDialect, baseline: ShellState) {
    this.#options = options;
    this.dialect = dialect;
    this.baseline = baseline;
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
    const script = renderFreshScript(dialect, {
      ...job,
      from: this.baseline,
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
              ...['-c', readScript('"$1"', '"$2"'), job.name, scriptPipe, String(bytes)],
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
            name: job.name,
            stdio: terminal === undefined ? job.pipes.writers : 'inherit',
            onStarted: job.onStarted,
          });
    const dump = dialect.parseDump(statePipe.take());
    if (ended.failure !== undefined) return { startFailure: ended.failure };
    return {
      status: ended.code,
      ...(ended.signal === null ? {} : { signal: ended.signal }),
      ...(dump === undefined ? {} : { dump }),
      shellLost: false,
    };
  }

  /** A shell for the operator, in the state that a block would start from. */
  openForOperator(job: Omit<OperatorShellJob, 'baseline'>): Promise<OperatorShellEnd> {
    return runOperatorShell(this.#options, this.dialect, { ...job, baseline: this.baseline });
  }

  async close(): Promise<void> {
    this.#options.statePipe.close();
  }
}

/** What a block's script is made of. */
export interface FreshScript {
  /** What the shell stands in when the script begins. */
  readonly from: ShellState;
  /** What the block starts from. */
  readonly state: ShellState;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly code: string;
  readonly keepState: boolean;
  /** Lets go of what the script came through. */
  readonly begin: ByteText;
  /** Sets `__rs_state` and `__rs_dir`. */
  readonly names: ByteText;
  /** Shell text that stands right before the block's own. */
  readonly beforeCode: readonly ByteText[];
}

/** The script that brings a new shell to a state, runs the block in it and tells the state it leaves. */
export function renderFreshScript(dialect: FreshDialect, script: FreshScript): ByteText {
  const change = changeBetween(script.from, script.state);
  const options = dialect.renderOptions(change);
  const own = Object.entries(script.environment).map(
    ([name, value]) => `export ${name}=${shellQuote(toByteText(value))}`,
  );
  return [
    script.begin,
    dialect.begin,
    script.names,
    dialect.renderChange(change, script.from),
    ...own,
    ...(script.cwd === undefined ? [] : [`cd -- ${folderWord(script.cwd)} || exit 126`]),
    `__rs_code=${shellQuote(options.sameLine + toByteText(script.code))}`,
    ...(script.keepState ? [`__rs_dump=${shellQuote(dialect.dump)}`, dialect.atExit] : []),
    ...script.beforeCode,
    `${options.before} eval "$__rs_code"`,
  ].join('\n');
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
