// Owns that nobody guesses a secret: who is wrong too often has to wait.

const mostWrong = 10;
const spanMs = 60_000;
/** Addresses that are remembered; the oldest is forgotten first. */
const mostAddresses = 10_000;

/** Counts wrong secrets by the address that they come from. The clock gives milliseconds. */
export class Guesses {
  readonly #wrong = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether this address may try once more. */
  mayTry(address: string): boolean {
    return this.#recent(address).length < mostWrong;
  }

  wasWrong(address: string): void {
    const recent = [...this.#recent(address), this.#now()];
    this.#wrong.delete(address);
    this.#wrong.set(address, recent.slice(-mostWrong));
    const [oldest] = this.#wrong.keys();
    if (this.#wrong.size > mostAddresses && oldest !== undefined) this.#wrong.delete(oldest);
  }

  #recent(address: string): number[] {
    const since = this.#now() - spanMs;
    return (this.#wrong.get(address) ?? []).filter((at) => at > since);
  }
}
