// Owns how the parts of a page become HTML.
import { codePieces } from './code-pieces.ts';
import { drawChart } from './draw-chart.ts';
import { escapeHtml } from './escape-html.ts';
import type { PageBlock, PageTable } from './page.ts';

/** The parts one below the other; no tag can come out of what they show. */
export function renderHtmlBlocks(blocks: readonly PageBlock[]): string {
  return blocks.map(renderBlock).join('\n');
}

function renderBlock(block: PageBlock): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${inlineHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${inlineHtml(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${inlineHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return renderTable(block);
    case 'code':
      // What is too long for its place is scrolled to by the keyboard, too.
      return `<pre tabindex="0"><code>${escapeHtml(block.lines.join('\n'))}</code></pre>`;
    case 'fold':
      return [
        `<details><summary>${inlineHtml(block.summary)}</summary>`,
        ...block.blocks.map(renderBlock),
        '</details>',
      ].join('\n');
    case 'chart':
      return drawChart(block);
  }
}

function renderTable({ head, rows, right = [] }: PageTable): string {
  const side = (column: number): string => (right.includes(column) ? ' class="right"' : '');
  const top = head.map((text, column) => `<th scope="col"${side(column)}>${inlineHtml(text)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((text, column) =>
      column === 0 && head.length === 0
        ? `<th scope="row">${inlineHtml(text)}</th>`
        : `<td${side(column)}>${inlineHtml(text)}</td>`,
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

/** A text of a page; what stands in backticks is code. */
export function inlineHtml(text: string): string {
  return codePieces(text)
    .map((piece) => (piece.isCode ? `<code>${escapeHtml(piece.text)}</code>` : escapeHtml(piece.text)))
    .join('');
}
