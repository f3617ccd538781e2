// Owns a shell that the operator works in: how it starts in a run's state, and what it has changed when they leave.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect, ShellDump } from '../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { applyChange, changeBetween, type ShellState } from '../../languages/shell/shell-state.ts';
import type { ShellRequest } from '../../run/executor.ts';
import { type HeldTerminal, readScript, runOnTerminal } from '../processes/run-on-terminal.ts';
import { keepExitTrap } from './fresh-bash-dialect.ts';
import type { FreshShellOptions } from './fresh-shell-options.ts';
import { StatePipe } from './state-pipe.ts';

export interface OperatorShellJob {
  /** The state of a shell in which nothing has been run. */
  readonly baseline: ShellState;
  /** The state that the shell starts from. */
  readonly state: ShellState;
  /** Exported for this shell only. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute; the state's own when absent. */
  readonly cwd?: string;
  readonly terminal: Pick<ShellRequest, 'columns' | 'rows' | 'attach'> & {
    /** What the shell shows, secrets as they are. */
    readonly onBytes: (bytes: Uint8Array) => void;
    /** Given the terminal where what was started in the shell still holds it. */
    readonly onHeld: (terminal: HeldTerminal) => void;
  };
  readonly onStarted: (pid: number) => void;
}

export interface OperatorShellEnd {
  /** False when it never became a shell that could be worked in. */
  readonly opened: boolean;
  /** The state it was left in; absent when it was killed or replaced. */
  readonly dump?: ShellDump;
}

/** How one kind of shell is made interactive without anybody's start-up files but ours. */
interface InteractiveStart {
  /** The start-up file's name in a folder of its own. */
  readonly file: string;
  readonly arguments: (path: string) => readonly string[];
  /** The variable that leads the shell to the file, and its value. */
  readonly variable?: { readonly name: string; readonly value: (path: string) => string };
  /** The prompt, and no history: what is typed here is nobody's to keep. */
  readonly prepare: ByteText;
  /** What lets the first dump be written whatever options are on, and tells of them as they are. */
  readonly beforeDump: ByteText;
}

const starts: Readonly<Record<FreshDialect['name'], InteractiveStart>> = {
  bash: {
    file: 'start',
    arguments: (path) => ['--noprofile', '--rcfile', path, '-i'],
    // Bash gives the sizes their values only after this file; they would look as if they had been set in the shell.
    prepare: [
      String.raw`\builtin unset -v HISTFILE; PS1='runsheet \w \$ '`,
      ': "${HISTSIZE=500}" "${HISTFILESIZE=500}"',
      `__rs_at_prompt=${shellQuote(keepExitTrap)} PROMPT_COMMAND='\\builtin eval "$__rs_at_prompt"'`,
    ].join('\n'),
    beforeDump: '__rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS; \\builtin set +u',
  },
  zsh: {
    file: '.zshrc',
    arguments: () => ['-d', '-i'],
    variable: { name: 'ZDOTDIR', value: dirname },
    prepare: "unset HISTFILE; PS1='runsheet %~ %# '",
    beforeDump: '__rs_on=${(kv)options}; \\builtin set +u',
  },
  dash: {
    file: 'start',
    arguments: () => ['-i'],
    variable: { name: 'ENV', value: (path) => path },
    prepare: "PS1='runsheet $ '",
    beforeDump: ':',
  },
};

/**
 * Options that blocks may have set and that would end an interactive shell at the first typing error, or show our own
 * commands. The shell does without them; what follows it has them as before.
 */
const unfit: ReadonlySet<string> = new Set(['errexit', 'noexec', 'xtrace', 'verbose', 'monitor']);

/**
 * Runs the shell until the operator leaves it. A shell that people work in has variables and options of its own, so
 * that what counts as changed is the difference between its first prompt and its end.
 */
export async function runOperatorShell(
  { command, env, cwd, scriptPipe }: FreshShellOptions,
  dialect: FreshDialect,
  job: OperatorShellJob,
): Promise<OperatorShellEnd> {
  const [first, last] = [new StatePipe(await scriptPipe()), new StatePipe(await scriptPipe())];
  const pipe = await scriptPipe();
  const folder = mkdtempSync(join(dirname(pipe), 'shell-'));
  try {
    const start = starts[dialect.name];
    const path = join(folder, start.file);
    const script = startScript(dialect, job, { first: first.path, last: last.path });
    // The values of the run come through the pipe: they may be secrets, which have no place in a file.
    writeFileSync(path, readScript(shellQuote(pipe), Buffer.byteLength(`${script}\n`, 'latin1')), {
      mode: 0o600,
    });
    first.expect();
    last.expect();
    const { columns, rows, attach, onBytes, onHeld } = job.terminal;
    await runOnTerminal({
      command,
      arguments: () => start.arguments(path),
      script,
      scriptPipe: pipe,
      env: { ...env, ...(start.variable && { [start.variable.name]: start.variable.value(path) }) },
      cwd,
      size: { columns, rows },
      attach,
      onBytes,
      onHeld,
      onStarted: job.onStarted,
    });
    const before = dialect.parseDump(first.take());
    const after = dialect.parseDump(last.take());
    if (before === undefined) return { opened: false };
    if (after === undefined) return { opened: true };
    const state = applyChange(job.state, changeBetween(before.state, after.state));
    return { opened: true, dump: { ...after, state } };
  } finally {
    first.close();
    last.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startScript(
  dialect: FreshDialect,
  { baseline, state, environment, cwd }: OperatorShellJob,
  pipes: { readonly first: string; readonly last: string },
): ByteText {
  const change = changeBetween(baseline, state);
  const fits = (option: string): boolean => !unfit.has(option.slice(option.indexOf(':') + 1));
  const options = dialect.renderOptions({ ...change, optionsOn: change.optionsOn.filter(fits) });
  const own = Object.entries(environment).map(
    ([name, value]) => `export ${name}=${shellQuote(toByteText(value))}`,
  );
  const { prepare, beforeDump, variable } = starts[dialect.name];
  const names = (path: string): ByteText => `__rs_state=${shellQuote(toByteText(path))}`;
  return [
    ...(variable === undefined ? [] : [`unset ${variable.name}`]),
    dialect.begin,
    dialect.renderChange(change, baseline),
    ...own,
    ...(cwd === undefined ? [] : [`cd -- ${shellQuote(toByteText(cwd))}`]),
    prepare,
    options.before,
    // In a shell of its own, for it changes options.
    `( ${names(pipes.first)} __rs_status=0; ${beforeDump}\n${dialect.dump} )`,
    `${names(pipes.last)} __rs_dump=${shellQuote(dialect.dump)}`,
    dialect.atExit,
  ].join('\n');
}
