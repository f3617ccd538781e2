// Owns one pseudo terminal: a program is started on it, and all that it prints there is read to its end.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { createRequire as requireFrom } from 'node:module';
import type { OnReadOpts, SocketConstructorOpts } from 'node:net';
import { ReadStream } from 'node:tty';
import type { HeldOutput } from './held-output.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface PseudoTerminalOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly size: TerminalSize;
  /** Takes what comes out; the bytes are the listener's. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

/**
 * The native part of node-pty. Its JavaScript part is not used: it gives up a terminal 200 ms after its program has
 * ended, whatever is still to be read. `fork` makes the program the leader of a new session with the terminal, and
 * tells the exit code and the number of the signal, 0 for none.
 */
interface NativePart {
  fork(
    file: string,
    args: readonly string[],
    env: readonly string[],
    cwd: string,
    columns: number,
    rows: number,
    uid: number,
    gid: number,
    isUtf8: boolean,
    helperPath: string,
    onExit: (code: number, signal: number) => void,
  ): { readonly fd: number; readonly pid: number; readonly pty: string };
  resize(fd: number, columns: number, rows: number): void;
}

/** On macOS a helper makes the session. */
interface Loaded {
  readonly native: NativePart;
  readonly helperPath: string;
}

const keepOurOwnId = -1;
/** One buffer serves all reads: each is copied before the next. */
const readBuffer = Buffer.allocUnsafeSlow(65536);
/** Far more than a system keeps for a terminal: what comes beyond was printed by others after the end. */
const longestRestBytes = 1024 * 1024;

let loaded: Loaded | undefined;

function load(): Loaded {
  if (loaded !== undefined) return loaded;
  const from = requireFrom(requireFrom(import.meta.url).resolve('@lydell/node-pty'));
  const prebuilt = `@lydell/node-pty-${process.platform}-${process.arch}`;
  const native = from(`${prebuilt}/pty.node`) as NativePart;
  loaded = {
    native,
    helperPath: process.platform === 'darwin' ? from.resolve(`${prebuilt}/spawn-helper`) : '',
  };
  return loaded;
}

export class PseudoTerminal implements HeldOutput {
  readonly pid: number;
  /** Resolves when the program has ended; what it printed may still have to be read. */
  readonly exited: Promise<{ readonly code: number; readonly signal: number }>;
  readonly #native: NativePart;
  readonly #master: number;
  readonly #socket: ReadStream;
  readonly #onBytes: (bytes: Uint8Array) => void;
  /**
   * The program's side, held open by us: as long as it is, our side never reports an end, at which libuv would drop
   * what it has not read yet, and an empty read says that all was read.
   */
  #slave: number | undefined;
  #held = true;
  #isClosed = false;

  /** Throws what the system says where no terminal can be made. */
  constructor({ command, arguments: args, env, cwd, size, onBytes }: PseudoTerminalOptions) {
    const { native, helperPath } = load();
    this.#native = native;
    this.#onBytes = onBytes;
    const { columns, rows } = possible(size);
    const all = Object.entries({ ...env, PWD: cwd }).map(([name, value]) => `${name}=${value}`);
    let markExited: (end: { code: number; signal: number }) => void = () => {};
    this.exited = new Promise((resolve) => {
      markExited = resolve;
    });
    const { fd, pid, pty } = native.fork(
      command,
      [...args],
      all,
      cwd,
      columns,
      rows,
      keepOurOwnId,
      keepOurOwnId,
      true,
      helperPath,
      (code, signal) => markExited({ code, signal }),
    );
    this.pid = pid;
    this.#master = fd;
    this.#slave = openSync(pty, constants.O_RDWR | constants.O_NOCTTY);
    const options: Partial<SocketConstructorOpts> & { onread: OnReadOpts } = {
      onread: {
        buffer: readBuffer,
        callback: (count) => {
          onBytes(Buffer.from(readBuffer.subarray(0, count)));
          return true;
        },
      },
    };
    this.#socket = new ReadStream(fd, options);
    // What was typed for a program that has just ended is for nobody.
    this.#socket.on('error', () => {});
    this.#socket.resume();
  }

  /** True while a process can still print; known after `readRest`. */
  get held(): boolean {
    return this.#held;
  }

  write(bytes: Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(bytes);
  }

  resize(size: TerminalSize): void {
    const { columns, rows } = possible(size);
    if (!this.#isClosed) this.#native.resize(this.#master, columns, rows);
  }

  /**
   * Call it when the program has ended: gives away all that it has printed, then lets go of its side to see whether
   * others still hold it, and gives away what these have printed so far.
   */
  readRest(): boolean {
    if (this.#isClosed) return false;
    // From now on it is read by hand: at an end, libuv would drop what it has not read yet.
    this.#socket.pause();
    let any = this.#readNow();
    if (this.#slave !== undefined) {
      closeSync(this.#slave);
      this.#slave = undefined;
      any = this.#readNow() || any;
    }
    return any;
  }

  /** What is still printed into it from now on is lost, and an error for whoever prints it. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#held = false;
    if (this.#slave !== undefined) closeSync(this.#slave);
    this.#slave = undefined;
    this.#socket.destroy();
  }

  #readNow(): boolean {
    let bytes = 0;
    try {
      while (bytes < longestRestBytes) {
        const count = readSync(this.#master, readBuffer, 0, readBuffer.length, null);
        if (count === 0) break;
        bytes += count;
        this.#onBytes(Buffer.from(readBuffer.subarray(0, count)));
      }
      this.#held = bytes >= longestRestBytes;
    } catch (error) {
      // Nothing at the moment; otherwise (EIO) nobody has it open any more.
      this.#held = (error as NodeJS.ErrnoException).code === 'EAGAIN';
    }
    return bytes > 0;
  }
}

/** A terminal of no size, or of one column, is none. */
function possible({ columns, rows }: TerminalSize): TerminalSize {
  return { columns: Math.max(2, columns), rows: Math.max(1, rows) };
}
