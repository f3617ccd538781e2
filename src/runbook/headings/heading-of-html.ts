// Owns headings that are written in HTML: `<h2 align="center">Rollback</h2>`.
import type { Heading, Html } from 'mdast';
import { endOf, startOf } from '../markdown/parse-structure.ts';

const element = /^(<h([1-6])\b[^>]*>\s*)(\S[\s\S]*?)\s*<\/h\2>$/i;

/** The heading that the HTML is, and nothing else beside it; its text is raw, as that of other headings. */
export function headingOfHtml(node: Html, text: string): Heading | undefined {
  const start = startOf(node);
  const found = element.exec(text.slice(start, endOf(node)).trimEnd());
  const [, opening = '', depth, words = ''] = found ?? [];
  if (words === '' || /<\/?h[1-6]\b/i.test(words)) return undefined;
  const place = (offset: number) => ({ line: 0, column: 0, offset });
  const from = start + opening.length;
  const position = { start: place(from), end: place(from + words.length) };
  return {
    type: 'heading',
    depth: Number(depth) as Heading['depth'],
    children: [{ type: 'text', value: words, position }],
    ...(node.position !== undefined && { position: node.position }),
  };
}
