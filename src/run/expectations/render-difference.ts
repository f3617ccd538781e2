// Owns how an expected and an actual output are laid side by side, wildcards included.
import { type AlignedLine, alignLines } from './align-lines.ts';
import { comparedLines, isAnyLines, matchesLine } from './matches-output.ts';

/** The lines that are compared of each side, from the first that differs; the measure is quadratic. */
const comparedLimit = 300;
const shownLimit = 60;
const lineLimit = 200;
const contextLines = 3;

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
  const lines = grouped(
    alignLines(wanted.slice(start, start + comparedLimit), found.slice(start, start + comparedLimit)),
  );
  const shown = withoutDistantLines(lines);
  if (start > 0) shown.unshift('…');
  const isCut = wanted.length > start + comparedLimit || found.length > start + comparedLimit;
  if (shown.length > shownLimit) return [...shown.slice(0, shownLimit), '…'].join('\n');
  return (isCut ? [...shown, '…'] : shown).join('\n');
}

/** What was expected stands before what was printed, in each stretch that differs. */
function grouped(lines: readonly AlignedLine[]): AlignedLine[] {
  const result: AlignedLine[] = [];
  let printed: AlignedLine[] = [];
  for (const line of lines) {
    if (line.mark === '+') printed.push(line);
    else if (line.mark === '-') result.push(line);
    else {
      result.push(...printed, ...(line.mark === 'none' ? [] : [line]));
      printed = [];
    }
  }
  return [...result, ...printed];
}

function withoutDistantLines(lines: readonly AlignedLine[]): string[] {
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
