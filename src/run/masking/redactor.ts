// Owns masking secrets in bytes and text, across chunk borders, and the types of what is masked.
import { secretForms, shortestSecretBytes } from './secret-forms.ts';

/** What stands in the place of a secret. */
export const secretMask = '***';

declare const isMasked: unique symbol;

/** Text that may be stored, shown and sent: a redactor has masked the secrets of the run in it, or it can hold none. */
export type MaskedText = string & { readonly [isMasked]: true };

/** Bytes that may be stored and shown, as MaskedText is. */
export type MaskedBytes = Uint8Array & { readonly [isMasked]: true };

const asText = (text: string): MaskedText => text as MaskedText;
const asBytes = (bytes: Uint8Array): MaskedBytes => bytes as MaskedBytes;

/**
 * The author's or the tool's own words, with what they quote of masked text. Whoever calls it vouches that neither
 * the value of an input nor anything that a process said stands in them unmasked.
 */
export const ownText: (text: string) => MaskedText = asText;

/** What was read back from where only masked bytes are stored. */
export const storedBytes: (bytes: Uint8Array) => MaskedBytes = asBytes;

/** Masked bytes in another form, which `reshape` makes of them alone. */
export function reshapeMasked(bytes: MaskedBytes, reshape: (bytes: Uint8Array) => Uint8Array): MaskedBytes {
  return asBytes(reshape(bytes));
}

/** Masked bytes as text. */
export function decodeMasked(bytes: MaskedBytes): MaskedText {
  return asText(new TextDecoder().decode(bytes));
}

const lineFeed = 10;
const carriageReturn = 13;
const maskBytes = new TextEncoder().encode(secretMask);
const nothing = asBytes(new Uint8Array());

/** Masks one byte stream; each stream needs its own. */
export interface StreamRedactor {
  /** What can be shown now. Bytes that may be the start of a secret are held back. */
  push(bytes: Uint8Array): MaskedBytes;
  /**
   * What was held back; call it at the end only. A silence is no reason: a secret that is printed with
   * pauses would come out piece by piece.
   */
  flush(): MaskedBytes;
  /** True while bytes are held back. */
  readonly pending: boolean;
}

/** Knows the secrets of a run and masks them; secrets can be added while streams are open. */
export interface Redactor {
  /** False when the secret is too short to be looked for (under four bytes). */
  add(secret: string): boolean;
  /** False while there is no secret to mask. */
  readonly active: boolean;
  createStream(): StreamRedactor;
  redactText(text: string): MaskedText;
  /** True when the text holds a secret in any of its forms. */
  reveals(text: string): boolean;
}

/** The redactor of a run, which makes one and shares it. */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const patterns = new PatternTable();
  const redactor: Redactor = {
    add(secret) {
      const forms = secretForms(secret);
      for (const form of forms) patterns.add(form);
      return new TextEncoder().encode(secret).length >= shortestSecretBytes && forms.length > 0;
    },
    get active() {
      return patterns.size > 0;
    },
    createStream: () => new MaskingStream(patterns),
    redactText(text) {
      if (patterns.size === 0) return asText(text);
      const stream = new MaskingStream(patterns);
      const bytes = new TextEncoder().encode(text);
      return decodeMasked(asBytes(concatenate([stream.push(bytes), stream.flush()])));
    },
    reveals(text) {
      return patterns.size > 0 && patterns.occursIn(new TextEncoder().encode(text));
    },
  };
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

/** `none`, `partial` when the bytes ended before the pattern did, or the offset after the match. */
type Match = number | 'none' | 'partial';

class PatternTable {
  readonly #known = new Set<string>();
  readonly #byFirst: (Uint8Array[] | undefined)[] = new Array(256).fill(undefined);
  /** One bit for each pair of leading bytes: nearly every place in ordinary output is ruled out by it. */
  readonly #pairs = new Uint8Array(65536);

  get size(): number {
    return this.#known.size;
  }

  add(pattern: Uint8Array): void {
    const key = pattern.join();
    const [first, second] = pattern;
    if (first === undefined || second === undefined || this.#known.has(key)) return;
    this.#known.add(key);
    const list = this.#byFirst[first] ?? [];
    list.push(pattern);
    this.#byFirst[first] = list;
    for (const next of [second, lineFeed, carriageReturn]) this.#pairs[(first << 8) | next] = 1;
  }

  /** The longest match at `at`; `partial` when a longer one is still possible and more bytes may come. */
  longestAt(bytes: Uint8Array, at: number, isEnd: boolean): Match {
    const first = bytes[at] ?? 0;
    const candidates = this.#byFirst[first];
    if (candidates === undefined) return 'none';
    const next = bytes[at + 1];
    if (next !== undefined && this.#pairs[(first << 8) | next] === 0) return 'none';
    let longest: Match = 'none';
    for (const pattern of candidates) {
      const match = matchAt(bytes, at, pattern);
      if (match === 'partial') {
        if (!isEnd) return 'partial';
      } else if (match !== 'none' && (typeof longest !== 'number' || match > longest)) longest = match;
    }
    return longest;
  }

  occursIn(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; at++)
      if (typeof this.longestAt(bytes, at, true) === 'number') return true;
    return false;
  }
}

/**
 * Compares a pattern with the bytes at `at`. Line ends that the pattern does not have are passed over, for
 * encoders and terminals break long lines; not more than one for each 16 bytes, so that what is held back
 * stays bounded.
 */
function matchAt(bytes: Uint8Array, at: number, pattern: Uint8Array): Match {
  let position = at;
  let breaksLeft = 1 + (pattern.length >> 4);
  for (let index = 0; index < pattern.length; index++) {
    const wanted = pattern[index];
    if (position >= bytes.length) return 'partial';
    if (bytes[position] !== wanted) {
      if (index === 0 || breaksLeft === 0) return 'none';
      breaksLeft--;
      if (bytes[position] === carriageReturn) position++;
      if (position >= bytes.length) return 'partial';
      if (bytes[position] !== lineFeed) return 'none';
      position++;
      if (position >= bytes.length) return 'partial';
      if (bytes[position] !== wanted) return 'none';
    }
    position++;
  }
  return position;
}

class MaskingStream implements StreamRedactor {
  readonly #patterns: PatternTable;
  #held: Uint8Array = nothing;
  /** How many of the held bytes belong to a secret that already has its mask in the output. */
  #covered = 0;

  constructor(patterns: PatternTable) {
    this.#patterns = patterns;
  }

  get pending(): boolean {
    return this.#held.length > 0;
  }

  push(bytes: Uint8Array): MaskedBytes {
    if (this.#patterns.size === 0 && this.#held.length === 0) return asBytes(bytes);
    return this.#mask(this.#held.length === 0 ? bytes : concatenate([this.#held, bytes]), false);
  }

  flush(): MaskedBytes {
    return this.#held.length === 0 ? nothing : this.#mask(this.#held, true);
  }

  #mask(bytes: Uint8Array, isEnd: boolean): MaskedBytes {
    const output: Uint8Array[] = [];
    let shownTo = this.#covered;
    let coveredTo = this.#covered;
    let at = 0;
    for (; at < bytes.length; at++) {
      const match = this.#patterns.longestAt(bytes, at, isEnd);
      if (match === 'none') continue;
      if (match === 'partial') break;
      if (at >= coveredTo) {
        output.push(bytes.subarray(shownTo, at), maskBytes);
        coveredTo = match;
      } else coveredTo = Math.max(coveredTo, match);
      shownTo = coveredTo;
    }
    if (at > shownTo) output.push(bytes.subarray(shownTo, at));
    // A copy: a Buffer's own `slice` is a view of memory that the next read overwrites.
    this.#held = at < bytes.length ? new Uint8Array(bytes.subarray(at)) : nothing;
    this.#covered = Math.max(0, Math.min(coveredTo, bytes.length) - at);
    const [only = nothing] = output;
    return asBytes(output.length === 1 ? only : concatenate(output));
  }
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
