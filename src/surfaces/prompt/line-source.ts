// Owns the lines that come in on one input, for all who ask on it in turn.
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterInputPoll } from '../after-input-poll.ts';

/** A reader that is never asked does not let lines pile up without bound. */
const mostWaitingLines = 1_000;

const sources = new WeakMap<Readable, LineSource>();

/** The one source of an input: who asks later gets the lines that an earlier prompter did not want. */
export function lineSourceOf(input: Readable): LineSource {
  const found = sources.get(input) ?? new LineSource(input);
  sources.set(input, found);
  return found;
}

/** Reads an input line by line, from the first question on. */
export class LineSource {
  readonly #input: Readable;
  #reader: Interface | undefined;
  #waiting: string[] = [];
  #ended = false;
  #resolveNext: ((line: string | undefined) => void) | undefined;

  constructor(input: Readable) {
    this.#input = input;
  }

  /** Drops what was typed before anybody asked, that which the terminal still holds included. */
  async forget(): Promise<void> {
    this.#open();
    await afterInputPoll();
    this.#waiting = [];
  }

  /** The next line; undefined when the input has ended or the signal aborts. */
  next(signal: AbortSignal): Promise<string | undefined> {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    if (this.#ended || signal.aborted) return Promise.resolve(undefined);
    this.#open();
    return new Promise((resolve) => {
      const settle = (line: string | undefined): void => {
        signal.removeEventListener('abort', withdraw);
        this.#resolveNext = undefined;
        resolve(line);
      };
      const withdraw = (): void => settle(undefined);
      signal.addEventListener('abort', withdraw, { once: true });
      this.#resolveNext = settle;
    });
  }

  /** The lines that came with the last one: no hand has typed them. */
  async rest(): Promise<readonly string[]> {
    const rest: string[] = [];
    for (;;) {
      // A terminal gives away one line at a time.
      await afterInputPoll();
      if (this.#waiting.length === 0) return rest;
      rest.push(...this.#waiting.splice(0));
    }
  }

  /** Lets go of the input until somebody asks again. */
  pause(): void {
    if (this.#reader === undefined) return;
    this.#reader.pause();
    this.#input.pause();
  }

  #open(): void {
    if (this.#reader) {
      this.#reader.resume();
      // Whoever had the keys meanwhile has paused the input itself, of which its reader knows nothing.
      this.#input.resume();
      return;
    }
    this.#reader = createInterface({
      input: this.#input,
      terminal: false,
      crlfDelay: Number.POSITIVE_INFINITY,
    });
    this.#reader.on('line', (line) => {
      if (this.#resolveNext) this.#resolveNext(line);
      else if (this.#waiting.length < mostWaitingLines) this.#waiting.push(line);
    });
    this.#reader.on('close', () => {
      this.#ended = true;
      this.#resolveNext?.(undefined);
    });
  }
}
