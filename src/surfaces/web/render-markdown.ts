// Owns the text of a runbook as HTML: what its author has written as Markdown, and none of their own tags.
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  // Tags of the author's are left out here already.
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** Headings begin one level lower: the page around it has a title. */
export function renderMarkdown(text: string): string {
  const body = text.replace(/^---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/, '');
  return String(renderer.processSync(body)).replaceAll(
    /<(\/?)h([1-5])>/g,
    (_tag, end: string, level: string) => `<${end}h${Number(level) + 1}>`,
  );
}
