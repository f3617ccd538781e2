// Owns one process on a terminal of its own, from its script to its last output.
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import type { ByteText } from '../../languages/shell/byte-text.ts';
import type { BlockTerminal } from '../../run/executor.ts';
import { signalName } from './signal-name.ts';

/** How a process ended; `failure` says why it could not be started. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly failure?: string;
}

export interface TerminalProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly attach: (terminal: BlockTerminal | undefined) => void;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onStarted: (pid: number) => void;
}

export interface TerminalJob extends Omit<TerminalProgram, 'arguments'> {
  /** Told how many bytes of the pipe are the script; see `readScript`. */
  readonly arguments: (scriptBytes: number) => readonly string[];
  readonly script: ByteText;
  /** A named pipe through which the script is sent: standard input is the terminal. */
  readonly scriptPipe: string;
}

/** A private control sequence, as a format of `printf`: what the shell says last, and nobody is shown. */
export const lastWords = '\\033]7717;end\\007';
const lastWordsBytes = Buffer.from('\x1b]7717;end\x07');

/** Shell text that runs the script. It reads just so many bytes of the pipe, which we hold open and which has no end. */
export function readScript(path: string, bytes: number | string): string {
  return `eval "$(command -p head -c ${bytes} ${path})"`;
}

const scriptRetryMs = 5;

/** Runs the script on a new terminal and resolves when it has ended and all its output was given away. */
export async function runOnTerminal(job: TerminalJob): Promise<ScriptEnd> {
  const script = Buffer.from(`${job.script}\n`, 'latin1');
  const pipe = openScriptPipe(job.scriptPipe, script);
  try {
    return await runProgramOnTerminal({
      ...job,
      arguments: job.arguments(script.length),
      onStarted: (pid) => {
        // First whoever is to end the block learns of it: the tool may be killed at any moment.
        job.onStarted(pid);
        pipe.send();
      },
    });
  } finally {
    pipe.close();
    rmSync(job.scriptPipe, { force: true });
  }
}

/** Runs a program on a new terminal and resolves when it has ended and all its output was given away. */
export async function runProgramOnTerminal(job: TerminalProgram): Promise<ScriptEnd> {
  const { spawn } = await import('@lydell/node-pty');
  const pty = spawn(job.command, [...job.arguments], {
    name: job.env.TERM ?? 'xterm-256color',
    cwd: job.cwd,
    env: { ...job.env },
    cols: Math.max(2, job.size.columns),
    rows: Math.max(1, job.size.rows),
    encoding: null,
  });
  const slave = holdSlave(slavePath(pty));
  const ending = new LastWords(job.onBytes, slave.close);
  // Without an encoding the data are bytes, which the types do not know.
  pty.onData((data) => ending.push(data as unknown as Buffer));
  const end = new Promise<ScriptEnd>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      resolve({ code: signal ? null : exitCode, signal: signal ? (signalName(signal) ?? 'SIGKILL') : null });
    });
  });
  job.onStarted(pty.pid);
  job.attach({
    // It takes bytes as well, which the types do not know either.
    write: (bytes) => pty.write(Buffer.from(bytes) as unknown as string),
    resize: (columns, rows) => pty.resize(Math.max(2, columns), Math.max(1, rows)),
  });
  try {
    return await end;
  } finally {
    slave.close();
    ending.flush();
    job.attach(undefined);
  }
}

/**
 * The terminal's other side, held open: without it what a short process printed last is lost. It is let go
 * when the last words have come; otherwise the end of the process ends the terminal a moment later.
 */
function holdSlave(path: string): { close: () => void } {
  let descriptor: number | undefined = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  return {
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** The path stands in a member that the types of the package leave out. */
function slavePath(pty: object): string {
  return (pty as { readonly ptsName: string }).ptsName;
}

/** The pipe is held open from the start: the shell must not wait for its end. */
function openScriptPipe(path: string, script: Buffer): { send: () => void; close: () => void } {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    try {
      while (sent < script.length) sent += writeSync(descriptor, script, sent, script.length - sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      timer = setTimeout(send, scriptRetryMs);
    }
  };
  return {
    send,
    close() {
      clearTimeout(timer);
      closeSync(descriptor);
    },
  };
}

/** Takes the last words out of the output, also where they come in two pieces. */
class LastWords {
  readonly #onBytes: (bytes: Uint8Array) => void;
  readonly #onEnd: () => void;
  #held: Buffer = Buffer.alloc(0);

  constructor(onBytes: (bytes: Uint8Array) => void, onEnd: () => void) {
    this.#onBytes = onBytes;
    this.#onEnd = onEnd;
  }

  push(data: Buffer): void {
    const bytes = this.#held.length === 0 ? data : Buffer.concat([this.#held, data]);
    const found = bytes.indexOf(lastWordsBytes);
    if (found !== -1) {
      this.#give(bytes.subarray(0, found));
      this.#held = Buffer.alloc(0);
      this.#give(bytes.subarray(found + lastWordsBytes.length));
      this.#onEnd();
      return;
    }
    const kept = startOfLastWords(bytes);
    this.#give(bytes.subarray(0, bytes.length - kept));
    this.#held = bytes.subarray(bytes.length - kept);
  }

  flush(): void {
    this.#give(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #give(bytes: Buffer): void {
    if (bytes.length > 0) this.#onBytes(bytes);
  }
}

/** How many bytes at the end may be the start of the last words. */
function startOfLastWords(bytes: Buffer): number {
  for (let length = Math.min(lastWordsBytes.length - 1, bytes.length); length > 0; length--)
    if (bytes.subarray(bytes.length - length).equals(lastWordsBytes.subarray(0, length))) return length;
  return 0;
}
