// Owns remark: turns Markdown prose into a tree for showing. Loaded only where prose is shown.
import type { Paragraph, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** The parser takes more than linear time; longer prose than this is shown as the paragraphs it was written in. */
const longestProse = 100_000;

const parser = unified().use(remarkParse).use(remarkGfm);

/** The tree of a piece of prose; positions in it are of no use, since the piece was cut out of a document. */
export function parseProse(markdown: string): Root {
  if (markdown.length <= longestProse) return parser.parse(markdown);
  const paragraphs = markdown
    .split(/\n[ \t]*\n+/)
    .map((value): Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
  return { type: 'root', children: paragraphs };
}
