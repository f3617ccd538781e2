// Owns the author's bytes and the only conversions between them and text.
import type { Diagnostic } from './diagnostic.ts';
import { findDeepNesting } from './find-deep-nesting.ts';
import { findInvalidUtf8 } from './find-invalid-utf8.ts';
import type { LineIndex } from './line-index.ts';
import { indexLines } from './line-index.ts';
import { span } from './span.ts';

/**
 * A file as its author wrote it. `text` is the decoded content without a byte-order mark; every position the
 * tool keeps is a byte offset of `bytes`, and `toByteOffset` is the only way from the one to the other.
 */
export interface SourceFile {
  /** As the user named it; used in messages only. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Decoded content, byte-order mark removed. */
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  /** The newline that the file's first line ends with; `\n` where there is none. */
  readonly newline: '\n' | '\r\n' | '\r';
  readonly lines: LineIndex;
  /** From a UTF-16 offset of `text` to a byte offset of `bytes`. */
  readonly toByteOffset: (textOffset: number) => number;
}

/** A file that was read, with what stands in the way of reading it as text. */
export interface DecodedSource {
  readonly source: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads bytes as UTF-8. Never throws: bytes that are no UTF-8, or that hold a NUL, give an error at the first
 * bad byte and a source whose text is empty and whose bytes are kept; so does text that is nested beyond all reason.
 */
export function decodeSource(path: string, bytes: Uint8Array): DecodedSource {
  const markLength = startsWithByteOrderMark(bytes) ? 3 : 0;
  const lines = indexLines(bytes, markLength);
  const undecodable = whyUnreadable(bytes);
  const decoded =
    undecodable === undefined
      ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(markLength))
      : '';
  const diagnostic = undecodable ?? whyTooDeep(decoded, markLength);
  const text = diagnostic === undefined ? decoded : '';
  return {
    source: {
      path,
      bytes,
      text,
      hasByteOrderMark: markLength > 0,
      newline: firstNewline(text),
      lines,
      toByteOffset: makeByteOffsets(text, bytes.length, markLength),
    },
    diagnostics: diagnostic === undefined ? [] : [diagnostic],
  };
}

function startsWithByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function whyUnreadable(bytes: Uint8Array): Diagnostic | undefined {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) {
    return {
      code: 'not-utf8',
      severity: 'error',
      message: 'the file is encoded as UTF-16',
      span: span(0, 2),
      help: 'save it as UTF-8',
    };
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    return {
      code: 'binary-file',
      severity: 'error',
      message: 'the file holds a NUL byte, so it is not valid text',
      span: span(nul, nul + 1),
    };
  }
  const invalid = findInvalidUtf8(bytes);
  if (invalid !== undefined) {
    const shown = (bytes[invalid] ?? 0).toString(16).padStart(2, '0');
    return {
      code: 'not-utf8',
      severity: 'error',
      message: `byte 0x${shown} is not valid UTF-8 here`,
      span: span(invalid, Math.min(invalid + 1, bytes.length)),
      help: 'save the file as UTF-8',
    };
  }
  return undefined;
}

function whyTooDeep(text: string, markLength: number): Diagnostic | undefined {
  const line = findDeepNesting(text);
  if (line === undefined) return undefined;
  const bytesBefore = new TextEncoder().encode(text.slice(0, line.start)).length + markLength;
  return {
    code: 'nested-too-deeply',
    severity: 'error',
    message: 'lists and quotes are nested too deeply to be read',
    span: span(bytesBefore, bytesBefore + line.length),
    help: 'a line can be in at most 100 of them, the last marker before column 500',
  };
}

function firstNewline(text: string): '\n' | '\r\n' | '\r' {
  const found = /\r\n|\n|\r/.exec(text)?.[0];
  return found === '\r\n' || found === '\r' ? found : '\n';
}

/** Distance in UTF-16 units between remembered offsets: bounds both memory and the walk of one answer. */
const stride = 256;

/**
 * Makes the conversion of offsets. Text of ASCII alone is shifted by the byte-order mark and no more; otherwise
 * the byte offset of every 256th unit is remembered on the first question, so that an answer costs a short walk
 * however long the lines are. An offset inside a surrogate pair is that of the whole character.
 */
function makeByteOffsets(
  text: string,
  byteLength: number,
  markLength: number,
): (textOffset: number) => number {
  if (text.length === byteLength - markLength) {
    return (textOffset) => markLength + clamp(textOffset, text.length);
  }
  let remembered: Uint32Array | undefined;
  return (textOffset) => {
    const offset = clamp(textOffset, text.length);
    remembered ??= rememberByteOffsets(text, markLength);
    let byteOffset = remembered[Math.floor(offset / stride)] ?? markLength;
    for (let index = offset - (offset % stride); index < offset; index += 1) {
      byteOffset += byteWidth(text.charCodeAt(index));
    }
    return byteOffset;
  };
}

/** Counted by pieces, which the encoder does much faster than units are counted one by one. */
function rememberByteOffsets(text: string, markLength: number): Uint32Array {
  const remembered = new Uint32Array(Math.floor(text.length / stride) + 1);
  let byteOffset = markLength;
  for (let index = 0; index < remembered.length; index += 1) {
    remembered[index] = byteOffset;
    byteOffset += byteLengthOf(text, index * stride, (index + 1) * stride);
  }
  return remembered;
}

const encoder = new TextEncoder();

/** Bytes of a piece of well-formed text, where a pair that is cut counts as by `byteWidth`. */
function byteLengthOf(text: string, start: number, end: number): number {
  const isCutBefore = isSecondOfPair(text, start);
  const length = encoder.encode(
    text.slice(isCutBefore ? start + 1 : start, isSecondOfPair(text, end) ? end - 1 : end),
  ).length;
  return isCutBefore ? length + 4 : length;
}

function isSecondOfPair(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Bytes that a UTF-16 unit adds in UTF-8; a surrogate pair's four are counted at its second unit. */
function byteWidth(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit >= 0xd800 && unit <= 0xdbff) return 0;
  if (unit >= 0xdc00 && unit <= 0xdfff) return 4;
  return 3;
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
