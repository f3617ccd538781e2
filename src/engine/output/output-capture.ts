// Owns reading what a block prints, at a pace that slows neither side.
import { OutputMasker, type OutputMaskerOptions } from './output-masker.ts';
import type { OutputPipes } from './output-pipes.ts';
import type { OutputStream } from './output-stream.ts';

export interface CaptureOptions extends OutputMaskerOptions {
  readonly pipes: OutputPipes;
}

/** Reads of less than this are small: a pipe read this small was not what the writer waited for. */
const smallReadBytes = 16 * 1024;
/** So many small reads at once are answered immediately, which keeps the order of arrival exact. */
const promptReads = 32;
/** Then reading pauses, so that a writer of many small pieces is not woken for each. */
const pauseMs = 4;
/** After a pause so few reads are prompt that a fast writer is paused again at once. */
const promptReadsAfterPause = 2;
/** How long a pipe held by a left-over process must be silent before the block is settled. */
const idleDrainMs = 40;
const longestDrainMs = 400;
const drainStepMs = 8;

/** The output of one attempt, from the opening of its pipes to the last byte of its last process. */
export class OutputCapture {
  readonly #pipes: OutputPipes;
  readonly #mouth: OutputMasker;
  #tokens = promptReads;
  #pause: NodeJS.Timeout | undefined;

  constructor(options: CaptureOptions) {
    this.#pipes = options.pipes;
    this.#mouth = new OutputMasker(options);
    options.pipes.start((stream, bytes) => {
      this.#mouth.take(stream, bytes);
      return this.#pace(bytes.length);
    });
  }

  /** False when reading shall pause. */
  #pace(count: number): boolean {
    if (count >= smallReadBytes) return true;
    if (this.#pause !== undefined) return false;
    this.#tokens--;
    if (this.#tokens > 0) return true;
    const pipes = this.#pipes;
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
    this.#mouth.take(stream, bytes, 'terminal');
  }

  /**
   * Call it when the block's process has ended: reads what is still in the pipes. A process that was left
   * behind and holds them is waited for only while it goes on printing, and not long.
   */
  async finish(): Promise<void> {
    // The end may be heard before the last output: the poll that is being served brings it, in the order of its writing.
    await new Promise((resolve) => setImmediate(resolve));
    clearTimeout(this.#pause);
    const pipes = this.#pipes;
    const readRest = (): boolean =>
      pipes.readRest((stream, bytes) => {
        this.#mouth.take(stream, bytes);
        return true;
      });
    readRest();
    for (let waited = 0, idle = 0; pipes.held && idle < idleDrainMs && waited < longestDrainMs; ) {
      await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      waited += drainStepMs;
      idle = readRest() ? 0 : idle + drainStepMs;
    }
    this.#mouth.finish();
  }

  /** The unmasked start of stdout, up to the limit that was asked for. */
  get rawStdout(): Uint8Array {
    return this.#mouth.rawStdout;
  }
}
