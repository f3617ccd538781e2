// Owns opening a page of HTML in headless Chromium; tests of it are skipped where there is none, and say so.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { waitMs } from '../../budgets.ts';

/** What a browser makes of a page. */
export interface Opened {
  /** Rules of axe-core that it breaks, each with the first element that does. */
  readonly violations: readonly string[];
  /** Messages of the page's own console and errors, such as what its policy has refused. */
  readonly complaints: readonly string[];
  /** Elements by their name. */
  readonly elements: Readonly<Record<string, number>>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const audit = `
  const elements = {};
  for (const { localName } of document.querySelectorAll('body *')) elements[localName] = (elements[localName] ?? 0) + 1;
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  axe.run(document).then(({ violations }) => {
    const told = violations.map(({ id, nodes }) => id + ': ' + nodes[0].html);
    document.documentElement.innerHTML = '';
    document.documentElement.textContent = 'AUDIT' + encodeURIComponent(JSON.stringify({ violations: told, complaints, elements })) + 'END';
  });`;

/** Opens a page, and looks at it with axe-core; the page's own policy would refuse that, and is taken out first. */
export async function openPage(html: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.html');
  const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
  if (!policy.test(html)) throw new Error('the page has no policy');
  const listening =
    'const complaints = []; addEventListener("error", ({ message }) => complaints.push(message), true);';
  const page = html
    .replace(policy, () => `<script>${listening}</script>`)
    .replace('</body>', () => `<script>${axe}</script><script>${audit}</script></body>`);
  await writeFile(file, page);
  const dom = execFileSync(
    'chromium',
    [
      ...[
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        `--user-data-dir=${folder}/profile`,
      ],
      ...['--virtual-time-budget=60000', '--dump-dom', pathToFileURL(file).href],
    ],
    { encoding: 'utf8', timeout: waitMs.process, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 },
  );
  const found = /AUDIT([^<]*)END/.exec(dom)?.[1];
  if (found === undefined) throw new Error(`the page was not looked at: ${dom.slice(0, 500)}`);
  return JSON.parse(decodeURIComponent(found));
}
