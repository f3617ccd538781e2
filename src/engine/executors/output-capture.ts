// Owns reading what a block prints, at a pace that slows neither side; knows nothing of shells or of states.
import type { StreamRedactor } from '../../run/redact.ts';
import type { OutputPipes } from './output-pipes.ts';
import type { OutputStore, OutputStream } from './output-store.ts';
import { TerminalLineEnds } from './terminal-line-ends.ts';

export interface CaptureOptions {
  readonly pipes: OutputPipes;
  readonly store: OutputStore;
  /** Makes the masks that the bytes pass before anything else sees them. */
  readonly redactStream: () => StreamRedactor;
  /** The bytes are the listener's own, 64 KB at most. */
  readonly onOutput: (stream: OutputStream, bytes: Uint8Array, from: OutputSource) => void;
  /** Up to so many bytes of unmasked stdout are kept in memory, for `capture`. */
  readonly rawStdoutLimit: number;
}

/** A terminal ends its lines with a carriage return and a newline, a pipe with a newline. */
export type OutputSource = 'pipe' | 'terminal';

/** Reads of less than this are small: a pipe read this small was not what the writer waited for. */
const smallReadBytes = 16 * 1024;
/** So many small reads at once are answered immediately, which keeps the order of arrival exact. */
const promptReads = 32;
/** Then reading pauses, so that a writer of many small pieces is not woken for each. */
const pauseMs = 4;
/** After a pause so few reads are prompt that a fast writer is paused again at once. */
const promptReadsAfterPause = 2;
const flushIntervalMs = 200;
/** How long a pipe held by a left-over process must be silent before the block is settled. */
const idleDrainMs = 40;
const longestDrainMs = 400;
const drainStepMs = 8;

/** The output of one attempt, from the opening of its pipes to the last byte of its last process. */
export class OutputCapture {
  readonly #options: CaptureOptions;
  readonly #redactors: Readonly<Record<OutputStream, StreamRedactor>>;
  readonly #lineEnds = new TerminalLineEnds();
  readonly #rawStdout: Uint8Array[] = [];
  #rawStdoutBytes = 0;
  #tokens = promptReads;
  #pause: NodeJS.Timeout | undefined;
  #flush: NodeJS.Timeout | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#redactors = { stdout: options.redactStream(), stderr: options.redactStream() };
    options.pipes.start((stream, bytes) => {
      this.#take(stream, bytes);
      return this.#pace(bytes.length);
    });
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
    const { pipes } = this.#options;
    pipes.pause();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#tokens = promptReadsAfterPause;
      pipes.resume();
    }, pauseMs);
    return false;
  }

  /** Takes what a terminal showed; it goes the way of what came through the pipes. */
  feedTerminal(stream: OutputStream, bytes: Uint8Array): void {
    this.#take(stream, bytes, 'terminal');
  }

  #take(stream: OutputStream, bytes: Uint8Array, from: OutputSource = 'pipe'): void {
    const room = this.#options.rawStdoutLimit - this.#rawStdoutBytes;
    if (stream === 'stdout' && room > 0) {
      this.#rawStdout.push(Buffer.from(bytes.subarray(0, room)));
      this.#rawStdoutBytes += Math.min(bytes.length, room);
    }
    this.#show(stream, this.#redactors[stream].push(bytes), from);
  }

  #show(stream: OutputStream, bytes: Uint8Array, from: OutputSource): void {
    if (bytes.length === 0) return;
    this.#options.store.append(stream, from === 'terminal' ? this.#lineEnds.push(bytes) : bytes);
    this.#options.onOutput(stream, Buffer.from(bytes), from);
  }

  /**
   * Call it when the block's process has ended: reads what is still in the pipes. A process that was left
   * behind and holds them is waited for only while it goes on printing, and not long.
   */
  async finish(): Promise<void> {
    clearTimeout(this.#pause);
    const { pipes, store } = this.#options;
    const readRest = (): boolean =>
      pipes.readAll((stream, bytes) => {
        this.#take(stream, bytes);
        return true;
      });
    pipes.stop();
    readRest();
    for (let waited = 0, idle = 0; pipes.held && idle < idleDrainMs && waited < longestDrainMs; ) {
      await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      waited += drainStepMs;
      idle = readRest() ? 0 : idle + drainStepMs;
    }
    clearTimeout(this.#flush);
    for (const stream of ['stdout', 'stderr'] as const)
      this.#show(stream, this.#redactors[stream].flush(), 'pipe');
    store.append('stdout', this.#lineEnds.flush());
    store.close();
  }

  /** The unmasked start of stdout, up to the limit that was asked for. */
  get rawStdout(): Uint8Array {
    return Buffer.concat(this.#rawStdout, this.#rawStdoutBytes);
  }
}

/** What a pipe said, as a terminal shows it. */
export function withReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/(?<!\r)\n/g, '\r\n'),
    'latin1',
  );
}
