// Owns whether a form of a secret stands at a place of an output, as whoever reads it sees the output.
import { endOfInvisible } from './end-of-invisible.ts';

/** `none`, `partial` when the bytes ended before the form did, or the offset after the match. */
export type Match = number | 'none' | 'partial';

/** How much of a form was looked at before it did not match: no form that begins in the same way does, either. */
export interface LookedAt {
  bytes: number;
}

/** Where something was passed over, how long the form is has a say in it, and nothing is known of others. */
const nothingKnown = Number.POSITIVE_INFINITY;

const backspace = 8;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;
const underscore = 95;

/** Indentation after a line end, in bytes. */
const deepestIndentation = 64;
/** Characters that a program takes back at once. */
const longestErased = 8;
/** Bytes of what shows nothing: between two bytes of a form, and on average; a longer sequence counts as a short one. */
const invisibleInGap = 512;
const invisibleEach = 64;

/**
 * Compares a form with the bytes at `at`. What shows nothing is passed over, characters that backspaces take back too,
 * and line ends with the indentation behind them, for encoders, terminals and people break long lines; not more than
 * one line end for each 16 bytes, so that what is held back stays bounded. A blank of the form may have become a line end.
 */
export function matchSecret(bytes: Uint8Array, at: number, form: Uint8Array, looked: LookedAt): Match {
  let position = at;
  let index = 0;
  let isPlain = true;
  looked.bytes = nothingKnown;
  let breaksLeft = 1 + (form.length >> 4);
  let gapLeft = invisibleInGap;
  let invisibleLeft = invisibleInGap + invisibleEach * form.length;
  while (index < form.length) {
    const byte = bytes[position];
    if (byte === undefined) return 'partial';
    const wanted = form[index] ?? 0;
    if (byte === wanted) {
      index++;
      position++;
      gapLeft = invisibleInGap;
      continue;
    }
    if (isPlain) looked.bytes = index + 1;
    // Nothing stands between the bytes of one character.
    if (index === 0 || isContinuation(wanted)) return 'none';
    const before = position;
    if (byte === backspace) {
      index = startOfCharacter(form, index - 1);
      if (index === 0) return 'none';
      position++;
    } else if (isLineEnd(bytes, position)) {
      breaksLeft--;
      if (breaksLeft < 0) return 'none';
      position = endOfBreak(bytes, position);
      while (form[index] === blank) index++;
    } else {
      const end = endOfInvisible(bytes, position);
      if (end === 'partial') return end;
      position = end === 'none' ? endOfErased(bytes, position) : end;
      if (position === before) return 'none';
    }
    const passed = Math.min(position - before, invisibleEach);
    gapLeft -= passed;
    invisibleLeft -= passed;
    isPlain = false;
    looked.bytes = nothingKnown;
    if (gapLeft < 0 || invisibleLeft < 0) return 'none';
  }
  return position;
}

/** So much of a secret may be shown at the end of a line that the rest of it is not in. */
const longestShownStart = 2;

/**
 * The offset behind the line end that comes after at most two shown bytes from `at` on; undefined where none does. Nearly
 * every line ends with what could be the start of some form: it is not held back for that.
 */
export function endOfShortStart(bytes: Uint8Array, at: number): number | undefined {
  let position = at;
  for (let shown = 0; shown <= longestShownStart; ) {
    const byte = bytes[position];
    if (byte === lineFeed && shown > 0) return position + 1;
    if (byte === carriageReturn && bytes[position + 1] === lineFeed && shown > 0) return position + 2;
    const end = endOfInvisible(bytes, position);
    if (end === 'partial') return undefined;
    position = end === 'none' ? position + 1 : end;
    if (end === 'none') shown++;
  }
  return undefined;
}

/** True of bytes that may follow the first one of a form without being its second; a typewriter underlines with `_`. */
export function mayStandBetween(byte: number): boolean {
  return (byte < blank && byte !== tab) || byte >= 0x7f || byte === underscore;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function startOfCharacter(form: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && isContinuation(form[start] ?? 0)) start--;
  return start;
}

/** A line editor goes on to the next line with a blank and a return. */
function isLineEnd(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return byte === lineFeed || byte === carriageReturn || (byte === blank && bytes[at + 1] === carriageReturn);
}

function endOfBreak(bytes: Uint8Array, at: number): number {
  let end = bytes[at] === blank ? at + 1 : at;
  while (bytes[end] === carriageReturn) end++;
  if (bytes[end] === lineFeed) end++;
  const deepest = end + deepestIndentation;
  while (end < deepest && (bytes[end] === blank || bytes[end] === tab)) end++;
  return end;
}

/** The offset behind characters that as many backspaces follow; `at` itself where none do. */
function endOfErased(bytes: Uint8Array, at: number): number {
  let end = at;
  let characters = 0;
  while (end < bytes.length && bytes[end] !== backspace && characters <= longestErased) {
    if (!isContinuation(bytes[end] ?? 0)) characters++;
    end++;
  }
  for (; characters > 0; characters--) if (bytes[end++] !== backspace) return at;
  return end;
}
