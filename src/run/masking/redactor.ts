// Owns masking secrets in bytes and text, across chunk borders, and the types of what is masked.
import { coloursIn } from './colours-in.ts';
import { endOfShortStart } from './match-secret.ts';
import { PatternTable } from './pattern-table.ts';
import { secretForms } from './secret-forms.ts';
import { shortestSecretBytes } from './why-not-masked.ts';

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
  /** Whether each secret that was added is looked for. Runs add the same ones with every block, and forms are many. */
  const added = new Map<string, boolean>();
  const redactor: Redactor = {
    add(secret) {
      const known = added.get(secret);
      if (known !== undefined) return known;
      const forms = secretForms(secret);
      for (const form of forms) patterns.add(form);
      const isLookedFor = new TextEncoder().encode(secret).length >= shortestSecretBytes && forms.length > 0;
      added.set(secret, isLookedFor);
      return isLookedFor;
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

class MaskingStream implements StreamRedactor {
  readonly #patterns: PatternTable;
  #held: Uint8Array = nothing;
  /** How many of the held bytes belong to a secret that already has its mask in the output. */
  #covered = 0;
  /** How many of them are in the output, masked or not. */
  #shown = 0;

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
    let shownTo = this.#shown;
    let coveredTo = this.#covered;
    const show = (to: number): void => {
      if (to > shownTo) output.push(bytes.subarray(shownTo, to));
      shownTo = Math.max(shownTo, to);
    };
    const patterns = this.#patterns;
    let at = patterns.nextCandidate(bytes, 0);
    for (; at < bytes.length; at = patterns.nextCandidate(bytes, at + 1)) {
      const match = patterns.longestAt(bytes, at, isEnd);
      if (match === 'none') continue;
      const start = at >= coveredTo ? (endOfShortStart(bytes, at) ?? at) : at;
      if (match === 'partial') {
        show(start);
        break;
      }
      if (at >= coveredTo) {
        show(Math.min(start, match));
        output.push(maskBytes);
      }
      if (match > coveredTo) {
        output.push(...coloursIn(bytes.subarray(Math.max(start, coveredTo), match)));
        coveredTo = match;
      }
      shownTo = Math.max(shownTo, coveredTo);
    }
    show(at);
    // A copy: a Buffer's own `slice` is a view of memory that the next read overwrites.
    this.#held = at < bytes.length ? new Uint8Array(bytes.subarray(at)) : nothing;
    this.#covered = Math.max(0, Math.min(coveredTo, bytes.length) - at);
    this.#shown = Math.max(0, Math.min(shownTo, bytes.length) - at);
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
