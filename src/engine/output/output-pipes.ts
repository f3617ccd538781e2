// Owns one pair of named pipes, opened and read.
import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { HeldOutput } from '../processes/held-output.ts';
import type { OutputStream } from './output-stream.ts';

/** What reading without waiting gave: bytes, nothing at the moment, or the end because nobody can write. */
export type ReadOutcome = number | 'empty' | 'end';

/** Reads what is there into `buffer` without waiting. */
export function readNow(descriptor: number, buffer: Uint8Array): ReadOutcome {
  try {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    return count === 0 ? 'end' : count;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 'empty';
    throw error;
  }
}

/** Opens a named pipe for reading without waiting for a writer. */
export function openReader(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/** Takes bytes that are its own only until it returns; false asks for a pause. */
export type PipeSink = (stream: OutputStream, bytes: Uint8Array) => boolean;

interface Side {
  readonly stream: OutputStream;
  readonly path: string;
  readonly descriptor: number;
  readonly socket: Socket;
  /** Held open by us, so that the pipe never ends while a block has not yet opened it; -1 when closed. */
  writer: number;
  ended: boolean;
}

/** One buffer serves all reads: each is passed on before the next. */
const readBuffer = Buffer.allocUnsafeSlow(65536);
/** Reads in a row from one pipe; a writer that never stops must not keep us for ever. */
const readsAtOnce = 64;
/** What nobody asked for is dropped. */
export const drop: PipeSink = () => true;

/** Two named pipes, stdout and stderr, used by one block after the other. Opening them is most of their price. */
export class OutputPipes {
  /** Number in the names of the pipes. */
  readonly index: number;
  readonly #sides: readonly [Side, Side];
  #sink: PipeSink = drop;
  #isReading = false;
  #isGone = false;
  #watched: Promise<void> | undefined;

  constructor(folder: string, index: number) {
    this.index = index;
    const { stdout, stderr } = pipePaths(folder, index);
    this.#sides = [this.#open('stdout', stdout), this.#open('stderr', stderr)];
    this.#watch();
  }

  /** Descriptors for a process that is to write into the pipes. */
  get writers(): readonly [number, number] {
    return [this.#sides[0].writer, this.#sides[1].writer];
  }

  /** False when somebody removed them. */
  get exist(): boolean {
    return !this.#isGone && existsSync(this.#sides[0].path);
  }

  /**
   * Resolves when the system watches both pipes and has reported all of the block before; undefined when it has
   * already. What a block wrote earlier could come in another order than it was written in.
   */
  get watched(): Promise<void> | undefined {
    return this.#watched;
  }

  /** From now on everything that comes goes to `sink`, as soon as it comes. */
  start(sink: PipeSink): void {
    this.#sink = sink;
    for (const side of this.#sides) side.ended = false;
    this.resume();
  }

  pause(): void {
    this.#isReading = false;
    for (const { socket } of this.#sides) socket.pause();
  }

  resume(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    for (const { socket } of this.#sides) socket.resume();
  }

  #watch(): void {
    this.resume();
    const watched = afterNextPoll().then(() => {
      if (this.#watched === watched) this.#watched = undefined;
    });
    this.#watched = watched;
  }

  /** After `readRest`: true while a process still holds one of the pipes. */
  get held(): boolean {
    return this.#sides.some((side) => !side.ended);
  }

  /**
   * Call it when a block has ended: reads what is there, lets go of the pipes to see whether anybody else still
   * holds them, and takes them up again for the next block when nobody does. While somebody does nothing is read
   * but by calling it again. True when there was anything.
   */
  readRest(sink: PipeSink): boolean {
    this.#sink = drop;
    let any = false;
    for (const side of this.#sides) {
      closeWriter(side);
      for (let reads = 0; !side.ended && reads < readsAtOnce; reads++) {
        const outcome = readNow(side.descriptor, readBuffer);
        if (outcome === 'empty') break;
        if (outcome === 'end') side.ended = true;
        else {
          any = true;
          sink(side.stream, readBuffer.subarray(0, outcome));
        }
      }
    }
    // Taken up before the loop polls again, which would take the end of a pipe for the end of its use.
    if (this.held) this.pause();
    else this.#rearm();
    return any;
  }

  #rearm(): void {
    try {
      for (const side of this.#sides)
        side.writer = openSync(side.path, constants.O_WRONLY | constants.O_NONBLOCK);
      this.#watch();
    } catch {
      // A block that tidies up may have removed them, and put something else in their place.
      this.close();
    }
  }

  close(): void {
    for (const side of this.#sides) {
      side.socket.destroy();
      closeWriter(side);
    }
    this.#isGone = true;
  }

  #open(stream: OutputStream, path: string): Side {
    const descriptor = openReader(path);
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      fd: descriptor,
      readable: true,
      writable: false,
      onread: {
        buffer: readBuffer,
        callback: (count) => this.#sink(stream, readBuffer.subarray(0, count)),
      },
    };
    const socket = new Socket(options);
    // A pipe that cannot be read is noticed when the block has ended.
    socket.on('error', () => {});
    // Between two blocks nothing but the run itself keeps the tool from ending.
    socket.unref();
    return { stream, path, descriptor, socket, writer: openSync(path, constants.O_WRONLY), ended: false };
  }
}

/** What is left in the pipes of a block that has ended, given to `sink` as it is read. */
export function restOf(pipes: OutputPipes, sink: PipeSink): HeldOutput {
  return {
    get held() {
      return pipes.held;
    },
    readRest: () => pipes.readRest(sink),
  };
}

function closeWriter(side: Side): void {
  if (side.writer !== -1) closeSync(side.writer);
  side.writer = -1;
}

/** Resolves when the loop has polled once more, which is when libuv hands new descriptors to the system. */
function afterNextPoll(): Promise<void> {
  // The first comes without a poll in between where a poll is being served.
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

export function pipePaths(folder: string, index: number): { stdout: string; stderr: string } {
  return { stdout: `${folder}/o${index}`, stderr: `${folder}/e${index}` };
}
