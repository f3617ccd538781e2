// Owns a real writable stream for tests: it collects, or takes nothing until it is told to.
import { Writable } from 'node:stream';

export class CollectingStream extends Writable {
  text = '';
  #stuck: (() => void) | undefined;
  readonly #blocked: boolean;

  constructor({ blocked = false }: { readonly blocked?: boolean } = {}) {
    super({ decodeStrings: false });
    this.#blocked = blocked;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (this.#blocked && this.#stuck === undefined) this.#stuck = done;
    else done();
  }

  /** Lets a stuck reader go on. */
  release(): void {
    this.#stuck?.();
  }
}
