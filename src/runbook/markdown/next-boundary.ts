// Owns where a Markdown text can be cut so that both parts parse as they do together.
import type { Html, RootContent } from 'mdast';

const newline = '(?:\\r\\n|\\n|\\r(?!\\n))';

/**
 * A place before which every list, quote, table and paragraph has ended: an ATX heading in the first column, or
 * a line after a blank one that starts in the first column and is neither a list item nor a quote.
 */
const boundary = new RegExp(
  `${newline}(?:(?=#{1,6}(?:[ \\t\\r\\n]|$))|[ \\t]*${newline}(?=[^\\s>*+\\-\\d]))`,
  'g',
);

/** The first boundary after `start` that is not before `earliest`, or the end of the text. */
export function nextBoundary(text: string, start: number, earliest: number): number {
  // The two newlines of a blank line stand before the boundary that they make.
  boundary.lastIndex = Math.max(start, Math.min(earliest, text.length) - 2);
  for (;;) {
    const found = boundary.exec(text);
    if (found === null) return text.length;
    const end = boundary.lastIndex;
    if (end > start && end >= earliest) return end;
    if (found[0] === '') boundary.lastIndex += 1;
  }
}

/** End of a front matter block that may hold lines that look like headings; 0 where there is none. */
export function endOfFrontMatter(text: string): number {
  const found = /^(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/.exec(text);
  if (found === null) return 0;
  const fence = found[1] === '---' ? '---' : '\\+\\+\\+';
  const closing = new RegExp(`(?:\\r\\n|\\n|\\r)${fence}[ \\t]*(?=[\\r\\n]|$)`, 'g');
  closing.lastIndex = found[0].length - 1;
  return closing.exec(text) === null ? 0 : closing.lastIndex;
}

/** True when a block was begun that nothing but its own end can end, not even a blank line. */
export function isNeverEnded(block: RootContent): boolean {
  if (block.type === 'code') {
    return block.data?.fences !== undefined && block.data.fences.closing === undefined;
  }
  return block.type === 'html' && terminatorOf(block)?.test(block.value) === false;
}

/** True when the last top-level block of a chunk that ends at `end` would go on behind it. */
export function isOpenAtEnd(block: RootContent, text: string, end: number): boolean {
  if (isNeverEnded(block)) return true;
  if (block.type !== 'html' || terminatorOf(block) !== undefined) return false;
  // The other kinds of HTML end at a blank line.
  const rest = text.slice(block.position?.end.offset ?? end, end);
  return /^(?:\r\n|\n|\r)?$/.test(rest);
}

/** Offset behind the end of an open block, found without parsing; the end of the text where it has none. */
export function endOfOpenBlock(block: RootContent, text: string): number {
  const start = block.position?.start.offset ?? 0;
  const end = endPatternOf(block, text, start);
  if (end === undefined) return text.length;
  end.lastIndex = start;
  return end.exec(text) === null ? text.length : end.lastIndex;
}

function endPatternOf(block: RootContent, text: string, start: number): RegExp | undefined {
  if (block.type === 'code') {
    const fence = /^(?:`+|~+)/.exec(text.slice(start, start + 1_000))?.[0];
    if (fence === undefined) return undefined;
    return new RegExp(`${newline} {0,3}${fence.charAt(0)}{${fence.length},}[ \\t]*(?=[\\r\\n]|$)`, 'g');
  }
  if (block.type !== 'html') return undefined;
  const terminator = terminatorOf(block);
  if (terminator !== undefined) return new RegExp(terminator.source, 'gi');
  return new RegExp(`${newline}[ \\t]*${newline}`, 'g');
}

/** What ends the kinds of HTML block that blank lines do not end (CommonMark 4.6, start conditions 1 to 5). */
function terminatorOf(html: Html): RegExp | undefined {
  // Up to three blanks may stand before it.
  const value = html.value.trimStart();
  if (value.startsWith('<!--')) return /-->/;
  if (value.startsWith('<?')) return /\?>/;
  if (value.startsWith('<![CDATA[')) return /\]\]>/;
  if (/^<![a-z]/i.test(value)) return />/;
  if (/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i.test(value)) return /<\/(?:script|pre|style|textarea)>/i;
  return undefined;
}
