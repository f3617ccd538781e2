// Owns the text of a runbook as HTML: what its author has written as Markdown, and none of their own tags.
import type { Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(lowerHeadings)
  // Tags of the author's are left out here already.
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** Headings begin one level lower: the page around it has a title. */
function lowerHeadings() {
  return (tree: Root): void =>
    visit(tree, 'heading', (heading) => {
      heading.depth = Math.min(6, heading.depth + 1) as typeof heading.depth;
    });
}

/** HTML of Markdown. */
export function renderMarkdown(text: string): string {
  return String(renderer.processSync(text));
}
