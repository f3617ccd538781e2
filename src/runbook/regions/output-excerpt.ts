// Owns how much of a long output a document shows, and how the rest is named.
import { neutraliseMarkers } from './result-marker.ts';
import { screenLines } from './screen-lines.ts';

/** What is known of an output; `altered` where what is kept of it is not what was printed. */
export type OutputExcerpt = OutputEnds | 'altered';

/** What is said instead of an output that is `altered`. */
export const alteredWords = 'Its stored output is not what was recorded, and is not shown.';

/** The beginning of an output, its end, and how much there was. */
export interface OutputEnds {
  /** The first bytes; all of them when there is no tail. */
  readonly head: Uint8Array;
  /** The last bytes; absent when `head` is everything. */
  readonly tail?: Uint8Array;
  readonly totalBytes: number;
  /** Number of newline characters in all of it. */
  readonly totalLines: number;
  /** Where a reader finds all of it, such as a command that shows it. */
  readonly whole?: string;
}

export interface ExcerptLimits {
  readonly headLines: number;
  readonly tailLines: number;
  /** Of both ends together; a third is for the head. */
  readonly bytes: number;
  /** Characters of one line. */
  readonly lineLength: number;
}

/** Both ends are kept because a program says what it does first and what went wrong last. */
export const excerptLimits: ExcerptLimits = { headLines: 30, tailLines: 70, bytes: 16_384, lineLength: 400 };

/** Bytes of head and of tail that are worth reading from a stored output under the limits. */
export const excerptReadBytes = { head: 16_384, tail: 49_152 } as const;

/** The lines of an output as a document may show them: plain, harmless and bounded. */
export function excerptLines(output: OutputEnds, limits: ExcerptLimits = excerptLimits): string[] {
  const tail = output.tail ?? new Uint8Array(0);
  const gap = output.totalBytes > output.head.length + tail.length;
  const cut = (line: string): string => neutraliseMarkers(shorten(line, limits.lineLength));
  const first = screenLines(decode(gap ? withoutHalfAtEnd(output.head) : joined(output.head, tail)));
  const last = gap ? screenLines(decode(withoutHalfAtStart(tail))) : [];
  if (gap) {
    // A line that the gap runs through is half a line and would read as a whole one.
    if (first.length > 1) first.pop();
    if (last.length > 1) last.shift();
  }
  const top = first.map(cut);
  const bottom = last.map(cut);
  if (!gap && top.length <= limits.headLines + limits.tailLines && byteLength(top) <= limits.bytes)
    return top;

  const headBytes = Math.floor(limits.bytes / 3);
  const head = takeFirst(top, limits.headLines, headBytes);
  const rest = gap ? bottom : top.slice(head.length);
  const end = takeFirst(rest.reverse(), limits.tailLines, limits.bytes - headBytes).reverse();
  return [...head, whatIsMissing(output), ...end];
}

function whatIsMissing(output: OutputEnds): string {
  const lines = `${count(output.totalLines)} ${output.totalLines === 1 ? 'line' : 'lines'}`;
  const where = output.whole === undefined ? '' : `; whole output: ${output.whole}`;
  return `[… shortened here, ${roundBytes(output.totalBytes)} in ${lines}${where} …]`;
}

/** As many items from the start as both limits allow. */
function takeFirst(lines: readonly string[], limit: number, bytes: number): string[] {
  const taken: string[] = [];
  let size = 0;
  for (const line of lines.slice(0, limit)) {
    size += byteLength([line]);
    if (size > bytes) break;
    taken.push(line);
  }
  return taken;
}

function shorten(line: string, limit: number): string {
  if (line.length <= limit) return line;
  const characters = [...line];
  if (characters.length <= limit) return line;
  return `${characters.slice(0, limit).join('')}… [${count(characters.length - limit)} more characters]`;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (tail.length === 0) return head;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

/** Takes off the beginning of a character that the gap cut in two; what was malformed all along stays. */
function withoutHalfAtEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const wanted = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return wanted > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function withoutHalfAtStart(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start);
}

/** Malformed UTF-8 becomes U+FFFD; a byte-order mark is a character like others here. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function byteLength(lines: readonly string[]): number {
  let size = 0;
  for (const line of lines) {
    size += 1;
    for (let index = 0; index < line.length; index += 1) {
      const unit = line.charCodeAt(index);
      size += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
    }
  }
  return size;
}

/** `12,345`, the same in every locale. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, ',');
}

/** `512 bytes`, `1.2 kB`, `100 MB`: SI units, two significant digits below ten. */
export function roundBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes;
  let unit = 'bytes';
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
