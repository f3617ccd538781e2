// Owns a chart as lines of plain text.
import { displayWidth, fitText } from '../../../text/display-width.ts';
import type { Chart, PartKind } from './page.ts';

const glyphs: Readonly<Record<PartKind, string>> = {
  work: '█',
  people: '▓',
  approval: '▒',
  waiting: '░',
  paused: '·',
  good: '█',
  bad: '▒',
  other: '░',
};

/** Columns of a bar, and of what stands before it. */
const barColumns = 40;
const labelColumns = 22;

/** A line for each bar, and what its stretches stand for; no line is wider than 80 columns unless its value makes it so. */
export function chartLines({ rows, total, totalWords, legend }: Chart): readonly string[] {
  const width = Math.min(labelColumns, Math.max(0, ...rows.map(({ label }) => displayWidth(label))));
  const bars = rows.map(({ label, value, parts }) => {
    const shown = fitText(label, width);
    const pad = ' '.repeat(width - displayWidth(shown));
    return `${shown}${pad} │${barOf(parts, total)}│ ${value}`.trimEnd();
  });
  const scale = `${' '.repeat(width)}  0${totalWords.padStart(barColumns - 1)}`;
  const used = new Set(rows.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  const meaning = legend
    .filter(({ kind }) => used.has(kind))
    .map(({ kind, words }) => `${glyphs[kind]} ${words}`);
  return [...bars, scale, ...(meaning.length > 0 ? ['', meaning.join('   ')] : [])];
}

/** A stretch of any length is seen; where two fall into one column, the longer one is. */
function barOf(parts: Chart['rows'][number]['parts'], total: number): string {
  const cells = Array.from({ length: barColumns }, () => ' ');
  for (const { kind, from, to } of parts.toSorted(
    (left, right) => right.to - right.from - (left.to - left.from),
  )) {
    const first = Math.min(barColumns - 1, Math.floor((from / total) * barColumns));
    const last = Math.max(first + 1, Math.round((to / total) * barColumns));
    for (let column = first; column < Math.min(last, barColumns); column += 1)
      if (cells[column] === ' ') cells[column] = glyphs[kind];
  }
  return cells.join('');
}
