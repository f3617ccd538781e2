// Owns a small picture of when a runbook was last proven, for the page itself or for a README.
import { escapeHtml } from '../page/escape-html.ts';
import type { RunStatistics } from './run-statistics.ts';

/** What a badge is made of. */
export interface Proof {
  readonly lastProvenAt?: RunStatistics['lastProvenAt'];
  /** How the newest run that has ended did, and when. */
  readonly newest?: { readonly succeeded: boolean; readonly at: string };
}

/** Around each half, in pixels; and of one character of the font that is asked for. */
const padding = 7;
const characterWidth = 6.6;

/** An SVG without anything from elsewhere, which says in words what its colour says. */
export function badge(proof: Proof): string {
  const label = 'last proof';
  const words = proofWords(proof);
  const left = widthOf(label);
  const right = widthOf(words);
  const colour = proof.newest === undefined ? '#57606a' : proof.newest.succeeded ? '#1a7f37' : '#cf222e';
  const text = (at: number, shown: string): string =>
    `<text x="${at}" y="14" textLength="${Math.round(shown.length * characterWidth)}">${escapeHtml(shown)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escapeHtml(`${label}: ${words}`)}">`,
    `<rect width="${left}" height="20" fill="#24292f"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colour}"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(padding, label)}${text(left + padding, words)}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

function proofWords({ lastProvenAt, newest }: Proof): string {
  if (newest === undefined) return 'never run';
  const day = lastProvenAt?.slice(0, 10);
  if (newest.succeeded) return day ?? 'never proven';
  return `failed ${newest.at.slice(0, 10)}, ${day === undefined ? 'never proven' : `proven ${day}`}`;
}

function widthOf(text: string): number {
  return Math.round(text.length * characterWidth) + 2 * padding;
}
