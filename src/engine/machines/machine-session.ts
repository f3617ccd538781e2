// Owns one session on a machine, from its script to its last word.
import type { ChildProcess } from 'node:child_process';
import type { OutputStream } from '../output/output-stream.ts';
import type { Grace } from '../processes/process-tree.ts';
import { endingSignals, signalOne } from '../processes/process-tree.ts';
import { startProcess } from '../processes/start-process.ts';
import { MarkedStream } from './marked-stream.ts';
import { type RemoteScript, remoteShell, renderRemoteScript } from './remote-script.ts';
import type { MachineWay } from './ways/machine-way.ts';
import { sessionWords } from './ways/session-words.ts';

export type SessionEnd =
  | {
      readonly type: 'ended';
      /** An exit code, or a word that says why there is none. */
      readonly word: string;
      /** What the block has started still runs, and held its output until nobody read it any more. */
      readonly leavesBehind: boolean;
      /** What the block wrote to `$RUNSHEET_OUTPUT`; empty when nothing. */
      readonly output: Buffer;
      /** What its shell told of failures that nothing asks for; empty when nothing. */
      readonly unheard: Buffer;
      /** Dumps of its shell: as it began, and as the block left it; empty when there are none. */
      readonly base: Buffer;
      readonly state: Buffer;
    }
  /** The connection never came up, or went away. */
  | { readonly type: 'lost'; readonly begun: boolean; readonly message: string }
  /** What opens it could not be started. */
  | { readonly type: 'no-ssh'; readonly message: string };

export interface SessionRequest {
  readonly way: MachineWay;
  readonly script: RemoteScript;
  readonly onOutput: (stream: OutputStream, bytes: Uint8Array) => void;
}

/** How long ssh may take to notice that its session is over, once we have all of it. */
const leaveMs = 500;
/** The word, the outputs, what failed unheard, both dumps, and nothing behind the last marker. */
const trailerParts = 6;

/** A session that runs; its end is told once. */
export class MachineSession {
  readonly ended: Promise<SessionEnd>;
  /** Resolves when the host has begun with the script, or the session has ended without. */
  readonly begun: Promise<void>;
  /** Absent where the system refused to start ssh. */
  readonly #child: ChildProcess | undefined;
  readonly #streams: Readonly<Record<OutputStream, MarkedStream>>;
  readonly #settle: (end: SessionEnd) => void;
  #markBegun: () => void = () => {};
  #over = false;
  /** Waits for what may still come of a child that has ended; it keeps the tool alive. */
  #quiet: NodeJS.Timeout | undefined;

  constructor({ way, script, onOutput }: SessionRequest) {
    let settle: (end: SessionEnd) => void = () => {};
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.begun = new Promise((resolve) => {
      this.#markBegun = resolve;
    });
    this.#settle = settle;
    const stream = (name: OutputStream): MarkedStream =>
      new MarkedStream(
        script.nonce,
        (bytes) => onOutput(name, bytes),
        () => this.#look(),
      );
    this.#streams = { stdout: stream('stdout'), stderr: stream('stderr') };
    const { file, args, env, detached } = way.call({ command: remoteShell, terminal: false });
    const child = startProcess(file, args, {
      env,
      detached,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (child instanceof Promise) {
      void child.then((message) => this.#finish({ type: 'no-ssh', message }));
      return;
    }
    this.#child = child;
    this.#listen(child);
    child.stdin?.write(Buffer.from(renderRemoteScript(script), 'latin1'));
  }

  /** True when nothing more will come of it. */
  get isOver(): boolean {
    return this.#over;
  }

  /** Ends the block on the host: INT, TERM, KILL, and at last the session. */
  async end(grace: Grace): Promise<void> {
    for (const { signal, waitMs } of endingSignals(grace)) {
      if (this.#over || !this.#streams.stdout.begun) break;
      this.say(signal);
      if (await this.#endsWithin(waitMs)) return;
    }
    this.#kill();
    await this.ended;
  }

  /** Sends a line to what watches over the block. */
  say(line: string): void {
    this.#child?.stdin?.write(`${line}\n`);
  }

  #listen(child: ChildProcess): void {
    // Writing to a session that has just ended is noticed by its end.
    child.stdin?.on('error', () => {});
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (bytes: Buffer) => this.#streams[name].push(bytes));
      child[name]?.on('error', () => {});
    }
    // What a background master of ssh might hold open must not keep us: its end is what counts.
    child.once('exit', () => this.#over || this.#concludeWhenQuiet(child));
    child.once('close', () => this.#conclude());
  }

  /** Looks whether all has come, which is before ssh itself has ended. */
  #look(): void {
    const { stdout, stderr } = this.#streams;
    if (stdout.begun && stderr.begun) this.#markBegun();
    if (!stdout.ended || !stderr.ended) return;
    if (stdout.trailer().length >= trailerParts) this.#conclude();
  }

  /** Once nothing has come for a while; a process that is busy comes to read only after its timers. */
  #concludeWhenQuiet(child: ChildProcess): void {
    let isQuiet = true;
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.on('data', () => {
        isQuiet = false;
      });
    const look = (): void => {
      isQuiet = true;
      this.#quiet = setTimeout(
        () => setImmediate(() => (isQuiet || this.#over ? this.#conclude() : look())),
        leaveMs,
      );
    };
    look();
  }

  #conclude(): void {
    if (this.#over) return;
    const { stdout, stderr } = this.#streams;
    stdout.finish();
    stderr.finish();
    const [word, output, unheard, base, state, last] = stdout.ended ? stdout.trailer() : [];
    if (word !== undefined && output && unheard && base && state && last) {
      const [ended = '', held] = word.toString().split(' ');
      const leavesBehind = held !== undefined;
      this.#finish({ type: 'ended', word: ended, leavesBehind, output, unheard, base, state });
      return;
    }
    const message = sessionWords(stderr.prelude, stdout.prelude);
    this.#finish({ type: 'lost', begun: stdout.begun, message });
  }

  #finish(end: SessionEnd): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#quiet);
    this.#markBegun();
    this.#settle(end);
    this.#child?.stdin?.end();
    const timer = setTimeout(() => this.#kill(), leaveMs);
    timer.unref();
    this.#child?.once('exit', () => clearTimeout(timer));
    for (const name of ['stdout', 'stderr'] as const) this.#child?.[name]?.resume();
  }

  #kill(): void {
    const { pid, exitCode } = this.#child ?? {};
    if (pid !== undefined && exitCode === null) signalOne(pid, 'SIGKILL');
  }

  #endsWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      void this.ended.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
