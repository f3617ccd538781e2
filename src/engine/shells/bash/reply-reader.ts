// Owns the named pipe through which a shell and what it forks answer.
import { constants, openSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { openReader } from '../../output/output-pipes.ts';

/** More than any reply: it is a letter and two numbers. */
const replyBytes = 4096;

/** Answers are lines, taken one by one. */
export class ReplyReader {
  /** For the shell; close it when the shell has been started, so that the pipe ends with the shell. */
  readonly writer: number;
  readonly #socket: Socket;
  readonly #ready: string[] = [];
  #rest = '';
  #ended = false;
  #waiting: ((line: string | undefined) => void) | undefined;

  constructor(path: string) {
    const descriptor = openReader(path);
    this.writer = openSync(path, constants.O_WRONLY);
    const buffer = Buffer.allocUnsafeSlow(replyBytes);
    // Into one buffer, past the machinery of streams, which takes longer than a reply.
    const onread: OnReadOpts = {
      buffer,
      callback: (count) => {
        this.#take(buffer.toString('latin1', 0, count));
        return true;
      },
    };
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      ...{ fd: descriptor, readable: true, writable: false, onread },
    };
    this.#socket = new Socket(options);
    this.#socket.resume();
    this.#socket.once('end', () => this.end());
    this.#socket.on('error', () => this.end());
  }

  /** True when no answer will come any more. */
  get ended(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
    this.#socket.destroy();
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  /** The next line; undefined when there will be none. */
  async next(): Promise<string | undefined> {
    const ready = this.#ready.shift();
    if (ready !== undefined || this.#ended) return ready;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#ready.push(line);
      else waiting(line);
    }
  }
}
