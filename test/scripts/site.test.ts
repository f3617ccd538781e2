// Tests the site of the documentation as `npm run docs` builds it: its links, its navigation, its search.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitMs } from '../budgets.ts';
import { describeWith } from '../e2e/services.ts';

const root = join(import.meta.dirname, '../..');
const pages = new Map<string, string>();
let site = '';

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'runsheet-site-'));
  const eleventy = join(root, 'node_modules/@11ty/eleventy/cmd.cjs');
  const words = ['--config=scripts/site/eleventy.config.mjs', '--quiet', `--output=${site}`];
  execFileSync(process.execPath, [eleventy, ...words], {
    cwd: root,
    timeout: waitMs.process,
    stdio: 'ignore',
  });
  for (const file of readdirSync(site, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.html')) pages.set(file, readFileSync(join(site, file), 'utf8'));
}, waitMs.process);

afterAll(() => rmSync(site, { recursive: true, force: true }));

/** Everything that a page links to, with the page. */
function links(): readonly (readonly [page: string, target: string])[] {
  return [...pages].flatMap(([page, html]) =>
    [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target = '']) => [page, target] as const),
  );
}

const isExternal = (target: string): boolean => /^[a-z]+:/.test(target);

test('every link within the site leads to a page, and to a place that is there', () => {
  const ids = new Map(
    [...pages].map(([page, html]) => [
      page,
      new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)),
    ]),
  );
  const dead = links().filter(([page, target]) => {
    if (isExternal(target)) return false;
    const [path = '', anchor] = target.split('#').map(decodeURIComponent);
    const file = path === '' ? page : posix.join(posix.dirname(page), path);
    return !existsSync(join(site, file)) || (anchor !== undefined && ids.get(file)?.has(anchor) !== true);
  });
  // The template links to the table that a run writes at the end of its page.
  expect(dead).toEqual([['templates/routine-task.html', '#run-log']]);
});

test('what leads elsewhere is listed in a file, for whoever looks after it', () => {
  const elsewhere = new Set(links().flatMap(([, target]) => (isExternal(target) ? [target] : [])));
  const listed = readFileSync(join(site, 'external-links.txt'), 'utf8').trimEnd().split('\n');
  expect(listed).toEqual([...elsewhere].sort());
});

test('each page of the documentation and each runbook is in the navigation', () => {
  const navigation =
    /<nav aria-label="Pages">([\s\S]*?)<\/nav>/.exec(pages.get('index.html') ?? '')?.[1] ?? '';
  const named = new Set([...navigation.matchAll(/href="([^"]*)"/g)].map(([, target]) => target));
  const written = ['docs', 'runbooks'].flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.md') ? [`${folder}/${name}`] : [])),
  );
  const missing = written.filter((path) => !named.has(path.replace(/\.md$/, '.html')));
  expect([missing, named.has('index.html'), named.size > written.length]).toEqual([[], true, true]);
  // Pages that no group names would stand in `More`, behind all that is in order.
  expect([...navigation.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title)).toEqual([
    'Start',
    'Write',
    'Run',
    'Start by events',
    'Look up',
    'Runbooks',
    'Project',
  ]);
});

test('a block has the words in its braces above it, and front matter is shown as it is written', () => {
  const page = pages.get('runbooks/tour.html') ?? '';
  expect(page).toContain(
    '<figcaption><code>sh {name=make-the-shelf-again check="test -d shelf"}</code></figcaption>',
  );
  expect(page.replace(/<[^>]*>/g, '')).toContain('owner: whoever is new\ntags: [onboarding]\n');
});

describeWith(['chromium'], 'in a browser', () => {
  test('the search finds a section from a page that is opened as a file, and the page is well made', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const script = `addEventListener('load', async () => {
      const field = document.getElementById('search');
      field.value = 'whole process tree';
      field.dispatchEvent(new Event('input'));
      const list = document.getElementById('found');
      await new Promise((resolve) => new MutationObserver(resolve).observe(list, { childList: true }));
      const found = [...list.querySelectorAll('a')].map((link) => link.getAttribute('href'));
      const { violations } = await axe.run(document);
      const told = violations.map(({ id, nodes }) => id + ': ' + nodes[0].html);
      document.documentElement.textContent = 'FOUND' + encodeURIComponent(JSON.stringify({ found, told })) + 'END';
    });`;
    const tried = join(site, 'docs/tried.html');
    const page = pages.get('docs/attributes.html') ?? '';
    writeFileSync(
      tried,
      page.replace('</body>', () => `<script>${axe}</script><script>${script}</script></body>`),
    );
    const dom = execFileSync(
      'chromium',
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
        ...[
          `--user-data-dir=${site}/profile`,
          '--virtual-time-budget=60000',
          '--dump-dom',
          pathToFileURL(tried).href,
        ],
      ],
      { encoding: 'utf8', timeout: waitMs.process, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 },
    );
    const { found, told } = JSON.parse(decodeURIComponent(/FOUND([^<]*)END/.exec(dom)?.[1] ?? '{}'));
    expect(found).toContain('../docs/attributes.html#timeout');
    expect(told).toEqual([]);
  });
});
