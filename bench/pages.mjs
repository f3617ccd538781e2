// Owns the benchmark of what reads pages and runs nothing: `print`, `check` and `list`, against the start of Node and
// against markdown-it.
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compare, median } from './measure.mjs';
import { headingsAndCode, nestedLists, realisticRunbook } from './runbooks.mjs';
import { row } from './table.mjs';
import { nothingKept, root, tool } from './workplace.mjs';

const node = process.execPath;
const floor = { command: node, args: ['-e', '0'] };
const corpus = join(root, '..', 'shared', 'corpus');
const rounds = 9;

/** Pages as people write them. */
export async function measurePages(workplace) {
  return [...(await measurePrint(workplace)), ...(await measureList(workplace))];
}

/** Pages of 5 MB, which take minutes. */
export async function measureLargePages(workplace) {
  return [...(await measureLarge(workplace)), ...(await measureNested(workplace))];
}

/** `print` and `check` of pages as people write them. */
async function measurePrint(workplace) {
  const pages = pagesOf20Kilobytes(workplace);
  const kinds = {
    'print of a page of 20 KB': { verb: 'print', bound: 2.5, aim: 2 },
    'print of a page of 20 KB for the first time': {
      ...{ verb: 'print', env: { XDG_CACHE_HOME: nothingKept } },
    },
    'check of a page of 20 KB': { verb: 'check' },
  };
  const calls = Object.entries(kinds).flatMap(([name, { verb, env }]) =>
    pages.map((page, index) => [
      `${name} ${index}`,
      { command: node, args: [tool, verb, page], exit: null, ...(env && { env }) },
    ]),
  );
  const taken = await compare({ node: floor, ...Object.fromEntries(calls) }, rounds);
  return Object.entries(kinds).map(([name, { bound, aim }]) => {
    const each = pages.map((_, index) => taken[`${name} ${index}`].ms);
    const ratios = each.map((ms) => (ms / taken.node.ms).toFixed(1)).sort((a, b) => a - b);
    return row({
      name,
      value: median(each),
      of: taken.node.ms,
      floor: 'node -e 0',
      ...(bound !== undefined && { bound, aim }),
      note: existsSync(corpus) ? `${pages.length} real pages: ${ratios.join(', ')}` : 'no corpus: made up',
    });
  });
}

/** `print` of 5 MB of nested lists against twice the half of it, and of more levels than are read. */
async function measureNested(workplace) {
  const whole = workplace.write('lists-5.md', nestedLists(5_000_000));
  const half = workplace.write('lists-2.5.md', nestedLists(2_500_000));
  const deep = workplace.write('deep.md', `# A\n\n${'- '.repeat(10_000)}x\n`);
  const of = (file, exit = 0) => ({ command: node, args: [tool, 'print', file], exit });
  const taken = await compare({ node: floor, whole: of(whole), half: of(half), deep: of(deep, null) }, 5);
  return [
    row({
      name: 'print: 5 MB of nested lists, against twice the half of it',
      value: taken.whole.ms,
      of: 2 * taken.half.ms,
      floor: '2 × 2.5 MB',
      bound: 1.3,
      note: `${Math.round(taken.whole.peakMb)} MB of memory`,
    }),
    row({
      name: 'print: lists within lists, 10,000 levels in a line',
      value: taken.deep.ms,
      of: taken.node.ms,
      floor: 'node -e 0',
      bound: 10,
      note: 'refused: nobody can read it',
    }),
  ];
}

/** `print` and `check` of 5 MB of headings and code, and of half of it. */
async function measureLarge(workplace) {
  const parser = await workplace.program('markdown-it-cost.mjs');
  const whole = workplace.write('code-5.md', headingsAndCode(5_000_000));
  const half = workplace.write('code-2.5.md', headingsAndCode(2_500_000));
  const of = (...args) => ({ command: node, args });
  const taken = await compare(
    {
      parser: of(parser, whole),
      print: of(tool, 'print', whole),
      'print --json': of(tool, 'print', '--json', whole),
      check: of(tool, 'check', whole),
      half: of(tool, 'print', half),
    },
    7,
  );
  const bounds = { print: 6, 'print --json': undefined, check: undefined };
  const rows = Object.entries(bounds).map(([name, bound]) =>
    row({
      name: `${name} of 5 MB of headings and code`,
      value: taken[name].ms,
      of: taken.parser.ms,
      floor: 'markdown-it, parse',
      bound,
      note: `${Math.round(taken[name].peakMb)} MB of memory`,
    }),
  );
  return [
    ...rows,
    row({
      name: 'print: 5 MB, against twice the half of it',
      value: taken.print.ms,
      of: 2 * taken.half.ms,
      floor: '2 × 2.5 MB',
      bound: 1.3,
    }),
  ];
}

async function measureList(workplace) {
  const folder = join(workplace.folder, 'pages');
  mkdirSync(folder);
  const pages = existsSync(corpus) ? markdownBelow(corpus) : markdownBelow(join(root, 'runbooks'));
  for (let index = 0; index < 200; index += 1) {
    const page = pages[index % pages.length];
    cpSync(page, join(folder, `${String(index).padStart(3, '0')}-${basename(page)}`));
  }
  const command = { command: node, args: [tool, 'list', folder] };
  const { node: start, ...lists } = await compare(
    { node: floor, list: command, first: { ...command, env: { XDG_CACHE_HOME: nothingKept } } },
    rounds,
  );
  const note = existsSync(corpus) ? `${pages.length} real ones, some of them twice` : 'no corpus: our own';
  const against = { of: start.ms, floor: 'node -e 0', note };
  return [
    row({ name: 'list of 200 pages', value: lists.list.ms, ...against, bound: 25 }),
    row({ name: 'list of 200 pages for the first time', value: lists.first.ms, ...against }),
  ];
}

/** `check` of a folder against parsing its pages in one process. */
export async function measureChecks(workplace) {
  const folder = join(workplace.folder, 'checked');
  mkdirSync(folder);
  const pages = existsSync(corpus) ? markdownBelow(corpus) : markdownBelow(join(root, 'runbooks'));
  for (let index = 0; index < 1_000; index += 1)
    cpSync(pages[index % pages.length], join(folder, `${String(index).padStart(4, '0')}.md`));
  const parse = await workplace.program('parse-pages.ts');
  const taken = await compare(
    {
      parse: { command: node, args: [parse, folder] },
      check: { command: node, args: [tool, 'check', folder], exit: null },
    },
    3,
  );
  const floor = 'parsing them in one process';
  return [row({ name: 'check of 1,000 pages', value: taken.check.ms, of: taken.parse.ms, floor, bound: 3 })];
}

/** Real pages of 17 to 24 KB, or one that looks like them. */
function pagesOf20Kilobytes(workplace) {
  if (!existsSync(corpus)) return [workplace.write('page.md', realisticRunbook(20_000))];
  return markdownBelow(corpus).filter((page) => Math.abs(statSync(page).size - 20_500) < 3_500);
}

function markdownBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && path !== 'SOURCES.md')
    .sort()
    .map((path) => join(folder, path));
}
