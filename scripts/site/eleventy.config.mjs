// Owns the site of the documentation: which pages it has, and what stands beside them. Built by `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { layOut } from './layout.mjs';
import { renderMarkdown, siteAddress } from './markdown.mjs';
import { navigation } from './navigation.mjs';
import { sectionsOf } from './search.mjs';

const files = [
  'docs/*.json',
  'docs/*.svg',
  'docs/runsheet.1',
  'docs/recipes/*.yaml',
  'runbooks/*.yaml',
  'examples/*/*.{yaml,yml}',
  'LICENSE',
];
const pageFolders = ['docs', 'runbooks', 'templates', 'examples'];
const isPage = (path) => !path.includes('/') || pageFolders.includes(path.split('/')[0]);
const root = join(import.meta.dirname, '../..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const addressOf = (data) => siteAddress(data.page.inputPath.replace(/^\.\//, ''));

/** Eleventy's configuration. */
export default function configure(eleventy) {
  eleventy.setUseGitIgnore(true);
  for (const folder of [
    'action',
    'bench',
    'editors',
    'scripts',
    'src',
    'test',
    'runbooks/tests',
    '.ci',
    '.github',
  ])
    eleventy.ignores.add(`${folder}/**`);
  for (const file of files) eleventy.addPassthroughCopy(file);
  eleventy.addPassthroughCopy({ 'scripts/site/site.css': 'site.css' });
  eleventy.addGlobalData('permalink', () => addressOf);
  // What a code host shows of front matter as a table stands here as it is written.
  eleventy.addPreprocessor('front matter', 'md', (data, content) => {
    const path = data.page.inputPath.replace(/^\.\//, '');
    if (!isPage(path)) return false;
    const head = /^---\n([\s\S]*?)^---$/m.exec(read(path).startsWith('---\n') ? read(path) : '')?.[1];
    return head === undefined ? content : `\`\`\`\`yaml\n${head}\`\`\`\`\n\n${content}`;
  });
  eleventy.setLibrary('md', { render: (content) => renderMarkdown(content), disable: () => {} });
  let groups;
  eleventy.addCollection('pages', (collections) => {
    const written = collections.getAll().map((page) => page.inputPath.replace(/^\.\//, ''));
    const named = new Set(navigation.flatMap(({ pages = [] }) => pages));
    const rest = (folder) => written.filter((path) => dirname(path) === folder && !named.has(path)).sort();
    groups = navigation.flatMap(({ title, pages, folder }) => {
      const paths = pages ?? rest(folder);
      if (paths.length === 0) return [];
      return [
        { title, pages: paths.map((path) => ({ address: siteAddress(path), title: titleOf(read(path)) })) },
      ];
    });
    return [];
  });
  eleventy.addTransform('layout', function layout(html) {
    return layOut(html, addressOf(this), groups);
  });
  eleventy.on('eleventy.after', async ({ directories, results }) => {
    const sections = results.flatMap(({ content, url }) =>
      sectionsOf(content, url.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html')),
    );
    writeFileSync(
      join(directories.output, 'sections.js'),
      `window.sections = ${JSON.stringify(sections)};\n`,
    );
    const links = results.flatMap(({ content }) =>
      [...content.matchAll(/ href="(https?:[^"]*)"/g)].map(([, link]) => link),
    );
    writeFileSync(
      join(directories.output, 'external-links.txt'),
      `${[...new Set(links)].sort().join('\n')}\n`,
    );
    await build({
      entryPoints: [join(import.meta.dirname, 'in-browser.mjs')],
      outfile: join(directories.output, 'site.js'),
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      logLevel: 'warning',
    });
  });
  return {
    dir: { input: '.', output: 'build/site' },
    templateFormats: ['md'],
    markdownTemplateEngine: false,
  };
}

function titleOf(markdown) {
  return (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replace(/[`*]/g, '');
}
