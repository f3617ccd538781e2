// Owns the comments that open and close what the tool writes into a document.
import type { Address, RunId } from '../../basics/address.ts';
import { address, runId } from '../../basics/address.ts';

/** What an opening comment says. */
export interface ResultMarker {
  readonly address: Address;
  /** The run that wrote it; absent in documents of version 0.1.0. */
  readonly run?: RunId;
  /** Digest of the code that ran, 12 hexadecimal digits; absent where none did. */
  readonly code?: string;
  /** The author's own marks of a checklist, one character an item; see `encodeMarks`. */
  readonly marks?: string;
}

export const resultEnd = '<!-- /runsheet:result -->';
export const logStart = '<!-- runsheet:log -->';
export const logEnd = '<!-- /runsheet:log -->';

const resultPattern =
  /^<!-- runsheet:result (\S+)(?: run=([\w-]+))?(?: code=([0-9a-f]{12}))?(?: marks=([_tnrxX]+))? -->$/;

/** The comment that opens the result region of `marker.address`. */
export function resultStart(marker: ResultMarker): string {
  const facts = Object.entries({ run: marker.run, code: marker.code, marks: marker.marks }).flatMap(
    ([name, value]) => (value ? [` ${name}=${value}`] : []),
  );
  return `<!-- runsheet:result ${encodeAddress(marker.address)}${facts.join('')} -->`;
}

/** Reads an opening comment as `resultStart` makes it, blanks around it ignored; else `undefined`. */
export function parseResultStart(text: string): ResultMarker | undefined {
  const [, name, run, code, marks] = resultPattern.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  return {
    address: address(decodeAddress(name)),
    ...(run !== undefined && { run: runId(run) }),
    ...(code !== undefined && { code }),
    ...(marks !== undefined && { marks }),
  };
}

/**
 * An address holds what a heading or a `name` attribute holds; what would end the comment or split the word is
 * written as a percent escape of UTF-8.
 */
function encodeAddress(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f<>%]/gu, (character) => encodeURIComponent(character));
}

function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const markOfByte: Readonly<Record<number, string>> = {
  32: '_',
  9: 't',
  10: 'n',
  13: 'r',
  120: 'x',
  88: 'X',
};

const byteOfMark: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(markOfByte).map(([byte, mark]) => [mark, Number(byte)]),
);

/** Writes the bytes between a checklist's brackets as one word: `_` for a blank, `t`, `n`, `r`, `x`, `X`. */
export function encodeMarks(bytes: readonly number[]): string {
  return bytes.map((byte) => markOfByte[byte] ?? '_').join('');
}

/** The bytes that `encodeMarks` was given. */
export function decodeMarks(marks: string): readonly number[] {
  return [...marks].map((mark) => byteOfMark[mark] ?? 0x20);
}

/** Whether a mark byte is a tick. */
export function isTick(byte: number | undefined): boolean {
  return byte === 0x78 || byte === 0x58;
}

/** Makes marker text inside foreign text harmless, for readers as for the tool, and leaves it legible. */
export function neutraliseMarkers(text: string): string {
  return text.replace(/<(?=!--\s*\/?\s*runsheet:)/giu, '<\\');
}
