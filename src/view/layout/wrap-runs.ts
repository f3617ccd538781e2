// Owns how styled text is broken into lines of a width.
import { displayWidth, fitText, graphemes } from '../../text/display-width.ts';
import { lineWidth, noStyle, type Style, type StyledLine, type StyledRun, styled } from './styled-line.ts';

/** What stands before the first line and before each further one. */
export interface Indent {
  readonly first: StyledLine;
  readonly rest: StyledLine;
}

/** Nothing stands before any line. */
export const noIndent: Indent = { first: [], rest: [] };

/** Pieces that stay together on one line, and whether a blank stood before them. */
interface Word {
  readonly pieces: StyledRun[];
  width: number;
  readonly spaced: boolean;
  /** A forced line break stands before it. */
  readonly broken: boolean;
}

/** Characters that may not begin a line in Chinese and Japanese; they stay with what is before them. */
const closing = /^[、。，．・：；！？）」』】〉》〕］｝”’…]/u;

/**
 * Breaks runs into lines at most `width` columns wide, indents included. Blanks between words collapse; `\n` in
 * a run breaks the line; a word that is longer than a line is cut; between wide characters any place will do.
 */
export function wrapRuns(runs: readonly StyledRun[], width: number, indent: Indent = noIndent): StyledLine[] {
  const lines: StyledRun[][] = [];
  let line: StyledRun[] = [...indent.first];
  let used = lineWidth(line);
  let empty = true;
  const next = (): void => {
    lines.push(line);
    line = [...indent.rest];
    used = lineWidth(line);
    empty = true;
  };
  for (const word of splitWords(runs)) {
    if (word.broken) next();
    const blank = word.spaced && !empty ? 1 : 0;
    if (!empty && used + blank + word.width > width) next();
    else if (blank > 0) {
      append(line, styled(' ', sharedStyle(line.at(-1), word.pieces[0])));
      used += 1;
    }
    if (used + word.width <= width) {
      for (const piece of word.pieces) append(line, piece);
      used += word.width;
      if (word.width > 0) empty = false;
      continue;
    }
    for (const piece of word.pieces) {
      for (const grapheme of graphemes(piece.text)) {
        const columns = displayWidth(grapheme);
        if (!empty && used + columns > width) next();
        append(line, { ...piece, text: grapheme });
        used += columns;
        empty = false;
      }
    }
  }
  lines.push(line);
  return lines;
}

/**
 * The line cut into pieces at most `width` columns wide, none of its characters left out; for code, where blanks
 * matter. It is cut behind a blank where there is one in the second half, else where the edge falls. `mark` stands
 * before each further piece.
 */
export function cutLine(line: StyledLine, width: number, mark: StyledLine = []): StyledLine[] {
  const markWidth = lineWidth(mark);
  if (width < markWidth + 2 || lineWidth(line) <= width) return [line];
  const cells = line.flatMap(({ text, style, href }) =>
    graphemes(text).map((grapheme) => ({
      piece: { text: grapheme, style, ...(href !== undefined && { href }) },
      columns: displayWidth(grapheme),
    })),
  );
  const lines: StyledLine[] = [];
  for (let from = 0; from < cells.length; ) {
    const before = lines.length === 0 ? [] : mark;
    const room = lines.length === 0 ? width : width - markWidth;
    let to = from;
    let used = 0;
    let blank = from;
    for (; to < cells.length && used + (cells[to]?.columns ?? 0) <= room; to += 1) {
      used += cells[to]?.columns ?? 0;
      if (cells[to]?.piece.text === ' ' && used > room / 2) blank = to + 1;
    }
    if (to < cells.length && blank > from) to = blank;
    const pieces: StyledRun[] = [...before];
    for (const { piece } of cells.slice(from, Math.max(to, from + 1))) append(pieces, piece);
    lines.push(pieces);
    from = Math.max(to, from + 1);
  }
  return lines;
}

/** The beginning of a line that fits, with `ellipsis` at its end where something was left out. */
export function fitLine(line: StyledLine, width: number, ellipsis: string): StyledLine {
  if (lineWidth(line) <= width) return line;
  const kept: StyledRun[] = [];
  let room = width;
  for (const piece of line) {
    const columns = displayWidth(piece.text);
    // What follows does not fit; so this piece gives up a place for the ellipsis.
    if (columns >= room) {
      kept.push({ ...piece, text: fitText(`${piece.text}${ellipsis} `, room, ellipsis) });
      return kept;
    }
    kept.push(piece);
    room -= columns;
  }
  return kept;
}

function splitWords(runs: readonly StyledRun[]): Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  let spaced = false;
  let broken = false;
  let afterWide = false;
  const begin = (): Word => {
    const begun: Word = { pieces: [], width: 0, spaced, broken };
    words.push(begun);
    spaced = false;
    broken = false;
    return begun;
  };
  for (const piece of runs) {
    for (const part of piece.text.split(/(\n|[ \t]+)/)) {
      if (part === '') continue;
      if (part === '\n') {
        // Each break belongs to a word, so that two in a row leave an empty line.
        if (broken) begin();
        broken = true;
        word = undefined;
      } else if (/^[ \t]/.test(part)) {
        spaced = true;
        word = undefined;
      } else {
        for (const { text, wide } of splitAtWide(part)) {
          if (word === undefined || ((wide || afterWide) && !closing.test(text))) word = begin();
          append(word.pieces, { ...piece, text });
          word.width += displayWidth(text);
          afterWide = wide;
        }
      }
    }
  }
  return words;
}

/** Runs of narrow characters in one piece, each wide character alone: a line may end on either side of it. */
function splitAtWide(text: string): { readonly text: string; readonly wide: boolean }[] {
  if (displayWidth(text) === text.length) return [{ text, wide: false }];
  const parts: { text: string; wide: boolean }[] = [];
  for (const grapheme of graphemes(text)) {
    const wide = displayWidth(grapheme) > 1;
    const last = parts.at(-1);
    if (last && !last.wide && !wide) last.text += grapheme;
    else parts.push({ text: grapheme, wide });
  }
  return parts;
}

function append(line: StyledRun[], piece: StyledRun): void {
  const last = line.at(-1);
  if (last && last.style === piece.style && last.href === piece.href) {
    line[line.length - 1] = { ...last, text: last.text + piece.text };
  } else line.push(piece);
}

/** The style of a blank between two pieces: theirs where they agree, so that an underline is not torn. */
function sharedStyle(left: StyledRun | undefined, right: StyledRun | undefined): Style {
  return left && right && left.style === right.style ? left.style : noStyle;
}
