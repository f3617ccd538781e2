// Owns finding the forms of secrets among bytes, fast where there are none.
import { type Match, matchSecret, mayStandBetween } from './match-secret.ts';

/** The forms of all secrets that are known. */
export class PatternTable {
  readonly #known = new Set<string>();
  readonly #byFirst: (Uint8Array[] | undefined)[] = new Array(256).fill(undefined);
  readonly #byPair = new Map<number, Uint8Array[]>();
  /** One byte for each pair of leading bytes: nearly every place in ordinary output is ruled out by it. */
  readonly #pairs = new Uint8Array(65536);

  get size(): number {
    return this.#known.size;
  }

  add(pattern: Uint8Array): void {
    const key = pattern.join();
    const [first, second] = pattern;
    if (first === undefined || second === undefined || this.#known.has(key)) return;
    this.#known.add(key);
    const alike = this.#byFirst[first] ?? [];
    alike.push(pattern);
    this.#byFirst[first] = alike;
    const pair = (first << 8) | second;
    const exact = this.#byPair.get(pair) ?? [];
    exact.push(pattern);
    this.#byPair.set(pair, exact);
    this.#pairs[pair] = 1;
    // Where the first byte is a whole character, something may stand behind it that shows nothing.
    if (first < 0x80)
      for (let between = 0; between < 256; between++)
        if (mayStandBetween(between)) this.#pairs[(first << 8) | between] = 1;
  }

  /** The first offset from `from` on at which a form may begin; the length where there is none. */
  nextCandidate(bytes: Uint8Array, from: number): number {
    const pairs = this.#pairs;
    const last = bytes.length - 1;
    let first = bytes[from] ?? 0;
    for (let at = from; at < last; at++) {
      const second = bytes[at + 1] ?? 0;
      if (pairs[(first << 8) | second] !== 0) return at;
      first = second;
    }
    return from <= last && this.#byFirst[bytes[last] ?? 0] !== undefined ? last : bytes.length;
  }

  /** The longest match at `at`; `partial` when a longer one is still possible and more bytes may come. */
  longestAt(bytes: Uint8Array, at: number, isEnd: boolean): Match {
    const first = bytes[at] ?? 0;
    const next = bytes[at + 1];
    const isAnother = next === undefined || mayStandBetween(next);
    const candidates = isAnother ? this.#byFirst[first] : this.#byPair.get((first << 8) | next);
    if (candidates === undefined) return 'none';
    let longest: Match = 'none';
    for (const pattern of candidates) {
      const match = matchSecret(bytes, at, pattern);
      if (match === 'partial') {
        if (!isEnd) return 'partial';
      } else if (match !== 'none' && (typeof longest !== 'number' || match > longest)) longest = match;
    }
    return longest;
  }

  occursIn(bytes: Uint8Array): boolean {
    for (let at = this.nextCandidate(bytes, 0); at < bytes.length; at = this.nextCandidate(bytes, at + 1))
      if (typeof this.longestAt(bytes, at, true) === 'number') return true;
    return false;
  }
}
