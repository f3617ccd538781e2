// Owns reading what a block prints, at a pace that slows neither side.
import type { OutputMasker } from './output-masker.ts';
import type { OutputPipes } from './output-pipes.ts';

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
    const pipes = this.#pipes;
    const readRest = (): boolean =>
      pipes.readRest((stream, bytes) => {
        this.#output.take(stream, bytes);
        return true;
      });
    readRest();
    for (let waited = 0, idle = 0; pipes.held && idle < idleDrainMs && waited < longestDrainMs; ) {
      await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      waited += drainStepMs;
      idle = readRest() ? 0 : idle + drainStepMs;
    }
  }
}
