// Owns how an expected and an actual output are laid side by side, wildcards included; knows no colours and no blocks.
import { comparedLines, isAnyLines, matchesLine } from './match-output.ts';

/** The lines that are compared of each side, from the first that differs; the measure is quadratic. */
const comparedLimit = 300;
const shownLimit = 60;
const lineLimit = 200;
const contextLines = 3;

interface Line {
  /** Blank for a line that is as expected, as in a unified difference. */
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * The difference as a unified one writes it: `-` before what was expected and is not there, `+` before what is
 * there and was not expected, three lines around each, `…` where lines are left out. Bounded, whatever the texts.
 */
export function renderDifference(expected: string, actual: string): string {
  const wanted = comparedLines(expected);
  const found = comparedLines(actual);
  let same = 0;
  while (
    same < wanted.length &&
    same < found.length &&
    !isAnyLines(wanted[same] ?? '') &&
    matchesLine(wanted[same] ?? '', found[same] ?? '')
  )
    same += 1;
  const start = Math.max(0, same - contextLines);
  const lines = align(wanted.slice(start, start + comparedLimit), found.slice(start, start + comparedLimit));
  const shown = withoutDistantLines(lines);
  if (start > 0) shown.unshift('…');
  const isCut = wanted.length > start + comparedLimit || found.length > start + comparedLimit;
  if (shown.length > shownLimit) return [...shown.slice(0, shownLimit), '…'].join('\n');
  return (isCut ? [...shown, '…'] : shown).join('\n');
}

/** The fewest lines marked: the classic table of distances from every place to both ends. */
function align(wanted: readonly string[], found: readonly string[]): Line[] {
  const width = found.length + 1;
  const costs = new Uint32Array((wanted.length + 1) * width);
  const cost = (row: number, column: number): number => costs[row * width + column] ?? 0;
  for (let row = wanted.length; row >= 0; row -= 1) {
    const pattern = wanted[row];
    for (let column = found.length; column >= 0; column -= 1) {
      const line = found[column];
      let least = 0;
      if (pattern === undefined) least = found.length - column;
      else if (isAnyLines(pattern))
        least = Math.min(
          cost(row + 1, column),
          line === undefined ? Number.MAX_SAFE_INTEGER : cost(row, column + 1),
        );
      else if (line === undefined) least = 1 + cost(row + 1, column);
      else if (matchesLine(pattern, line)) least = cost(row + 1, column + 1);
      else least = 1 + Math.min(cost(row + 1, column), cost(row, column + 1));
      costs[row * width + column] = least;
    }
  }
  const lines: Line[] = [];
  let row = 0;
  let column = 0;
  while (row < wanted.length || column < found.length) {
    const pattern = wanted[row];
    const line = found[column];
    const here = cost(row, column);
    if (pattern !== undefined && isAnyLines(pattern)) {
      if (line === undefined || here === cost(row + 1, column)) row += 1;
      else {
        lines.push({ mark: ' ', text: line });
        column += 1;
      }
    } else if (pattern !== undefined && line !== undefined && matchesLine(pattern, line)) {
      lines.push({ mark: ' ', text: line });
      row += 1;
      column += 1;
    } else if (pattern !== undefined && here === 1 + cost(row + 1, column)) {
      lines.push({ mark: '-', text: pattern });
      row += 1;
    } else {
      lines.push({ mark: '+', text: line ?? '' });
      column += 1;
    }
  }
  return lines;
}

function withoutDistantLines(lines: readonly Line[]): string[] {
  const shown: string[] = [];
  let isGap = false;
  for (const [index, { mark, text }] of lines.entries()) {
    const around = lines.slice(Math.max(0, index - contextLines), index + contextLines + 1);
    if (around.every((line) => line.mark === ' ')) {
      if (!isGap) shown.push('…');
      isGap = true;
      continue;
    }
    isGap = false;
    const cut = text.length > lineLimit ? `${[...text].slice(0, lineLimit).join('')}…` : text;
    shown.push(`${mark}${cut}`);
  }
  return shown;
}
