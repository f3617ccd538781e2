// Owns a page as Markdown that GitHub, GitLab and a terminal show alike.
import { neutraliseMarkers } from '../../../runbook/regions/result-marker.ts';
import { chartLines } from './chart-lines.ts';
import { codePieces } from './code-pieces.ts';
import { escapeHtml } from './escape-html.ts';
import type { Page, PageBlock, PageTable } from './page.ts';

/** The page as Markdown, safe for any text. */
export function renderMarkdownPage({ title, blocks }: Page): string {
  return `# ${inline(title)}\n\n${renderMarkdownBlocks(blocks)}`;
}

/** Some of a page as Markdown, which ends with a line end; as safe. */
export function renderMarkdownBlocks(blocks: readonly PageBlock[]): string {
  return `${blocks.map(renderBlock).join('\n\n')}\n`;
}

function renderBlock(block: PageBlock): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`;
    case 'paragraph':
      return inline(block.text);
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
    case 'table':
      return renderTable(block);
    case 'code':
      return fenced(block.label, block.lines);
    case 'fold':
      return [
        `<details><summary>${summary(block.summary)}</summary>`,
        ...block.blocks.map(renderBlock),
        '</details>',
      ].join('\n\n');
    case 'chart':
      return fenced('text', chartLines(block));
  }
}

function renderTable({ head, rows, right = [] }: PageTable): string {
  const columns = Math.max(head.length, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(' | ')} |`;
  const rule = Array.from({ length: columns }, (_, column) => (right.includes(column) ? ' ---: ' : ' --- '));
  const top = head.length === 0 ? Array.from({ length: columns }, () => '') : head;
  return [line(top), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}

/** A fence longer than any run of backticks inside, so that nothing inside can close it. */
function fenced(label: string, lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => (line.match(/`+/gu) ?? []).map((run) => run.length)),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${label}`, ...lines.map(neutraliseMarkers), fence].join('\n');
}

/** In a summary of HTML no Markdown is read; in one of MDX, braces are. */
function summary(text: string): string {
  const written = (words: string): string =>
    escapeHtml(words).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
  return codePieces(text.replaceAll(/\s*\n\s*/g, ' '))
    .map((piece) => (piece.isCode ? `<code>${written(piece.text)}</code>` : written(piece.text)))
    .join('');
}

/** Text in one line; what stands in backticks is code, and nothing else is markup. */
function inline(text: string): string {
  const line = codePieces(text.replaceAll(/\s*\n\s*/g, ' '))
    .map((piece) => (piece.isCode ? `\`${piece.text.replaceAll('|', '\\|')}\`` : escapeText(piece.text)))
    .join('');
  // Only at its beginning would these open a list, or a heading below the line before.
  return line.replace(/^(\s*)(\d+)([.)])(?=\s|$)/, '$1$2\\$3').replace(/^(\s*)([-+=])/, '$1\\$2');
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|&#~${}]|:(?=\/\/)/g, (character) =>
    character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}
