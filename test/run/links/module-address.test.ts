import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderOf, joinPath, startFolderOf } from '../../../src/run/links/join-path.ts';
import { isModule, parseModuleAddress, whyNotFrom } from '../../../src/run/links/module-address.ts';

const form = '`git+https://host/repository@COMMIT-or-tag//path/page.md`';
const commit = '6f9799d2e285424d0db42b34df2ef2ab73a34b8f';

test.each([
  [
    'git+https://git.example.com/ops/runbooks@v1.4//nodes/drain.md',
    ['https', 'https://git.example.com/ops/runbooks', 'v1.4', 'nodes/drain.md'],
  ],
  [
    `git+https://git.example.com:8443/r.git@${commit}//a%20b.md`,
    ['https', 'https://git.example.com:8443/r.git', commit, 'a b.md'],
  ],
  [
    'git+ssh://git@git.example.com/~ops/r@release/2026//a.markdown',
    ['ssh', 'ssh://git@git.example.com/~ops/r', 'release/2026', 'a.markdown'],
  ],
  ['git+file:///srv/r.git@main//a.md', ['file', 'file:///srv/r.git', 'main', 'a.md']],
])('%s is a page of a repository', (text, [protocol, repository, ref, path]) => {
  expect(parseModuleAddress(text)).toEqual({
    ok: true,
    value: { protocol, repository, ref, path, origin: `git+${repository}@${ref}` },
  });
});

test.each([
  ['git+http://h/r@v1//a.md', 'it begins with none of `git+https://`, `git+ssh://` and `git+file://`'],
  ['git+ext::sh -c x%@v1//a.md', 'it begins with none of `git+https://`, `git+ssh://` and `git+file://`'],
  ['git+HTTPS://h/r@v1//a.md', 'it begins with none of `git+https://`, `git+ssh://` and `git+file://`'],
  ['git+https://h/r//a.md', `it names no commit or tag: ${form}`],
  ['git+ssh://git@h/r//a.md', `expected ${form}`],
  ['git+https://h/r@v1', `it names no page: ${form}`],
  ['git+https://h@v1//a.md', `expected ${form}`],
  [
    'git+https://ada:hunter2@h/r@v1//a.md',
    'credentials do not belong into a page; git finds them by its credential helpers',
  ],
  [
    'git+https://token@h/r@v1//a.md',
    'credentials do not belong into a page; git finds them by its credential helpers',
  ],
  ['git+ssh://ada:hunter2@h/r@v1//a.md', 'a password does not belong into a page'],
  ['git+ssh://-oProxyCommand=x/r@v1//a.md', '`-oProxyCommand=x` is not the name of a host'],
  ['git+ssh://-l@h/r@v1//a.md', '`-l` is no name of an account'],
  ['git+https://h:99999/r@v1//a.md', '`:99999` is no port'],
  ['git+file://relative@v1//a.md', `expected ${form}, with an absolute path for \`git+file\``],
  ['git+file:///-x@v1//a.md', `expected ${form}, with an absolute path for \`git+file\``],
  ['git+https://h/r@--upload-pack=touch//a.md', '`--upload-pack=touch` is no commit, tag or branch'],
  ['git+https://h/r@+v1:refs/heads/x//a.md', '`+v1:refs/heads/x` is no commit, tag or branch'],
  ['git+https://h/r@a..b//a.md', '`a..b` is no commit, tag or branch'],
  ['git+https://h/r@v1.lock//a.md', '`v1.lock` is no commit, tag or branch'],
  ['git+https://h/r@v1//../a.md', 'its path leads out of the repository'],
  ['git+https://h/r@v1//a/%2e%2e/%2e%2e/b.md', 'its path leads out of the repository'],
  ['git+https://h/r@v1///etc/a.md', '`/etc/a.md` is no path of a page'],
  ['git+https://h/r@v1//:(glob)a.md', '`:(glob)a.md` is no path of a page'],
  ['git+https://h/r@v1//a%00.md', '`a\0.md` is no path of a page'],
  ['git+https://h/r@v1//a.sh', '`a.sh` is no Markdown file'],
  ['git+https://h/r@v1//a b.md', 'blanks, control characters and `\\` are none of an address'],
])('%s is refused', (text, error) => {
  expect(isModule(text)).toBe(true);
  expect(parseModuleAddress(text)).toEqual({ ok: false, error });
});

test('no address gives git or ssh an option, or leaves its repository', () => {
  const piece = fc.constantFrom(
    '-',
    '--upload-pack=x',
    '..',
    'a',
    'v1',
    '/',
    '//',
    '@',
    ':',
    '%2e',
    '.md',
    'h',
    '+',
    '{',
  );
  const protocol = fc.constantFrom('https', 'ssh', 'file');
  fc.assert(
    fc.property(protocol, fc.array(piece, { maxLength: 12 }), (scheme, pieces) => {
      const read = parseModuleAddress(`git+${scheme}://${pieces.join('')}.md`);
      if (!read.ok) return;
      const { repository, ref, path } = read.value;
      expect([
        repository.startsWith(`${scheme}://`),
        ref.startsWith('-'),
        /:\/\/-|@-/.test(repository),
      ]).toEqual([true, false, false]);
      expect(path.split('/')).not.toContain('..');
    }),
  );
});

const module = 'git+https://h/r@v1//nodes/drain.md';

test.each([
  ['beside it', module, 'check.md', 'git+https://h/r@v1//nodes/check.md'],
  ['above it', module, '../lib/./check.md', 'git+https://h/r@v1//lib/check.md'],
  ['at the top', 'git+https://h/r@v1//a.md', 'b/c.md', 'git+https://h/r@v1//b/c.md'],
  ['out of it', module, '../../c.md', 'git+https://h/r@v1//../c.md'],
  ['from the root', module, '/etc/c.md', 'git+https://h/r@v1//../etc/c.md'],
  ['in another one', module, 'git+ssh://o/s@v2//c.md', 'git+ssh://o/s@v2//c.md'],
  ['in one, from here', 'pages/top.md', module, module],
])('a link of a page of a repository leads %s', (_, from, target, file) => {
  expect(joinPath(folderOf(from), target)).toBe(file);
});

test('what leads out of a repository is not an address, and its blocks start where the opened page is', () => {
  expect(parseModuleAddress(joinPath(folderOf(module), '/etc/c.md')).ok).toBe(false);
  expect([startFolderOf(module), startFolderOf('a/b.md'), startFolderOf('/a/b.md')]).toEqual(['', 'a', '/a']);
});

const onThisMachine = 'git+file:///srv/r@v1//a.md';
const mayNot = 'a page of another repository cannot lead to a repository on this machine';

test.each([
  ['pages/top.md', onThisMachine, undefined],
  ['pages/top.md', module, undefined],
  [module, 'git+https://h/s@v1//b.md', undefined],
  [module, 'git+ssh://h/s@v1//b.md', undefined],
  [module, onThisMachine, mayNot],
  ['git+ssh://h/r@v1//b.md', onThisMachine, mayNot],
  [onThisMachine, 'git+file:///srv/r@v1//lib/b.md', undefined],
  [onThisMachine, 'git+file:///srv/r@v2//a.md', mayNot],
  [onThisMachine, 'git+file:///home/ada/own@main//a.md', mayNot],
])('%s leads to %s: %s', (page, target, why) => {
  expect(whyNotFrom(page, target)).toBe(why);
});
