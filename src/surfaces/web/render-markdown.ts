// Owns the text of a runbook as HTML: what its author has written as Markdown, and none of their own tags.
import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(lowerHeadings)
  // Tags of the author's are left out here already.
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(reachable)
  .use(rehypeStringify);

/** Headings begin one level lower: the page around it has a title. */
function lowerHeadings() {
  return (tree: Root): void =>
    visit(tree, 'heading', (heading) => {
      heading.depth = Math.min(6, heading.depth + 1) as typeof heading.depth;
    });
}

/** What is too wide is scrolled to by the keyboard, and boxes of lists are signs: nothing is ticked in a text. */
function reachable() {
  return (tree: HtmlRoot): void =>
    visit(tree, 'element', (element, index, parent) => {
      if (element.tagName === 'pre') element.properties.tabIndex = 0;
      if (index === undefined || parent === undefined) return undefined;
      if (element.tagName === 'input') {
        const value = element.properties.checked ? '☑' : '☐';
        parent.children[index] = { type: 'text', value };
      }
      if (element.tagName !== 'table') return undefined;
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: { className: ['wide'], tabIndex: 0 },
        children: [element],
      };
      return SKIP;
    });
}

/** HTML of Markdown. */
export function renderMarkdown(text: string): string {
  return String(renderer.processSync(text));
}
