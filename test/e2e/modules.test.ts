// Tests pages of other repositories end to end, against real repositories: fetched by git, locked, and held to that.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  rmSync(rig.path('runsheet.lock'));
  symlinkSync('nowhere', rig.path('runsheet.lock'));
  const dangling = await rig.run(['fetch', 'books/page.md']);
  expect([dangling.exitCode, dangling.stderr]).toEqual([
    2,
    `error: \`${rig.path('runsheet.lock')}\` is no file\n`,
  ]);
  rmSync(rig.path('runsheet.lock'));
  await rig.write('runsheet.lock', '{');
  const broken = await rig.run(['check', 'books/page.md']);
  expect([broken.exitCode, broken.stderr]).toEqual([
    2,
    expect.stringContaining('runsheet.lock`: it is no JSON\n'),
  ]);
});

/** What the tool gets for `git`: the real one, with `code` of a shell before each call. */
async function gitWith(rig: Rig, code: string): Promise<{ env: { PATH: string } }> {
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  await rig.write('bin/git', `#!/bin/sh\n${code}\nexec ${real} "$@"\n`);
  chmodSync(rig.path('bin/git'), 0o755);
  return { env: { PATH: `${rig.path('bin')}:${process.env.PATH}` } };
}

test('the lock loses nothing to somebody else, and no page that git does not give', async () => {
  const { rig, source, address, commit, push, bare } = await rigWithModule();
  await rig.write('books/page.md', `# Page\n\n## Steps\n\n### [Check](${address('lib/check.md')})\n`);
  await rig.write('books/other.md', `# Other\n\n## Steps\n\n### [Drain](${address()}) {with.NODE=n1}\n`);
  await rig.write('runsheet.yaml', 'log: none\n');
  const lock = rig.path('runsheet.lock');
  const fetchWith = async (code: string, ...args: string[]) => {
    const { exitCode, stderr } = await rig.run(['fetch', ...args], await gitWith(rig, code));
    return [exitCode, stderr, await rig.file('runsheet.lock')];
  };
  expectExit(await rig.run(['fetch', 'books/other.md']), 0);
  const before = await rig.file('runsheet.lock');
  const moveTag = (): void => {
    commit('another');
    git(source, 'tag', '-f', 'v1');
    push();
  };
  await rig.write('source/lib/check.md', `${check}\nMore.\n`);
  moveTag();

  const oncePage =
    'case " $* " in *" cat-file "*) [ ! -e given ] || { echo "fatal: hung up" >&2; exit 128; }; touch given;; esac';
  expect(await fetchWith(oncePage, '--update', 'books/page.md')).toEqual([
    1,
    `error: \`${address('lib/check.md')}\`: \`nodes/drain.md\`, which is locked with it: git: hung up\n`,
    before,
  ]);
  const somebodyElse = `case " $* " in *" fetch "*) printf ' ' >>'${lock}';; esac`;
  expect(await fetchWith(somebodyElse, '--update', 'books/page.md')).toEqual([
    2,
    `error: \`${lock}\` was changed by somebody else meanwhile\n  = help: nothing was overwritten; run it again: what was fetched is kept\n`,
    `${before} `,
  ]);

  // The mode is asked of root, too.
  chmodSync(lock, 0o400);
  expect(await fetchWith('', '--update', 'books/page.md')).toEqual([
    2,
    `error: cannot write \`${lock}\`: the file is read-only\n`,
    `${before} `,
  ]);
  chmodSync(lock, 0o600);

  rmSync(join(source, 'nodes/drain.md'));
  moveTag();
  const [exitCode, stderr, after] = await fetchWith('', '--update', 'books/page.md');
  expect([
    exitCode,
    stderr,
    Object.keys(JSON.parse(String(after)).modules[`git+file://${bare}@v1`].pages),
  ]).toEqual([
    0,
    `\`${address()}\` is no longer there, and no longer locked\nbooks/page.md: 1 page of other repositories, locked in ${lock}\n`,
    ['lib/check.md'],
  ]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends fetching, and leaves nothing behind', async (signal) => {
  const { rig } = await rigWithModule();
  const waiting = await gitWith(rig, 'case " $* " in *" fetch "*) touch begun; exec sleep 600;; esac');
  const running = rig.start(['fetch', 'books/page.md'], waiting);
  await expect.poll(() => readdirSync(rig.path()), { timeout: 60_000 }).toContain('begun');
  running.kill(signal);
  const { exitCode, stderr } = await running.ended;
  expect([exitCode, stderr]).toEqual([130, 'books/page.md: interrupted, the lock is unchanged\n']);
  expect(readdirSync(rig.temporaryFolder).filter((name) => name.startsWith('runsheet-fetch'))).toEqual([]);
  expect(readdirSync(rig.path('books'))).toEqual(['page.md']);
});

test('a pin that somebody has written on such a link is kept to, and led out of by what is told', async () => {
  const { rig, address } = await rigWithModule(
    (module) => `### [Drain](${module}) {with.NODE=n1 digest=sha256:${'0'.repeat(64)}}\n`,
  );
  expectExit(await rig.run(['fetch', 'books/page.md']), 0);
  const page = await rig.file('books/page.md');
  const refused = await rig.run(['run', 'books/page.md', '--yes', '--log', 'none']);
  const [, digest = ''] = /its digest is (sha256:[0-9a-f]{64})/.exec(refused.stderr) ?? [];
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    expect.stringContaining(
      'help: review what has changed in it and in what it links to, then `runsheet pin books/page.md` takes it\n',
    ),
  ]);
  const checked = await rig.run(['pin', '--check', 'books/page.md']);
  expect([checked.exitCode, checked.stdout]).toEqual([
    1,
    `books/page.md:5: \`${address()}\` is not the page that is pinned; its digest is ${digest}\n`,
  ]);
  expect((await rig.run(['pin', 'books/page.md'])).stderr).toBe(
    'books/page.md: 1 pin written, 1 link to other runbooks\n',
  );
  expect(await rig.file('books/page.md')).toBe(page.replace(`sha256:${'0'.repeat(64)}`, digest));
  expectExit(await rig.run(['run', 'books/page.md', '--yes', '--log', 'none']), 0);
  expectExit(await rig.run(['pin', '--remove', 'books/page.md']), 0);
  expect(await rig.file('books/page.md')).toBe(page.replace(` digest=sha256:${'0'.repeat(64)}`, ''));
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

  test('lead to a repository on this machine, or pin its own pages to others', async () => {
    const { rig, source, bare, address, commit, push, cache } = await rigWithModule();
    const own = `git+file://${bare}@v1//nodes/drain.md`;
    const spy = `# Spy\n\n## Steps\n\n### [Look](${own})\n`;
    const pin = `digest=sha256:${'0'.repeat(64)}`;
    writeFileSync(join(source, 'spy.md'), spy);
    writeFileSync(join(source, 'pinned.md'), `# Pinned\n\n## Steps\n\n### [It](lib/check.md) {${pin}}\n`);
    commit('more');
    push();
    const pageTo = (target: string) => rig.write('page.md', `# Page\n\n## Steps\n\n### [It](${target})\n`);
    const why = 'a page of another repository cannot lead to a repository on this machine\n';
    await pageTo(address('spy.md', 'main'));
    const fetched = await rig.run(['fetch', 'page.md']);
    expect([fetched.exitCode, fetched.stderr]).toEqual([
      1,
      `error: \`${own}\`, to which \`${address('spy.md', 'main')}\` links: ${why}`,
    ]);

    // Nor is it led to where all of it is locked and here already.
    await pageTo(address('pinned.md', 'main'));
    expectExit(await rig.run(['fetch', 'page.md']), 0);
    const pinned = await rig.run(['check', 'page.md']);
    expect([pinned.exitCode, pinned.stderr]).toEqual([
      2,
      expect.stringContaining(
        '  = help: its authors pin it anew: link to a commit or tag of theirs in which the two fit\n',
      ),
    ]);
    await pageTo(own);
    expectExit(await rig.run(['fetch', 'page.md']), 0);
    const digest = createHash('sha256').update(spy).digest('hex');
    writeFileSync(join(cache, `${digest}.md`), spy);
    const lock = JSON.parse(await rig.file('runsheet.lock'));
    lock.modules[`git+file://${bare}@main`].pages['spy.md'] = `sha256:${digest}`;
    await rig.write('runsheet.lock', JSON.stringify(lock));
    await pageTo(address('spy.md', 'main'));
    const refused = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^error\[module-address\]: /),
    ]);
    expect(refused.stderr).toContain(`: ${why}`);
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
