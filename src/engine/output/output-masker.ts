// Owns what becomes of each byte that a block prints: masked, stored, shown, and kept for captures.
import { type MaskedBytes, reshapeMasked, type StreamRedactor } from '../../run/masking/redactor.ts';
import type { OutputStore } from './output-store.ts';
import type { OutputStream } from './output-stream.ts';
import { StreamStart } from './stream-start.ts';
import { TerminalLineEnds } from './terminal-line-ends.ts';

export interface OutputMaskerOptions {
  readonly store: OutputStore;
  /** Makes the masks that the bytes pass before anything else sees them. */
  readonly redactStream: () => StreamRedactor;
  /** The bytes are the listener's own, 64 KB at most. */
  readonly onOutput: (stream: OutputStream, bytes: MaskedBytes, from: OutputSource) => void;
  /** Up to so many bytes of unmasked stdout are kept in memory, for `capture`. */
  readonly rawStdoutLimit: number;
  /** Up to so many bytes of each unmasked stream are kept in memory as they are stored, for expectations. */
  readonly comparedLimit?: number;
  /**
   * Gets all of stdout, where it is no longer than that limit, before any of it is shown; without it each piece is shown
   * as it comes.
   */
  readonly learnFrom?: (stdout: Uint8Array) => void;
}

/** A terminal ends its lines with a carriage return and a newline, a pipe with a newline. */
export type OutputSource = 'pipe' | 'terminal';

interface Held {
  readonly bytes: Uint8Array;
  readonly from: OutputSource;
}

const flushIntervalMs = 200;

/** The output of one attempt, from its first byte to its last. */
export class OutputMasker {
  readonly #options: OutputMaskerOptions;
  readonly #redactors: Readonly<Record<OutputStream, StreamRedactor>>;
  readonly #lineEnds = new TerminalLineEnds();
  readonly #rawStdout: Uint8Array[] = [];
  readonly #compared: Readonly<Record<OutputStream, StreamStart>>;
  #rawStdoutBytes = 0;
  /** Stdout that waits for its end; undefined where it is shown as it comes. */
  #held: Held[] | undefined;
  #heldBytes = 0;
  #flush: NodeJS.Timeout | undefined;

  constructor(options: OutputMaskerOptions) {
    this.#options = options;
    if (options.learnFrom !== undefined) this.#held = [];
    const { comparedLimit = 0 } = options;
    this.#compared = { stdout: new StreamStart(comparedLimit), stderr: new StreamStart(comparedLimit) };
    this.#redactors = { stdout: options.redactStream(), stderr: options.redactStream() };
  }

  take(stream: OutputStream, bytes: Uint8Array, from: OutputSource = 'pipe'): void {
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined;
      this.#options.store.flush();
    }, flushIntervalMs);
    if (stream === 'stdout' && this.#held !== undefined) this.#hold(bytes, from, this.#held);
    else this.#take(stream, bytes, from);
  }

  #hold(bytes: Uint8Array, from: OutputSource, held: Held[]): void {
    held.push({ bytes: Buffer.from(bytes), from });
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > this.#options.rawStdoutLimit) this.#release(held);
  }

  #release(held: readonly Held[]): void {
    this.#held = undefined;
    for (const { bytes, from } of held) this.#take('stdout', bytes, from);
  }

  #take(stream: OutputStream, bytes: Uint8Array, from: OutputSource): void {
    const room = this.#options.rawStdoutLimit - this.#rawStdoutBytes;
    if (stream === 'stdout' && room > 0) {
      this.#rawStdout.push(Buffer.from(bytes.subarray(0, room)));
      this.#rawStdoutBytes += Math.min(bytes.length, room);
    }
    this.#compared[stream].take(bytes, from);
    this.#show(stream, this.#redactors[stream].push(bytes), from);
  }

  #show(stream: OutputStream, bytes: MaskedBytes, from: OutputSource): void {
    if (bytes.length === 0) return;
    this.#options.store.append(stream, from === 'terminal' ? this.#lineEnds.push(bytes) : bytes);
    this.#options.onOutput(stream, reshapeMasked(bytes, Buffer.from), from);
  }

  /** Call it when nothing more will come: what was held back comes out, and the store is closed. */
  finish(): void {
    clearTimeout(this.#flush);
    if (this.#held !== undefined) {
      this.#options.learnFrom?.(Buffer.concat(this.#held.map(({ bytes }) => bytes)));
      this.#release(this.#held);
    }
    for (const stream of ['stdout', 'stderr'] as const)
      this.#show(stream, this.#redactors[stream].flush(), 'pipe');
    const held = this.#lineEnds.flush();
    if (held !== undefined) this.#options.store.append('stdout', held);
    this.#options.store.close();
  }

  /** The unmasked start of stdout, up to the limit that was asked for. */
  get rawStdout(): Uint8Array {
    return Buffer.concat(this.#rawStdout, this.#rawStdoutBytes);
  }

  /** The unmasked start of a stream as it is stored, once nothing more will come. */
  comparedOf(stream: OutputStream): string {
    return this.#compared[stream].text();
  }
}

/** What a pipe said, as a terminal shows it. */
export function withReturns(bytes: MaskedBytes): MaskedBytes {
  return reshapeMasked(bytes, (shown) =>
    Buffer.from(
      Buffer.from(shown)
        .toString('latin1')
        .replace(/(?<!\r)\n/g, '\r\n'),
      'latin1',
    ),
  );
}
