// Tests that what a run writes into a page is shown as it is meant by the renderers of code hosts and of sites of documents.
import assert from 'node:assert';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownToHTML } from 'comrak';
import { execa } from 'execa';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { expect, it } from 'vitest';
import { address, runId } from '../../../src/basics/address.ts';
import { allBlocks } from '../../../src/runbook/lint/lint-rule.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { planWriteBack } from '../../../src/runbook/regions/plan-write-back.ts';
import type { ResultView } from '../../../src/runbook/regions/result-view.ts';
import { logRow } from '../../../src/runbook/regions/run-log.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { applySplices } from '../../../src/text/splice.ts';
import { describeWith } from '../../e2e/services.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Both are loaded untyped: the one has no types, those of the other add nodes to the trees of the whole program. */
const load = async (name: string) => import(name);

const at = '2026-11-21T02:13:22.000Z';
const ada = { user: 'ada', host: 'bastion' };
const run = runId('20261121-021300-k3f9');
/** Markup of every renderer: Markdown, HTML, JSX and expressions of JavaScript, mathematics, directives, the tool's own. */
const hostile =
  '</blockquote> <script>alert(1)</script> <B/> {process.exit(1)} {{ x }} $x$ **b** `c` ``` [l](http://x) | :::note --> # h <!-- runsheet:log -->';

const page = `# Drain

## Steps

1. Drain it:

   \`\`\`sh {name=drain}
   kubectl drain node
   \`\`\`

2. Look:

   - [ ] the graphs are flat
   - [ ] nobody complains

\`\`\`sh {name=last}
true
\`\`\`

Behind it.
`;

const views: readonly ResultView[] = [
  {
    address: address('drain'),
    status: 'failed',
    at,
    by: ada,
    durationMs: 1300,
    exitCode: 1,
    reason: hostile,
    note: hostile,
    details: [{ type: 'note', text: hostile, by: ada, at }],
    captured: { NODE: hostile },
    warnings: [hostile],
    difference: `-${hostile}\n+other`,
    output: { head: new TextEncoder().encode(`${hostile}\n`), totalBytes: 10, totalLines: 1 },
    hosts: [{ host: 'web1', status: 'failed', durationMs: 5, exitCode: 1, reason: hostile }],
  },
  { address: address('last'), status: 'passed', at, by: ada, durationMs: 4, exitCode: 0 },
];

function written(): string {
  const { source } = decodeSource('page.md', new TextEncoder().encode(page));
  const { runbook } = parseRunbook(source);
  const row = logRow({
    run,
    at,
    by: ada,
    outcome: '✘ failed',
    durationMs: 1300,
    inputs: { REASON: hostile },
    version: 'abc',
  });
  const plan = planWriteBack(runbook, views, row, { run });
  expect([plan.unplaced, plan.logPlaced]).toEqual([[], true]);
  return new TextDecoder().decode(applySplices(source.bytes, plan.splices));
}

/** Names of the elements, each once, and the text that is seen. */
function seen(html: string): { readonly elements: readonly string[]; readonly text: string } {
  const shown = html.replaceAll(/<!--[\s\S]*?-->/g, '');
  const names = [...shown.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name.toLowerCase());
  const text = shown
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#x3c|lt);/gi, '<')
    .replaceAll(/&(?:#x3e|gt);/gi, '>')
    .replaceAll(/&(?:#x22|quot|#34);/gi, '"')
    .replaceAll(/&(?:#x26|amp|#38);/gi, '&');
  return { elements: [...new Set(names)].toSorted(), text };
}

/** How often the hostile text is seen whole, blanks aside. */
function whole(text: string): number {
  return text.split(hostile.replace('<!--', '<\\!--')).length + text.split(hostile).length - 2;
}

/** What the page holds; an address in a text leads to itself where a renderer finds such. */
const own = [
  'a',
  'blockquote',
  'code',
  'em',
  'h1',
  'h2',
  'input',
  'li',
  'ol',
  'p',
  'pre',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
];

it('is what is meant to GitHub, whose pipeline this is', async () => {
  const { value } = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(rehypeStringify)
    .process(written());
  const { elements, text } = seen(String(value));
  expect(elements.filter((name) => !own.includes(name))).toEqual([]);
  expect(elements).toEqual(expect.arrayContaining(['blockquote', 'table', 'pre', 'input']));
  expect(text).toContain('✘ failed in 1.3 s');
  expect(text).not.toContain('runsheet:result');
  // The reason, the note, the remark, the value, the warning, the difference, the output, the host's reason, the input.
  expect(whole(text)).toBe(9);
});

describeWith(['cmark-gfm'], 'by the program of GitHub', () => {
  it('is what is meant', async () => {
    const extensions = ['table', 'strikethrough', 'autolink', 'tasklist', 'tagfilter', 'footnotes'];
    const { stdout } = await execa(
      'cmark-gfm',
      ['--unsafe', '--github-pre-lang', ...extensions.flatMap((name) => ['-e', name])],
      { input: written() },
    );
    const { elements, text } = seen(stdout);
    expect(elements.filter((name) => !own.includes(name))).toEqual([]);
    expect(text).not.toContain('runsheet:result');
    expect(whole(text)).toBe(9);
  });
});

it('is what is meant to GitLab, whose renderer is comrak with these extensions', () => {
  const html = markdownToHTML(written(), {
    extension: {
      alerts: true,
      autolink: true,
      descriptionLists: true,
      footnotes: true,
      inlineFootnotes: true,
      mathCode: true,
      mathDollars: true,
      multilineBlockQuotes: true,
      strikethrough: true,
      subscript: false,
      table: true,
      tagfilter: false,
      tasklist: true,
      wikilinksTitleBeforePipe: true,
    },
    render: { unsafe: true, githubPreLang: true },
  });
  const { elements, text } = seen(html);
  expect(elements.filter((name) => !own.includes(name))).toEqual([]);
  expect(text).not.toContain('runsheet:result');
  expect(whole(text)).toBe(9);
});

/** A site of one page, built by MkDocs; what its theme puts in the place of the page. */
async function builtByMkdocs(
  text: string,
  [theme, main, extensions]: readonly [string, RegExp, readonly string[]],
): Promise<string> {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'docs/index.md'), text);
  await writeFile(
    join(folder, 'mkdocs.yml'),
    JSON.stringify({ site_name: 'Runbooks', theme, markdown_extensions: extensions }),
  );
  await execa('mkdocs', ['build', '--quiet'], { cwd: folder });
  const html = await readFile(join(folder, 'site/index.html'), 'utf8');
  return main.exec(html)?.[1] ?? assert.fail('the theme has no such part');
}

const material = 'abbr admonition attr_list def_list footnotes md_in_html toc tables'.split(' ');
const pymdownx = 'arithmatex betterem caret details keys mark superfences tasklist tilde'.split(' ');
/** Themes, where they put the page, and extensions: none but what code needs, and those that Material recommends. */
const sites: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ['mkdocs', /<div[^>]*role="main">([\s\S]*?)<\/div>\s*<\/div>\s*<\/div>/, ['fenced_code']],
  [
    'material',
    /<article[^>]*>([\s\S]*?)<\/article>/,
    [...material, ...pymdownx.map((name) => `pymdownx.${name}`)],
  ],
];

describeWith(['mkdocs'], 'by MkDocs', () => {
  it.each(sites)('is what is meant, theme %s', async (...site) => {
    const { elements, text } = seen(await builtByMkdocs(written(), site));
    expect(elements.filter((name) => !own.includes(name))).toEqual([]);
    expect(text).not.toContain('runsheet:result');
    // Python-Markdown knows no escape of a dollar: its backslash is seen too.
    expect(whole(text.replaceAll('\\$', '$').replaceAll('&#124;', '|'))).toBe(9);
  });

  it.each(sites)(
    'shows code with attributes of every kind as code, in the form with a dot, theme %s',
    async (...site) => {
      const groups = [
        'name=drain confirm timeout=30s retries=5 interval=1s..30s',
        'confirm="Really?" risk=destructive exit=0,3',
        'each=X of="a b c" must-pass=80%',
        `check="test \\"$x\\" = 1" when='test -f x'`,
        'expect=/a b/ capture=NAME:/re/ capture-json=N:.a.b env.A=b',
        'file=/etc/x.conf set=/^a = .*/ validate="nginx -t -c $FILE"',
      ];
      const text = groups.map((group, at) => `\`\`\`{.sh ${group}}\necho ${at}\n\`\`\`\n`).join('\n');
      const { runbook } = parseRunbook(decodeSource('page.md', new TextEncoder().encode(text)).source);
      expect(allBlocks(runbook).map(({ block }) => block.language)).toEqual(
        groups.map((group) => (group.startsWith('file=') ? 'text' : 'sh')),
      );
      const html = await builtByMkdocs(text, site);
      expect(seen(html).text.match(/echo \d/g)).toEqual(groups.map((_, at) => `echo ${at}`));
      expect(html.match(/<pre\b/g)).toHaveLength(groups.length);
      expect(seen(html).text).not.toMatch(/`|\.sh/);
    },
  );
});

it('is what is meant where HTML is taken as it stands', async () => {
  const { default: MarkdownIt } = await load('markdown-it');
  const { elements, text } = seen(new MarkdownIt({ html: true, linkify: false }).render(written()));
  expect(elements.filter((name) => !own.includes(name))).toEqual([]);
  expect(text).not.toContain('runsheet:result');
  expect(whole(text)).toBe(9);
});

it('is no code to MDX, once its comments are what MDX has for them, as Docusaurus makes them', async () => {
  const mdx = written().replaceAll(/<!--([\s\S]*?)-->/g, (comment, words) =>
    comment.includes('runsheet:') ? `{/*${words}*/}` : comment,
  );
  const { compile } = await load('@mdx-js/mdx');
  const compiled = String(await compile(mdx, { remarkPlugins: [remarkGfm] }));
  // What stands in texts is text.
  const code = compiled.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  expect(code).not.toMatch(/process|alert|\bx\b/);
  const components = new Set([...code.matchAll(/_jsxs?\(_components\.(\w+)/g)].map(([, name]) => name ?? ''));
  expect([...components].filter((name) => !own.includes(name))).toEqual([]);
  expect(code).not.toMatch(/_jsxs?\((?!_components|_Fragment|_createMdxContent|MDXLayout)/);
});
