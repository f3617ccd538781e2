// Owns reading what a block prints, at a pace that slows neither side; knows nothing of shells or of states.
import { closeSync, constants, openSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { StreamRedactor } from '../../run/redact.ts';
import { type FifoPair, type FifoPool, openReader, readNow } from './fifo-pool.ts';
import type { OutputStore, OutputStream } from './output-store.ts';

export interface CaptureOptions {
  readonly pool: FifoPool;
  readonly pair: FifoPair;
  readonly store: OutputStore;
  /** Makes the masks that the bytes pass before anything else sees them. */
  readonly redactStream: () => StreamRedactor;
  /** The bytes are the listener's own. */
  readonly onOutput: (stream: OutputStream, bytes: Uint8Array) => void;
  /** Up to so many bytes of unmasked stdout are kept in memory, for `capture`. */
  readonly rawStdoutLimit: number;
}

/** Reads of less than this are small: a pipe read this small was not what the writer waited for. */
const smallReadBytes = 16 * 1024;
/** So many small reads at once are answered immediately, which keeps the order of arrival exact. */
const promptReads = 32;
/** Then reading pauses, so that a writer of many small pieces is not woken for each. */
const pauseMs = 4;
const flushIntervalMs = 200;
/** How long a pipe held by a left-over process must be silent before the block is settled. */
const idleDrainMs = 40;
const longestDrainMs = 400;
const drainStepMs = 8;

/** One buffer serves all reads: each is passed on before the next. */
const readBuffer = Buffer.allocUnsafeSlow(65536);

interface Side {
  readonly stream: OutputStream;
  readonly descriptor: number;
  readonly socket: Socket;
  readonly redactor: StreamRedactor;
  ended: boolean;
}

/** The output of one attempt, from the opening of its pipes to the last byte of its last process. */
export class OutputCapture {
  readonly #options: CaptureOptions;
  readonly #sides: readonly Side[];
  /** We hold the pipes open for writing too, until the block has ended: only then does "no writer" mean its end. */
  readonly writers: readonly [number, number];
  readonly #rawStdout: Uint8Array[] = [];
  #rawStdoutBytes = 0;
  #tokens = promptReads;
  #pause: NodeJS.Timeout | undefined;
  #flush: NodeJS.Timeout | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
    const { stdoutPath, stderrPath } = options.pair;
    this.#sides = [this.#openSide('stdout', stdoutPath), this.#openSide('stderr', stderrPath)];
    this.writers = [openSync(stdoutPath, constants.O_WRONLY), openSync(stderrPath, constants.O_WRONLY)];
    for (const side of this.#sides) side.socket.resume();
  }

  #openSide(stream: OutputStream, path: string): Side {
    const descriptor = openReader(path);
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      fd: descriptor,
      readable: true,
      writable: false,
      onread: {
        buffer: readBuffer,
        callback: (count) => {
          this.#take(side, readBuffer.subarray(0, count));
          return this.#pace(count);
        },
      },
    };
    const side: Side = {
      stream,
      descriptor,
      redactor: this.#options.redactStream(),
      ended: false,
      socket: new Socket(options),
    };
    side.socket.on('error', () => {
      side.ended = true;
    });
    return side;
  }

  /** False when reading shall pause. */
  #pace(count: number): boolean {
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined;
      this.#options.store.flush();
    }, flushIntervalMs);
    if (count >= smallReadBytes) return true;
    if (this.#pause !== undefined) return false;
    this.#tokens--;
    if (this.#tokens > 0) return true;
    for (const side of this.#sides) side.socket.pause();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      // Two more prompt reads for each pause: a writer that calms down gets its exact order back.
      this.#tokens = 2;
      for (const side of this.#sides) side.socket.resume();
    }, pauseMs);
    return false;
  }

  #take(side: Side, bytes: Uint8Array): void {
    const room = this.#options.rawStdoutLimit - this.#rawStdoutBytes;
    if (side.stream === 'stdout' && room > 0) {
      this.#rawStdout.push(Buffer.from(bytes.subarray(0, room)));
      this.#rawStdoutBytes += Math.min(bytes.length, room);
    }
    this.#show(side, side.redactor.push(bytes));
  }

  #show(side: Side, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#options.store.append(side.stream, bytes);
    this.#options.onOutput(side.stream, Buffer.from(bytes));
  }

  /**
   * Call it when the block's process has ended: reads what is still in the pipes. A process that was left
   * behind and holds them is waited for only while it goes on printing, and not long.
   */
  async finish(): Promise<void> {
    clearTimeout(this.#pause);
    for (const side of this.#sides) side.socket.pause();
    for (const writer of this.writers) closeSync(writer);
    this.#readAll();
    for (let waited = 0, idle = 0; this.#isHeld() && idle < idleDrainMs && waited < longestDrainMs; ) {
      await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      waited += drainStepMs;
      idle = this.#readAll() ? 0 : idle + drainStepMs;
    }
    clearTimeout(this.#flush);
    for (const side of this.#sides) this.#show(side, side.redactor.flush());
    this.#options.store.close();
    this.#letGo();
  }

  #isHeld(): boolean {
    return this.#sides.some((side) => !side.ended);
  }

  /** Reads without waiting; true when there was anything. */
  #readAll(): boolean {
    let any = false;
    for (const side of this.#sides) {
      // A left-over process may print for ever; what it prints at full speed must not keep us here.
      for (let reads = 0; !side.ended && reads < 64; reads++) {
        const outcome = readNow(side.descriptor, readBuffer);
        if (outcome === 'empty') break;
        if (outcome === 'end') side.ended = true;
        else {
          any = true;
          this.#take(side, readBuffer.subarray(0, outcome));
        }
      }
    }
    return any;
  }

  #letGo(): void {
    const { pool, pair } = this.#options;
    if (this.#isHeld()) {
      // The pool reads on under descriptors of its own.
      pool.drain(pair, [openReader(pair.stdoutPath), openReader(pair.stderrPath)]);
    } else pool.release(pair);
    for (const side of this.#sides) side.socket.destroy();
  }

  /** The unmasked start of stdout, up to the limit that was asked for. */
  get rawStdout(): Uint8Array {
    return Buffer.concat(this.#rawStdout, this.#rawStdoutBytes);
  }
}
