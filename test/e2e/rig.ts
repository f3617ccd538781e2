// Owns a temporary folder in which the built tool runs as a real process.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { waitMs } from '../budgets.ts';
import { type Account, isReachable } from './accounts.ts';
import { processesWith, signal } from './processes-with.ts';
import { RigTerminal } from './rig-terminal.ts';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));
export const tool = join(repositoryRoot, 'dist', 'runsheet.js');

/** A process that has not ended after this long is killed, and the test fails with what it had printed. */
const deadlineMs = waitMs.process;

export interface RunOptions {
  /** Added to the rig's clean environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; empty when absent. */
  readonly input?: string;
  /** Folder inside the rig to run in; its root when absent. */
  readonly cwd?: string;
  /** The account to run as, in a rig that is shared; that of the tests when absent. */
  readonly as?: Account;
  /** What is taken from the rights of new files, as a shell writes it: `007`. */
  readonly umask?: string;
}

/** A process that has ended, with all it printed. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that still runs. */
export interface Running {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as what was printed so far, on both streams, matches. */
  waitFor(pattern: RegExp | string): Promise<void>;
  /** All that it has printed so far, standard error behind standard output. */
  said(): string;
  readonly ended: Promise<Ended>;
}

/**
 * One folder, one state folder, one clean environment. It removes itself when the test is over, and ends what
 * the test left running.
 */
export class Rig {
  readonly #base: string;
  readonly #left = new Set<ChildProcess>();
  readonly #terminals = new Set<RigTerminal>();
  #tool = tool;

  private constructor(base: string) {
    this.#base = base;
  }

  static async create(): Promise<Rig> {
    await access(tool, constants.X_OK).catch(() => {
      throw new Error('dist/runsheet.js is missing: run `npm run build` first');
    });
    const rig = new Rig(await realpath(await mkdtemp(join(tmpdir(), 'runsheet-e2e-'))));
    await Promise.all(['work', 'home', 'tmp', 'state'].map((name) => mkdir(join(rig.#base, name))));
    onTestFinished(() => rig.remove());
    return rig;
  }

  /**
   * Lets the accounts of a group come to everything here: the state folder is theirs together, as `chmod 2770` makes
   * it, and so is the folder that the tool runs in.
   */
  async share({ gid }: Account): Promise<this> {
    await chmod(this.#base, 0o755);
    await Promise.all(['home', 'tmp'].map((name) => chmod(join(this.#base, name), 0o1777)));
    for (const [name, mode] of [
      ['state', 0o2770],
      ['work', 0o2775],
    ] as const) {
      await chown(join(this.#base, name), 0, gid);
      await chmod(join(this.#base, name), mode);
    }
    if (isReachable(tool)) return this;
    await cp(dirname(tool), join(this.#base, 'dist'), { recursive: true });
    this.#tool = join(this.#base, 'dist', basename(tool));
    return this;
  }

  /** Absolute path of a file in the folder the tool runs in. */
  path(...parts: string[]): string {
    return join(this.#base, 'work', ...parts);
  }

  /** Where the tool keeps its runs. */
  get stateFolder(): string {
    return join(this.#base, 'state');
  }

  /** What blocks see as the folder for temporary files. */
  get temporaryFolder(): string {
    return join(this.#base, 'tmp');
  }

  async file(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
    return this.path(name);
  }

  /** Copies a file of the repository into the folder, under its last name unless another is given. */
  async copy(fromRepository: string, name = fromRepository.slice(fromRepository.lastIndexOf('/') + 1)) {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await copyFile(join(repositoryRoot, fromRepository), this.path(name));
    return this.path(name);
  }

  /** Runs the tool to its end, without a terminal. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /** Starts the tool without a terminal and gives it back while it runs. */
  start(args: readonly string[], options: RunOptions = {}): Running {
    const { umask } = options;
    if (umask === undefined) return this.#spawn(process.execPath, [this.#tool, ...args], options);
    const asked = ['-c', `umask ${umask}; exec "$0" "$@"`, process.execPath, this.#tool, ...args];
    return this.#spawn('sh', asked, options);
  }

  /** Runs another program in the rig's folder and environment, for looking at what a run did. */
  async exec(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.#spawn(program, args, options).ended;
  }

  /** Starts the tool, or another program for Node, on a terminal of its own. */
  terminal(
    args: readonly string[],
    {
      cols = 80,
      rows = 24,
      program = tool,
      ...options
    }: RunOptions & { cols?: number; rows?: number; program?: string } = {},
  ): RigTerminal {
    const terminal = new RigTerminal({
      file: process.execPath,
      args: [program === tool ? this.#tool : program, ...args],
      cwd: this.path(options.cwd ?? ''),
      env: this.#environment({ TERM: 'xterm-256color', COLORTERM: 'truecolor', ...options.env }),
      cols,
      rows,
      ...(options.as && { as: options.as }),
    });
    this.#terminals.add(terminal);
    return terminal;
  }

  /** Starts an interactive shell on a terminal of its own, with job control; bash that edits no lines unless named. */
  shell(
    prompt: string,
    {
      cols = 80,
      rows = 24,
      command = ['bash', '--norc', '--noprofile', '--noediting', '-i'],
      ...options
    }: RunOptions & { cols?: number; rows?: number; command?: readonly [string, ...string[]] } = {},
  ) {
    const [file, ...args] = command;
    const terminal = new RigTerminal({
      file,
      args,
      cwd: this.path(),
      env: { ...this.#environment(options.env), TERM: 'xterm-256color', PS1: prompt },
      cols,
      rows,
    });
    this.#terminals.add(terminal);
    return terminal;
  }

  #environment(more: RunOptions['env'] = {}): Record<string, string> {
    const environment: Record<string, string | undefined> = {
      // Servers live in sbin, which is not on everybody's path.
      PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`,
      HOME: join(this.#base, 'home'),
      TMPDIR: this.temporaryFolder,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      USER: 'ada',
      LOGNAME: 'ada',
      RUNSHEET_STATE: this.stateFolder,
      ...more,
    };
    return Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  }

  #spawn(program: string, args: readonly string[], options: RunOptions): Running {
    const child = spawn(program, args, {
      cwd: this.path(options.cwd ?? ''),
      env: this.#environment(options.env),
      stdio: 'pipe',
      ...(options.as && { uid: options.as.uid, gid: options.as.gid }),
      // A process group of its own, so that whatever it started can be ended with it.
      detached: true,
    });
    this.#left.add(child);
    const printed = { stdout: '', stderr: '' };
    let heard: () => void = () => {};
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
        heard();
      });
    }
    child.stdin.on('error', () => {}).end(options.input ?? '');

    const ended = new Promise<Ended>((resolve, reject) => {
      const deadline = setTimeout(() => {
        endGroup(child);
        reject(new Error(`still running after ${deadlineMs / 1000} s: ${args.join(' ')}\n${shown(printed)}`));
      }, deadlineMs);
      child.on('error', (error) => {
        clearTimeout(deadline);
        reject(error);
      });
      child.on('close', (exitCode, signal) => {
        clearTimeout(deadline);
        this.#left.delete(child);
        resolve({ exitCode, signal, ...printed });
      });
    });
    // A test may wait for a pattern only, and never for the end.
    ended.catch(() => {});

    return {
      pid: child.pid ?? 0,
      kill: (signal) => child.kill(signal),
      ended,
      said: () => printed.stdout + printed.stderr,
      waitFor: async (pattern) => {
        const matches = () => matched(printed.stdout, pattern) || matched(printed.stderr, pattern);
        const more = new Promise<void>((resolve) => {
          heard = () => matches() && resolve();
          heard();
        });
        await Promise.race([more, ended]);
        if (!matches()) throw new Error(`ended without ${pattern}\n${shown(printed)}`);
      },
    };
  }

  /** Ends what is left running and removes everything; it happens by itself when the test is over. */
  async remove(): Promise<void> {
    for (const child of this.#left) endGroup(child);
    for (const terminal of this.#terminals) terminal.kill('SIGKILL');
    // Runs that a server has started outlive it; what their blocks wait for would never come.
    for (const pid of processesWith((words) => words.includes(this.stateFolder))) signal(pid, 'SIGKILL');
    await rm(this.#base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Fails, with all that was printed, unless the process ended with this exit code. */
export function expectExit(ended: Ended, exitCode: number): void {
  if (ended.exitCode === exitCode) return;
  throw new Error(`ended with ${ended.signal ?? ended.exitCode}, not with ${exitCode}\n${shown(ended)}`);
}

/** The options that give a run its inputs. */
export function inputs(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

/** Whether the text holds the string, or matches the expression. */
export function matched(text: string, pattern: RegExp | string): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) signal(-pid, 'SIGKILL');
}

function shown(printed: { stdout: string; stderr: string }): string {
  return `--- stdout\n${printed.stdout}\n--- stderr\n${printed.stderr}`;
}
