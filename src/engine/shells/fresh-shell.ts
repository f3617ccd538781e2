// Owns shells that are started anew for each block, with the state of the one before.

import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { folderWord, shellQuote } from '../../languages/shell/shell-quote.ts';
import { changeBetween, type ShellState, type StateChange } from '../../languages/shell/shell-state.ts';
import {
  leaveTerminal,
  readScript,
  runOnTerminal,
  type ScriptEnd,
  terminalVariables,
} from '../processes/run-on-terminal.ts';
import { type StartFailure, startProcess } from '../processes/start-process.ts';
import { readBashBlock } from './bash/read-bash-end.ts';
import { renderBashScript } from './bash/render-bash-script.ts';
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
    const script = renderFreshScript(dialect, {
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
      ...readBlockEnd(dialect, sections, job),
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

/** What the dump of a block says of its end; nothing where there is none, or where nobody wants it. */
export function readBlockEnd(
  dialect: FreshDialect,
  sections: readonly ByteText[],
  block: Pick<FreshScript, 'code' | 'strict' | 'state' | 'keepState'>,
): Pick<ShellOutcome, 'dump' | 'failedAt'> {
  const { code, strict, state } = block;
  if (dialect.name === 'bash') return readBashBlock(sections, block);
  const read = dialect.parseDump(sections);
  if (read === undefined) return {};
  const dump = dialect.afterBlock?.(read, { ...block, path: '', authors: '', options: noOptions }) ?? read;
  const more = new Map(dump.state.more);
  for (const kind of dump.untold ?? []) {
    const text = state.more.get(kind);
    if (text !== undefined) more.set(kind, text);
  }
  const options = new Set(dump.state.options);
  // Where the shell's plain way was for this block only, what it left off says nothing.
  if (!strict) {
    const own = dialect.strictOptions.filter((option) => options.has(option));
    if (own.length > 0) more.set(chosenOptions, own.join(' '));
    for (const option of dialect.strictOptions) if (state.options.has(option)) options.add(option);
  } else {
    const chosen = state.more.get(chosenOptions);
    if (chosen !== undefined) more.set(chosenOptions, chosen);
  }
  const { failedLine } = dump;
  const command = failedLine === undefined ? undefined : code.split('\n')[failedLine - 1]?.trim();
  return {
    ...(block.keepState && { dump: { ...dump, state: { ...dump.state, more, options } } }),
    ...(strict && failedLine !== undefined && command && { failedAt: { line: failedLine, command } }),
  };
}

const noOptions = { before: '', sameLine: '' };
/** Under what those of the strict options stand that the author switched on where the tool did not. */
const chosenOptions = 'chosen-options';

/** The options that a block starts with. */
function optionsAtStart(
  { strictOptions }: FreshDialect,
  { strict, state }: FreshScript,
): ReadonlySet<string> {
  if (strict) return state.options;
  const chosen = (state.more.get(chosenOptions) ?? '').split(' ');
  return new Set([...state.options].filter((name) => !strictOptions.includes(name) || chosen.includes(name)));
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
  /** The path of the file that holds the code, as one shell word. */
  readonly file: ByteText;
  readonly strict: boolean;
  readonly keepState: boolean;
  /** Lets go of what the script came through. */
  readonly begin: ByteText;
  /** Sets `__rs_state` and `__rs_dir`. */
  readonly names: ByteText;
  /** Shell text that stands before what the author's functions and aliases could change. */
  readonly beforeCode: readonly ByteText[];
}

/** The script that brings a new shell to a state, runs the block in it and tells the state it leaves. */
export function renderFreshScript(dialect: FreshDialect, script: FreshScript): ByteText {
  if (dialect.name === 'bash') return renderBashScript(script, dialect.begin);
  const options = optionsAtStart(dialect, script);
  const { functions, aliases, more, ...rest } = changeBetween(script.from, { ...script.state, options });
  const none: StateChange = { set: [], unset: [], optionsOn: [], optionsOff: [] };
  const traps = more?.filter(([kind]) => kind.endsWith('trap') || kind === 'traps');
  const authors: StateChange = {
    ...none,
    ...(functions !== undefined && { functions }),
    ...(aliases !== undefined && { aliases }),
    // A condition has none of them to run.
    ...(traps !== undefined && script.keepState && { more: traps }),
  };
  const own = Object.entries(script.environment).map(
    ([name, value]) => `export ${name}=${shellQuote(toByteText(value))}`,
  );
  return [
    script.begin,
    dialect.begin,
    script.names,
    dialect.renderChange(
      { ...rest, ...(more !== undefined && { more: more.filter((entry) => !traps?.includes(entry)) }) },
      script.from,
    ),
    ...own,
    ...(script.cwd === undefined ? [] : [`cd -- ${folderWord(script.cwd)} || exit 126`]),
    ...script.beforeCode,
    ...(script.keepState ? [] : ['__rs_state=/dev/null']),
    dialect.runFile({
      authors: dialect.renderChange(authors, script.from),
      path: script.file,
      code: script.code,
      options: dialect.renderOptions(rest),
      strict: script.strict,
      state: script.state,
    }),
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
