// Owns finding the forms of secrets among bytes, fast where there are none.
import { type LookedAt, type Match, matchSecret, mayStandBetween } from './match-secret.ts';

/** A form, and with how many bytes of the one before it in its list it begins. */
interface Pattern {
  readonly bytes: Uint8Array;
  shared: number;
}

/** The forms of all secrets that are known, sorted, so that those which begin alike stand together. */
export class PatternTable {
  readonly #known = new Set<string>();
  readonly #byFirst: (Pattern[] | undefined)[] = new Array(256).fill(undefined);
  readonly #byPair = new Map<number, Pattern[]>();
  readonly #looked: LookedAt = { bytes: 0 };
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
    insert(alike, pattern);
    this.#byFirst[first] = alike;
    const pair = (first << 8) | second;
    const exact = this.#byPair.get(pair) ?? [];
    insert(exact, pattern);
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
    const looked = this.#looked;
    // A byte in which the last one that was tried differs from what is here, and how far this one begins like that.
    let alike = 0;
    looked.bytes = Number.POSITIVE_INFINITY;
    for (const pattern of candidates) {
      alike = Math.min(alike, pattern.shared);
      if (alike >= looked.bytes) continue;
      const match = matchSecret(bytes, at, pattern.bytes, looked);
      alike = pattern.bytes.length;
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

function insert(patterns: Pattern[], bytes: Uint8Array): void {
  let at = patterns.findIndex((other) => isBefore(bytes, other.bytes));
  if (at === -1) at = patterns.length;
  const [before, after] = [patterns[at - 1], patterns[at]];
  patterns.splice(at, 0, { bytes, shared: before === undefined ? 0 : sharedBytes(before.bytes, bytes) });
  if (after !== undefined) after.shared = sharedBytes(bytes, after.bytes);
}

function isBefore(one: Uint8Array, other: Uint8Array): boolean {
  const shared = sharedBytes(one, other);
  return (one[shared] ?? -1) < (other[shared] ?? -1);
}

function sharedBytes(one: Uint8Array, other: Uint8Array): number {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared++;
  return shared;
}
