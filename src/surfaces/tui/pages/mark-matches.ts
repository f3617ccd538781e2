// Owns marking what a search has found in the lines that are on the screen.
import { type StyledLine, type StyledRun, unstyledText } from '../../../view/layout/styled-line.ts';

/** Whether a letter's case counts is up to the one who searches: it does where they typed a capital. */
function placesOf(line: string, text: string): readonly number[] {
  const isFolded = text === text.toLowerCase();
  const held = isFolded ? line.toLowerCase() : line;
  const places: number[] = [];
  if (text === '' || held.length !== line.length) return places;
  for (let at = held.indexOf(text); at >= 0; at = held.indexOf(text, at + text.length)) places.push(at);
  return places;
}

/** The line with every match on a full ground. */
export function markMatches(line: StyledLine, text: string): StyledLine {
  const places = placesOf(unstyledText(line), text);
  if (places.length === 0) return line;
  let offset = 0;
  return line.flatMap((run) => {
    const from = offset;
    offset += run.text.length;
    return splitRun(run, from, places, text.length);
  });
}

function splitRun(run: StyledRun, from: number, places: readonly number[], length: number): StyledRun[] {
  const parts: StyledRun[] = [];
  let at = 0;
  const cut = (to: number, isMatch: boolean): void => {
    if (to <= at) return;
    const style = isMatch ? { ...run.style, inverse: true } : run.style;
    parts.push({ ...run, text: run.text.slice(at, to), style });
    at = to;
  };
  for (const place of places) {
    cut(Math.min(run.text.length, place - from), false);
    cut(Math.min(run.text.length, place + length - from), true);
  }
  cut(run.text.length, false);
  return parts;
}

const sequence = /(\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\))/;

/** A line that is painted already, with every match on a full ground. */
export function markPainted(line: string, text: string): string {
  const parts = line.split(sequence);
  const plain = parts.filter((_, index) => index % 2 === 0).join('');
  const marked = new Set(
    placesOf(plain, text).flatMap((place) =>
      Array.from({ length: text.length }, (_, index) => place + index),
    ),
  );
  if (marked.size === 0) return line;
  let at = 0;
  let isOn = false;
  let shown = '';
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      // The line's own colours may end the ground in the middle of a match.
      shown += isOn ? `${part}\u001b[7m` : part;
      continue;
    }
    for (const unit of part.split('')) {
      if (marked.has(at) !== isOn) shown += isOn ? '\u001b[27m' : '\u001b[7m';
      isOn = marked.has(at);
      shown += unit;
      at += 1;
    }
  }
  return isOn ? `${shown}\u001b[27m` : shown;
}

/** Finds the next line of a text that holds something, from one line on and going by a step. */
export function lineFinder(
  lines: readonly StyledLine[],
): (text: string, from: number, step: 1 | -1) => number | undefined {
  return (text, from, step) => {
    for (let at = from; at >= 0 && at < lines.length; at += step)
      if (placesOf(unstyledText(lines[at] ?? []), text).length > 0) return at;
    return undefined;
  };
}
