// Tests that what is kept of pages never makes a list say anything but what the pages say.
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { forgetConfiguration } from '../../../src/cli/load/load-configuration.ts';
import { loadForList } from '../../../src/cli/load/load-runbook.ts';
import { KeptSkims } from '../../../src/cli/upkeep/kept-skims.ts';
import { skimPages } from '../../../src/cli/upkeep/skim-pages.ts';

function folders() {
  const root = mkdtempSync(join(tmpdir(), 'runsheet-skims-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'pages'));
  const file = join(root, 'cache', 'skimmed-pages.json');
  const path = (name: string) => join(root, 'pages', name);
  return {
    root,
    file,
    path,
    write: (name: string, text: string) => writeFileSync(path(name), text),
    kept: (build = 'one') => new KeptSkims(join(root, 'cache'), build),
    inFile: () => JSON.parse(readFileSync(file, 'utf8')),
  };
}

const page = (title: string, blocks = 1) =>
  `---\nowner: ada\ntags: [a, b]\nprove-every: 2d\n---\n\n# ${title}\n\n## Steps\n\n${'```sh\ntrue\n```\n\n'.repeat(blocks)}`;
const listed = (title: string, blocks = 1) => ({
  title,
  steps: 1,
  blocks,
  owner: 'ada',
  tags: ['a', 'b'],
  proveEveryMs: 2 * 86_400_000,
});

test('what was read of a page is kept by what the page and its configuration hold', async () => {
  const { write, path, kept, file, inFile } = folders();
  write('a.md', page('First'));
  write('prose.md', '# Prose\n\nNothing to run.\n');
  const paths = [path('a.md'), path('prose.md'), path('gone.md')];
  expect(await skimPages(paths, kept())).toEqual([listed('First'), undefined, undefined]);
  const again = kept();
  const [first, prose, gone] = paths.map((one) => again.keyOf(one));
  expect(gone).toBeUndefined();
  expect(inFile()).toEqual({
    build: 'one',
    pages: { [first ?? '']: listed('First'), [prose ?? '']: 'none' },
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect([again.find(first), again.find(prose), again.find(gone)]).toEqual([
    listed('First'),
    'none',
    undefined,
  ]);

  // Another page of the same bytes is known; another configuration, build or text is not.
  write('b.md', page('First'));
  expect(again.keyOf(path('b.md'))).toBe(first);
  expect(kept('two').find(first)).toBeUndefined();
  write('runsheet.yaml', 'sections: { steps: [Doings] }\n');
  expect(kept().keyOf(path('a.md'))).not.toBe(first);
  rmSync(path('runsheet.yaml'));
  write('a.md', page('Second', 2));
  expect(await skimPages(paths, kept())).toEqual([listed('Second', 2), undefined, undefined]);
});

test('a list with anything kept is that of pages read anew', async () => {
  const { write, path, kept } = folders();
  const names = ['a.md', 'b.md', 'c.md'];
  const change = fc.record({
    name: fc.constantFrom(...names),
    text: fc.constantFrom(
      page('One'),
      page('Two', 3),
      '# No runbook\n',
      '\uFEFF',
      page('T').replace('ada', '['),
    ),
    configuration: fc.constantFrom(
      '',
      'interpreters: { sh: null }\n',
      'sections: { context: [Steps] }\n',
      '{',
    ),
    build: fc.constantFrom('one', 'two'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      for (const { name, text, configuration, build } of changes) {
        write(name, text);
        write('runsheet.yaml', configuration);
        forgetConfiguration();
        const paths = names.map(path);
        expect(await skimPages(paths, kept(build))).toEqual(paths.map(loadForList));
      }
    }),
    { numRuns: 25 },
  );
});

test('a page that changes while it is read is not kept', () => {
  const { write, path, kept, file } = folders();
  write('a.md', page('Before'));
  const skims = kept();
  const key = skims.keyOf(path('a.md'));
  write('a.md', page('After'));
  skims.keep(path('a.md'), key, loadForList(path('a.md')));
  skims.write();
  expect(() => statSync(file)).toThrow('ENOENT');
});

test.each([
  ['cut off', (text: string) => text.slice(0, -5)],
  ['of another shape', (text: string) => text.replace('"steps":1', '"steps":"1"')],
  ['of another build', (text: string) => text.replace('"build":"one"', '"build":"other"')],
  ['null', () => 'null'],
  ['no object', () => '{"build":"one","pages":7}'],
])('a file that is %s is as none', async (_, spoil) => {
  const { write, path, kept, file, inFile } = folders();
  write('a.md', page('A'));
  await skimPages([path('a.md')], kept());
  const whole = inFile();
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  expect(await skimPages([path('a.md')], kept())).toEqual([listed('A')]);
  expect(inFile()).toEqual(whole);
});

test('where nothing can be kept, pages are read', async () => {
  const { root, write, path } = folders();
  write('a.md', page('A'));
  const closed = join(root, 'pages', 'a.md', 'cache');
  expect(await skimPages([path('a.md')], new KeptSkims(closed, 'one'))).toEqual([listed('A')]);
  // The tool in its sources has no build that the file could be of.
  const unbuilt = new KeptSkims(join(root, 'cache'));
  expect(unbuilt.keyOf(path('a.md'))).toBeUndefined();
  expect(await skimPages([path('a.md')], unbuilt)).toEqual([listed('A')]);
});

test.runIf(process.getuid?.() === 0)('by a configuration that is not trusted nothing is kept', () => {
  const { write, path, kept } = folders();
  write('a.md', page('A'));
  write('theirs.md', page('A'));
  write('runsheet.yaml', '');
  chownSync(path('runsheet.yaml'), 1234, 1234);
  chownSync(path('theirs.md'), 1234, 1234);
  const skims = kept();
  expect([skims.keyOf(path('a.md')), typeof skims.keyOf(path('theirs.md'))]).toEqual([undefined, 'string']);
});

test('pages that were used last are kept longest', async () => {
  const { write, path, kept, file, inFile } = folders();
  const others = Object.fromEntries(Array.from({ length: 2500 }, (_, n) => [`key${n}`, 'none']));
  mkdirSync(path('../cache'));
  writeFileSync(file, JSON.stringify({ build: 'one', pages: others }));
  write('a.md', page('A'));
  await skimPages([path('a.md')], kept());
  const keys = Object.keys(inFile().pages);
  expect([keys.length, keys[0], keys.at(-1)]).toEqual([2001, 'key500', kept().keyOf(path('a.md'))]);
});
