// Owns how Markdown becomes HTML on the site: by the parser and the anchors of code hosts, with the words in braces shown.
import rehypeHighlight from 'rehype-highlight';
import rehypeRaw from 'rehype-raw';
import rehypeSlug from 'rehype-slug';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(() => keepInfo)
  .use(rehypeRaw)
  .use(rehypeSlug)
  .use(rehypeHighlight, { plainText: ['text', 'output', 'console'] })
  .use(() => finish)
  .use(rehypeStringify);

/** HTML of a page: its article, and beside it the list of its headings. */
export function renderMarkdown(markdown) {
  return String(processor.processSync(markdown));
}

/** Code hosts hide what stands behind a block's language; here it is the caption of the block. */
function keepInfo(tree) {
  visit(tree, 'element', (node) => {
    if (node.tagName !== 'code' || !node.data?.meta?.includes('{')) return;
    const [language = ''] = (node.properties.className ?? []).map((name) => name.replace('language-', ''));
    node.properties.dataInfo = `${language} ${node.data.meta}`.trim();
  });
}

function finish(tree) {
  const headings = [];
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName === 'a' && typeof node.properties.href === 'string')
      node.properties.href = siteAddress(node.properties.href);
    if (/^h[23]$/.test(node.tagName)) headings.push(node);
    if (node.tagName === 'table') return wrap(node, index, parent, 'table');
    const info = node.tagName === 'pre' ? node.children[0]?.properties?.dataInfo : undefined;
    if (info === undefined) return undefined;
    delete node.children[0].properties.dataInfo;
    const caption = element('figcaption', {}, [element('code', {}, [{ type: 'text', value: info }])]);
    parent.children[index] = element('figure', {}, [caption, node]);
    return index + 1;
  });
  const list = headings.map((heading) => {
    const link = element('a', { href: `#${heading.properties.id}` }, heading.children.flatMap(withoutLinks));
    return element('li', { className: [heading.tagName] }, [link]);
  });
  const contents = element('nav', { className: ['contents'], ariaLabel: 'On this page' }, [
    element('ul', {}, list),
  ]);
  tree.children = [element('article', {}, tree.children), ...(list.length > 1 ? [contents] : [])];
}

/** Wide tables scroll by themselves. */
function wrap(node, index, parent, className) {
  if (parent.properties?.className?.includes(className)) return undefined;
  parent.children[index] = element('div', { className: [className], tabIndex: 0 }, [node]);
  return index + 1;
}

function withoutLinks(node) {
  return node.tagName === 'a' ? node.children : [node];
}

function element(tagName, properties, children) {
  return { type: 'element', tagName, properties, children };
}

/** Where a link of the repository leads on the site: pages keep their places and end in `.html`. */
export function siteAddress(href) {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(href)) return href;
  const [path, ...anchor] = href.split('#');
  const page = path.replace(/(^|\/)README\.md$/, '$1index.html').replace(/\.md$/, '.html');
  return [page, ...anchor].join('#');
}
