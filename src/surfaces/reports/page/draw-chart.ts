// Owns a chart as an SVG picture inside a page of HTML.
import { fitText } from '../../../text/display-width.ts';
import { escapeHtml } from './escape-html.ts';
import type { Chart } from './page.ts';

/** Units of the picture; a page scales it to its own width. */
const width = 960;
const labelWidth = 250;
const valueWidth = 130;
const rowHeight = 26;
const barWidth = width - labelWidth - valueWidth;
/** So many columns of text stand before a bar. */
const labelColumns = 32;

/** The chart with its legend; colours come from the page's style, and what it shows is told to those who see none. */
export function drawChart({ title, rows, total, totalWords, legend }: Chart): string {
  const height = rows.length * rowHeight + 24;
  const used = new Set(rows.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  const meaning = legend
    .filter(({ kind }) => used.has(kind))
    .map(({ kind, words }) => `<li><span class="key ${kind}"></span>${escapeHtml(words)}</li>`);
  const bars = rows.map((row, index) => {
    const y = index * rowHeight;
    const middle = y + rowHeight / 2 + 5;
    const parts = row.parts.map(({ kind, from, to }) => {
      const x = labelWidth + (from / total) * barWidth;
      const length = Math.max(1.5, ((to - from) / total) * barWidth);
      return `<rect class="${kind}" x="${round(x)}" y="${y + 4}" width="${round(length)}" height="${rowHeight - 8}"/>`;
    });
    const label = escapeHtml(fitText(row.label, labelColumns));
    return [
      `<rect class="ground" x="${labelWidth}" y="${y + 4}" width="${barWidth}" height="${rowHeight - 8}"/>`,
      `<text x="${labelWidth - 10}" y="${middle}" text-anchor="end">${label}</text>`,
      ...parts,
      `<text x="${labelWidth + barWidth + 10}" y="${middle}">${escapeHtml(row.value)}</text>`,
    ].join('');
  });
  const foot = height - 6;
  const told = rows.map(({ label, value }) => `${label}: ${value}`).join('; ');
  return [
    '<figure>',
    // Read on a phone, it is moved sideways instead of made too small to read.
    `<div class="wide" tabindex="0" role="group" aria-label="${escapeHtml(title)}"><svg role="img" aria-label="${escapeHtml(`${title}. ${told}`)}" viewBox="0 0 ${width} ${height}">`,
    ...bars,
    `<text class="scale" x="${labelWidth}" y="${foot}">0</text>`,
    `<text class="scale" x="${labelWidth + barWidth}" y="${foot}" text-anchor="end">${escapeHtml(totalWords)}</text>`,
    '</svg></div>',
    `<figcaption>${escapeHtml(title)}${meaning.length > 0 ? `<ul>${meaning.join('')}</ul>` : ''}</figcaption>`,
    '</figure>',
  ].join('\n');
}

function round(value: number): string {
  return value.toFixed(1).replace('.0', '');
}
