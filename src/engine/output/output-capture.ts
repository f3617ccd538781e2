// Owns reading what a block prints, at a pace that slows neither side.
import { readWhilePrinting } from '../processes/held-output.ts';
import type { OutputMasker } from './output-masker.ts';
import { type OutputPipes, restOf } from './output-pipes.ts';

/** Reads of less than this are small: a pipe read this small was not what the writer waited for. */
const smallReadBytes = 16 * 1024;
/** So many small reads at once are answered immediately, which keeps the order of arrival exact. */
const promptReads = 32;
/** Then reading pauses, so that a writer of many small pieces is not woken for each. */
const pauseMs = 4;
/** After a pause so few reads are prompt that a fast writer is paused again at once. */
const promptReadsAfterPause = 2;
/** Reading one block's pipes, from their opening to the last byte of its last process. */
export class OutputCapture {
  readonly #pipes: OutputPipes;
  readonly #output: OutputMasker;
  #tokens = promptReads;
  #pause: NodeJS.Timeout | undefined;

  constructor(pipes: OutputPipes, output: OutputMasker) {
    this.#pipes = pipes;
    this.#output = output;
    pipes.start((stream, bytes) => {
      output.take(stream, bytes);
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

  /**
   * Call it when the block's process has ended: reads what is still in the pipes. A process that was left
   * behind and holds them is waited for only while it goes on printing, and not long.
   */
  async finish(): Promise<void> {
    // The end may be heard before the last output: the poll that is being served brings it, in the order of its writing.
    await new Promise((resolve) => setImmediate(resolve));
    clearTimeout(this.#pause);
    await readWhilePrinting(
      restOf(this.#pipes, (stream, bytes) => {
        this.#output.take(stream, bytes);
        return true;
      }),
    );
  }
}
