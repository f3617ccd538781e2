// Owns text taken out of code that knows where in the code each of its characters stands.
import { firstPieceFrom } from '../shell/reader/read-shell.ts';
import type { ShellCode, ShellPiece, ShellWord } from '../shell/reader/shell-code.ts';

interface Segment {
  readonly start: number;
  readonly place: number;
}

/** Text without its quotes, in segments that stand in the code as they are. */
export class PlacedText {
  readonly text: string;
  /** Just behind it in the code, quotes included. */
  readonly end: number;
  readonly #segments: readonly Segment[];

  constructor(text: string, segments: readonly Segment[] = [{ start: 0, place: 0 }], end = text.length) {
    this.text = text;
    this.#segments = segments;
    this.end = end;
  }

  /** The offset in the code of the character at the offset. */
  placeOf(offset: number): number {
    let found: Segment = this.#segments[0] ?? { start: 0, place: 0 };
    for (const segment of this.#segments) {
      if (segment.start > offset) break;
      found = segment;
    }
    return found.place + offset - found.start;
  }

  /** The text from the offset on. */
  from(offset: number): PlacedText {
    if (offset === 0) return this;
    const inside = this.#segments.filter(({ start }) => start > offset);
    const segments = [
      { start: 0, place: this.placeOf(offset) },
      ...inside.map(({ start, place }) => ({ start: start - offset, place })),
    ];
    return new PlacedText(this.text.slice(offset), segments, this.end);
  }

  /** The texts, one after the other, with a blank between them. */
  static joined(texts: readonly PlacedText[]): PlacedText {
    const segments: Segment[] = [];
    let text = '';
    for (const part of texts) {
      if (text !== '') text += ' ';
      for (const { start, place } of part.#segments) segments.push({ start: start + text.length, place });
      text += part.text;
    }
    return new PlacedText(text, segments, texts.at(-1)?.end);
  }

  /** Another text that was read of this one, in places of the code that this one was read of. */
  within(inner: PlacedText): PlacedText {
    const segments = inner.#segments.flatMap(({ start, place }, index) => {
      const end = inner.#segments[index + 1]?.start ?? inner.text.length;
      const first = { start, place: this.placeOf(place) };
      const inside = this.#segments.filter((own) => own.start > place && own.start < place + end - start);
      return [first, ...inside.map((own) => ({ start: start + own.start - place, place: own.place }))];
    });
    return new PlacedText(inner.text, segments, this.placeOf(Math.max(0, inner.end - 1)) + 1);
  }

  /** A stretch of shell code, as it stands. */
  static slice(code: string, start: number, end: number): PlacedText {
    return new PlacedText(code.slice(start, end), [{ start: 0, place: start }], end);
  }

  /** A word of shell code without its quotes; expansions stay as they are written. */
  static ofWord({ code, pieces }: ShellCode, word: ShellWord): PlacedText {
    const segments: Segment[] = [];
    let text = '';
    for (let index = firstPieceFrom(pieces, word.start); index < pieces.length; index += 1) {
      const piece = pieces[index];
      if (piece === undefined || piece.start >= word.end) break;
      const isOwn = piece.word === word || piece.kind === 'space';
      const [from, to] = isOwn ? textOf(code, piece) : [piece.start, piece.end];
      if (from >= to) continue;
      segments.push({ start: text.length, place: from });
      text += code.slice(from, to);
    }
    if (segments.length === 0) segments.push({ start: 0, place: word.start });
    return new PlacedText(text, segments, word.end);
  }
}

/** Where the text of a piece stands: without quotes, backslashes and the ends of continued lines. */
function textOf(code: string, { kind, start, end }: ShellPiece): readonly [number, number] {
  if (kind === 'quote') return [start, start];
  if (kind === 'space') return code[start] === '\\' ? [start, start] : [start, end];
  if (kind !== 'escape') return [start, end];
  return code[start + 1] === '\n' ? [start, start] : [start + 1, end];
}
