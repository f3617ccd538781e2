// Owns the report of a run as one HTML page without anything from elsewhere.
import type { Moment, RunReport } from './run-report.ts';

const style = [
  'body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}',
  'table{border-collapse:collapse;width:100%}',
  'td,th{border-bottom:1px solid #d8dee4;padding:.25rem .6rem;text-align:left;vertical-align:top}',
  'td:first-child{white-space:nowrap}',
  'code{background:#eff1f3;border-radius:3px;padding:0 .2em}',
].join('');

/** The report as a page; no script, no style and no text can come out of what it shows. */
export function renderHtmlReport({ title, facts, steps, decisions, timeline }: RunReport): string {
  const rows = steps.map((step) => [
    step.phase,
    step.title,
    step.name,
    step.status,
    step.took,
    step.estimate,
  ]);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeHtml(title)}</h1>`,
    table([], facts),
    '<h2>Steps</h2>',
    table(['Section', 'Step', 'Name', 'Result', 'Took', 'Estimated'], rows),
    '<h2>Decisions</h2>',
    moments(decisions),
    '<h2>Timeline</h2>',
    moments(timeline),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function moments(all: readonly Moment[]): string {
  return table(
    ['When', 'What'],
    all.map(({ at, text }) => [at, text]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((text) => `<${tag}>${inline(text)}</${tag}>`).join('')}</tr>`;
  const top = head.length === 0 ? '' : `<thead>${line(head, 'th')}</thead>\n`;
  return `<table>\n${top}<tbody>\n${rows.map((row) => line(row, 'td')).join('\n')}\n</tbody>\n</table>`;
}

/** What stands in backticks is code. */
function inline(text: string): string {
  const pieces = text.split('`');
  if (pieces.length % 2 === 0) return escapeHtml(text);
  return pieces
    .map((piece, index) => (index % 2 === 0 ? escapeHtml(piece) : `<code>${escapeHtml(piece)}</code>`))
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
