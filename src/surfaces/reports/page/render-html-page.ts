// Owns a page as one file of HTML without anything from elsewhere.
import { codePieces } from './code-pieces.ts';
import { drawChart } from './draw-chart.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlStyle } from './html-style.ts';
import type { Page, PageBlock, PageTable } from './page.ts';

/** The page as HTML; no script, no style and no text can come out of what it shows. */
export function renderHtmlPage({ title, blocks }: Page): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${inline(title)}</h1>`,
    ...blocks.map(renderBlock),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function renderBlock(block: PageBlock): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${inline(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${inline(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return renderTable(block);
    case 'code':
      // What is too long for its place is scrolled to by the keyboard, too.
      return `<pre tabindex="0"><code>${escapeHtml(block.lines.join('\n'))}</code></pre>`;
    case 'fold':
      return [
        `<details><summary>${inline(block.summary)}</summary>`,
        ...block.blocks.map(renderBlock),
        '</details>',
      ].join('\n');
    case 'chart':
      return drawChart(block);
  }
}

function renderTable({ head, rows, right = [] }: PageTable): string {
  const side = (column: number): string => (right.includes(column) ? ' class="right"' : '');
  const top = head.map((text, column) => `<th scope="col"${side(column)}>${inline(text)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((text, column) =>
      column === 0 && head.length === 0
        ? `<th scope="row">${inline(text)}</th>`
        : `<td${side(column)}>${inline(text)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    '<div class="wide" tabindex="0">',
    head.length === 0 ? '<table class="facts">' : '<table>',
    ...(head.length === 0 ? [] : [`<thead><tr>${top.join('')}</tr></thead>`]),
    `<tbody>\n${body.join('\n')}\n</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}

/** What stands in backticks is code. */
function inline(text: string): string {
  return codePieces(text)
    .map((piece) => (piece.isCode ? `<code>${escapeHtml(piece.text)}</code>` : escapeHtml(piece.text)))
    .join('');
}
