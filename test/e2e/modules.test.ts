// Tests pages of other repositories end to end, against real repositories: fetched by git, locked, and held to that.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';

const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, ...author, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();

const drain = `---
inputs: { NODE: { required: true } }
outputs: [GONE]
---
# Drain

## Steps

\`\`\`sh {name=go capture=GONE}
echo "drained $NODE"
pwd >place
\`\`\`

### [Check](../lib/check.md)
`;
const check = '# Check\n\n## Validation\n\n```sh {name=look}\ntest -s place\n```\n';

/** A repository with two pages at the tag `v1`, and a page that links to one of them. */
async function rigWithModule(steps?: (address: string) => string) {
  const rig = await Rig.create();
  const source = rig.path('source');
  const bare = rig.path('ops.git');
  await rig.write('source/nodes/drain.md', drain);
  await rig.write('source/lib/check.md', check);
  git(rig.path(), 'init', '-q', '-b', 'main', source);
  const commit = (message: string): string => {
    git(source, 'add', '-A');
    git(source, 'commit', '-q', '-m', message);
    return git(source, 'rev-parse', 'HEAD');
  };
  const first = commit('one');
  git(source, 'tag', 'v1');
  git(rig.path(), 'clone', '-q', '--bare', source, bare);
  const address = (path = 'nodes/drain.md', ref = 'v1') => `git+file://${bare}@${ref}//${path}`;
  const body =
    steps?.(address()) ??
    `### [Drain](${address()}) {with.NODE=n1}\n\n### Use\n\n\`\`\`sh\necho "got $drain_GONE"\n\`\`\`\n`;
  await rig.write('books/page.md', `# Page\n\n## Steps\n\n${body}`);
  const push = (): void => {
    git(source, 'push', '-q', '--force', '--tags', bare, 'main');
  };
  const cache = join(dirname(rig.stateFolder), 'home/.cache/runsheet/pages');
  return { rig, source, bare, address, commit, push, first, cache };
}

test('a page is fetched once, locked, and run with its repository gone', async () => {
  const { rig, bare, first, address, cache } = await rigWithModule();
  await rig.write('runsheet.yaml', 'log: none\n');
  const refused = await rig.run(['run', 'books/page.md', '--yes']);
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    `error[module-lock]: the linked runbook \`${address()}\`: it is not in \`${rig.path('runsheet.lock')}\`
 --> books/page.md:5:1
  |
5 | ### [Drain](${address()}) {with.NODE=n1}
  | ${'^'.repeat(`### [Drain](${address()}) {with.NODE=n1}`.length)}
  = help: look at it, then \`runsheet fetch books/page.md\` fetches it and locks it as it is now
`,
  ]);
  const frozen = await rig.run(['fetch', '--frozen', 'books/page.md']);
  expect([frozen.exitCode, frozen.stderr]).toEqual([
    1,
    `error: \`${address()}\`: it is not locked\n  = help: without \`--frozen\` it is fetched and locked\n`,
  ]);
  const fetched = await rig.run(['fetch', 'books/page.md']);
  expect([fetched.exitCode, fetched.stderr]).toEqual([
    0,
    `books/page.md: 2 pages of other repositories, locked in ${rig.path('runsheet.lock')}\n`,
  ]);
  expect(JSON.parse(await rig.file('runsheet.lock'))).toEqual({
    version: 1,
    modules: {
      [`git+file://${bare}@v1`]: {
        commit: first,
        pages: {
          'lib/check.md': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          'nodes/drain.md': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      },
    },
  });
  expect(readdirSync(rig.temporaryFolder).filter((name) => name.startsWith('runsheet-fetch'))).toEqual([]);
  rmSync(bare, { recursive: true });

  const ran = await rig.run(['run', 'books/page.md', '--yes']);
  expectExit(ran, 0);
  expect(ran.stderr).toContain('  │ got drained n1\n');
  // It has no folder here: its blocks start in that of the page that is opened.
  expect(await rig.file('books/place')).toBe(`${rig.path('books')}\n`);
  expectExit(await rig.run(['verify']), 0);
  const again = await rig.run(['fetch', 'books/page.md']);
  expect(again.stderr).toBe('books/page.md: 2 pages of other repositories, the lock is unchanged\n');
  expect((await rig.run(['pin', 'books/page.md'])).stderr).toBe(
    'books/page.md: nothing to change, 1 link to other runbooks\n',
  );
  expectExit(await rig.run(['pin', '--check', 'books/page.md']), 0);

  // Somebody writes something else into the cache: it counts as not being there.
  const [kept = ''] = readdirSync(cache);
  writeFileSync(join(cache, kept), '# Other\n\n```sh\ntouch hacked\n```\n');
  const tampered = await rig.run(['run', 'books/page.md', '--yes']);
  expect([tampered.exitCode, tampered.stderr]).toEqual([
    2,
    expect.stringMatching(/^error\[module-lock\]: .*: it is locked, and not on this machine\n/),
  ]);
});

test('a tag that moves changes nothing until it is asked for, and a lock that is wrong is found', async () => {
  const { rig, source, first, commit, push, bare, cache } = await rigWithModule();
  await rig.write('runsheet.yaml', 'log: none\n');
  expectExit(await rig.run(['fetch', 'books/page.md']), 0);
  await rig.write('source/nodes/drain.md', drain.replace('drained', 'cordoned'));
  const second = commit('two');
  git(source, 'tag', '-f', 'v1');
  push();
  const locked = async (): Promise<string> =>
    JSON.parse(await rig.file('runsheet.lock')).modules[`git+file://${bare}@v1`].commit;

  rmSync(cache, { recursive: true });
  expectExit(await rig.run(['fetch', '--frozen', 'books/page.md']), 0);
  expect([await locked(), (await rig.run(['run', 'books/page.md', '--yes'])).stderr]).toEqual([
    first,
    expect.stringContaining('  │ got drained n1\n'),
  ]);
  expectExit(await rig.run(['fetch', '--update', 'books/page.md']), 0);
  const moved = await rig.run(['run', 'books/page.md', '--yes']);
  expect([await locked(), moved.stderr]).toEqual([second, expect.stringContaining('  │ got cordoned n1\n')]);
  expect(moved.stderr).toMatch(/^note: the linked runbook `git\+file:.*` has changed since you last ran it/);

  const lock = await rig.file('runsheet.lock');
  await rig.write(
    'runsheet.lock',
    lock.replace(/("nodes\/drain.md": "sha256:)[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
  );
  const wrong = await rig.run(['fetch', 'books/page.md']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    1,
    expect.stringMatching(
      /: it is another page than the lock says: its digest is sha256:[0-9a-f]{64}\n {2}= help: somebody has changed the lock or the repository; nothing was kept\n$/,
    ),
  ]);
  await rig.write('runsheet.lock', '{');
  const broken = await rig.run(['check', 'books/page.md']);
  expect([broken.exitCode, broken.stderr]).toEqual([
    2,
    expect.stringContaining('runsheet.lock`: it is no JSON\n'),
  ]);
});

describe('what a repository may not do', () => {
  test('lead out of it, be without an end, or bring a repository of its own', async () => {
    const { rig, source, address, commit, push } = await rigWithModule();
    symlinkSync('/etc/passwd', join(source, 'link.md'));
    symlinkSync('/etc', join(source, 'out'));
    writeFileSync(join(source, 'out.md'), '# Out\n\n## Steps\n\n### [Up](../../page.md)\n');
    writeFileSync(join(source, 'huge.md'), '\n'.repeat(17_000_000));
    mkdirSync(rig.path('inner'));
    git(rig.path('inner'), 'init', '-q');
    writeFileSync(rig.path('inner/page.md'), check);
    git(rig.path('inner'), 'add', '-A');
    git(rig.path('inner'), 'commit', '-q', '-m', 'x');
    git(source, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', rig.path('inner'), 'sub');
    commit('hostile');
    push();
    for (const [path, expected] of [
      ['link.md', /: `link\.md` is a symbolic link, and a page is a plain file\n$/],
      ['out/page.md', /: it has no file `out\/page\.md`\n$/],
      ['out.md', /\/\/\.\.\/\.\.\/page\.md`: its path leads out of the repository\n$/],
      ['huge.md', /: it is larger than 16 MB\n$/],
      ['none.md', /: it has no file `none\.md`\n$/],
      ['sub/page.md', /: it has no file `sub\/page\.md`\n$/],
    ] as const) {
      await rig.write('page.md', `# Page\n\n## Steps\n\n### [It](${address(path, 'main')})\n`);
      const fetched = await rig.run(['fetch', 'page.md']);
      expect([path, fetched.exitCode, fetched.stderr]).toEqual([path, 1, expect.stringMatching(expected)]);
    }
    expect(readdirSync(rig.path())).not.toContain('runsheet.lock');
    expect(readdirSync(rig.temporaryFolder).filter((name) => name.startsWith('runsheet-fetch'))).toEqual([]);
  });

  test('have git speak other protocols, or show what it is given', async () => {
    const { rig } = await rigWithModule();
    const home = join(dirname(rig.stateFolder), 'home');
    const fetchOf = async (config: string): Promise<string> => {
      writeFileSync(join(home, '.gitconfig'), config);
      await rig.write('page.md', '# Page\n\n## Steps\n\n### [It](git+https://git.invalid/r@v1//a.md)\n');
      return (await rig.run(['fetch', 'page.md'])).stderr;
    };
    expect(
      await fetchOf(`[url "ext::touch ${rig.path('hacked')} "]\n insteadOf = https://git.invalid/\n`),
    ).toBe("error: `git+https://git.invalid/r@v1//a.md`: git: transport 'ext' not allowed\n");
    expect(readdirSync(rig.path())).not.toContain('hacked');
    const refused = await fetchOf(
      '[url "https://ada:hunter2@127.0.0.1:1/"]\n insteadOf = https://git.invalid/\n',
    );
    expect(refused).toMatch(/^error: `git\+https:\/\/git\.invalid\/r@v1\/\/a\.md`: git: unable to access /);
    expect(refused).not.toContain('hunter2');
  });
});
