// Owns what is written to a stream while a full screen is up: it is kept, and let through afterwards.

/** Kept at most; a flood of warnings is not worth more. */
const longestHeld = 64 * 1024;

/** Holds back a stream's text, such as a warning of Node's on standard error, which would spoil the picture. */
export class HeldStream {
  readonly #stream: NodeJS.WriteStream;
  #held: string[] | undefined;
  #length = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  hold(): void {
    if (this.#held) return;
    this.#held = [];
    this.#length = 0;
    // An own property hides the method of the prototype until it is taken away again.
    this.#stream.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      if (this.#held && this.#length < longestHeld) this.#held.push(text);
      this.#length += text.length;
      const done = rest.find((one): one is () => void => typeof one === 'function');
      if (done) process.nextTick(done);
      return true;
    };
  }

  release(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    Reflect.deleteProperty(this.#stream, 'write');
    if (held.length > 0) this.#stream.write(held.join(''));
  }
}
