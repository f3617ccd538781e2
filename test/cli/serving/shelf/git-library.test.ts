// Tests a library that is a repository, by a real git: what is taken of it, and that the last good commit stays.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { GitLibrary } from '../../../../src/cli/serving/shelf/git-library.ts';
import { parseLibraryAddress } from '../../../../src/cli/serving/shelf/library-address.ts';

const page = (title: string, code = 'true'): string =>
  `# ${title}\n\n## Steps\n\n\`\`\`sh\n${code}\n\`\`\`\n`;
const never = new AbortController().signal;

async function open(folder = '') {
  const root = mkdtempSync(join(tmpdir(), 'runsheet-git-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const work = join(root, 'work');
  mkdirSync(work);
  const git = (...args: readonly string[]) =>
    execa('git', ['-C', work, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  };
  const commit = async (): Promise<string> => {
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--message', 'x');
    return (await git('rev-parse', 'HEAD')).stdout;
  };
  const read = parseLibraryAddress(`git+file://${work}${folder === '' ? '' : `//${folder}`}`);
  if (!read.ok) throw new Error(read.error);
  let now = 1_000;
  const library = () => new GitLibrary({ address: read.value, everyMs: 1 }, join(root, 'state'), () => ++now);
  const name = `git+file://${work}@HEAD`;
  return { root, work, git, write, commit, library, name };
}

it('shows the newest commit, leads runs to theirs, and follows a branch that was begun anew', async () => {
  const { work, git, write, commit, library, name } = await open();
  write('a.md', page('One'));
  write('deep/b.md', page('Two'));
  write('tool.sh', '#!/bin/sh\n');
  chmodSync(join(work, 'tool.sh'), 0o755);
  const first = await commit();
  const opened = library();
  expect(opened.hasSome).toBe(false);
  await opened.fetch(never);
  expect(opened.library.state).toEqual({ name, commit: first, seenAtMs: 1_001 });
  const titles = () => opened.library.all().map(({ path, runbook }) => [path, runbook.title]);
  expect(titles()).toEqual([
    ['a.md', 'One'],
    ['deep/b.md', 'Two'],
  ]);
  write('a.md', page('Other'));
  await git('commit', '--quiet', '--amend', '--all', '--message', 'y');
  const second = (await git('rev-parse', 'HEAD')).stdout;
  await opened.fetch(never);
  expect(opened.library.state).toEqual({ name, commit: second, seenAtMs: 1_002 });
  expect(titles()).toEqual([
    ['a.md', 'Other'],
    ['deep/b.md', 'Two'],
  ]);
  const textAt = (at: string): string =>
    readFileSync(opened.library.pageAt({ commit: at, path: 'a.md' }) ?? '', 'utf8');
  expect([textAt(first), textAt(second)]).toEqual([page('One'), page('Other')]);
  expect(opened.library.pageAt({ commit: '../..', path: 'a.md' })).toBeUndefined();
  const { folder } = opened.library;
  expect(readdirSync(folder).sort()).toEqual(['a.md', 'deep', 'tool.sh']);
  // A run that is not over keeps its commit; afterwards it goes.
  const runs = (entries: readonly unknown[]) => ({ runs: async () => ({ entries }) as never });
  await opened.tidy(runs([{ runbook: { commit: first, path: 'a.md' } }]));
  expect(existsSync(join(dirname(folder), first))).toBe(true);
  await opened.tidy(runs([]));
  expect(readdirSync(dirname(folder)).sort()).toEqual([second, 'commit'].sort());
});

it('stays at the last good commit, also in the next server, and says why', async () => {
  const { root, work, write, commit, library, name } = await open();
  write('a.md', page('One'));
  const first = await commit();
  const opened = library();
  await opened.fetch(never);
  rmSync(work, { recursive: true });
  await opened.fetch(never);
  const trouble = expect.stringMatching(/^git: .*does not (?:appear to be a git repository|exist)/);
  expect(opened.library.state).toEqual({ name, commit: first, seenAtMs: 1_001, trouble });
  const next = library();
  expect([next.hasSome, next.library.all().map(({ path }) => path)]).toEqual([true, ['a.md']]);
  await next.fetch(never);
  expect(next.library.state).toEqual({ name, commit: first, trouble });
  rmSync(join(root, 'state'), { recursive: true });
  const fresh = library();
  await fresh.fetch(never);
  expect([fresh.hasSome, fresh.library.state.trouble]).toEqual([false, trouble]);
});

it('runs nothing of a repository, and takes plain files alone', async () => {
  const { root, work, git, write, commit, library } = await open('books');
  const ran = join(root, 'ran');
  for (const hook of ['post-checkout', 'post-merge', 'reference-transaction', 'pre-auto-gc'])
    write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch ${ran}\n`);
  for (const hook of readdirSync(join(work, '.git/hooks'))) chmodSync(join(work, '.git/hooks', hook), 0o755);
  write('books/a.md', page('One'));
  write('books/.gitattributes', '*.md filter=run\n');
  write('outside.md', page('Outside'));
  symlinkSync('/etc/passwd', join(work, 'books/link.md'));
  symlinkSync('/etc', join(work, 'books/etc'));
  await git('config', 'filter.run.smudge', `touch ${ran}`);
  const { stdout: own } = await git('rev-parse', '--git-dir');
  await git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},books/sub`);
  write('.gitmodules', `[submodule "sub"]\n\tpath = books/sub\n\turl = file://${own}\n`);
  await commit();
  rmSync(ran, { force: true });
  const opened = library();
  await opened.fetch(never);
  expect(opened.library.state.trouble).toBeUndefined();
  const { folder } = opened.library;
  expect([readdirSync(folder), readdirSync(dirname(folder)), existsSync(ran)]).toEqual([
    ['.gitattributes', 'a.md'],
    ['books'],
    false,
  ]);
  expect(opened.library.all().map(({ path }) => path)).toEqual(['a.md']);
});

it('reads addresses of repositories', () => {
  const parts = (text: string) => {
    const read = parseLibraryAddress(text);
    return read.ok ? [read.value.repository, read.value.ref, read.value.path] : read.error;
  };
  expect([
    parts('git+https://git.example.org/ops/books.git'),
    parts('git+https://git.example.org/ops/books.git@main//runbooks/db/'),
    parts('git+ssh://git@git.example.org/books.git'),
    parts('git+ssh://git@git.example.org/books.git@v1//books'),
    parts('git+https://ann:secret@git.example.org/books.git'),
    parts('git+https://git.example.org/books.git//../x'),
    parts('git+ext://sh -c true'),
    parts('https://git.example.org/books.git'),
    parts('git+https://git.example.org/books.git@--upload-pack=x'),
  ]).toEqual([
    ['https://git.example.org/ops/books.git', 'HEAD', ''],
    ['https://git.example.org/ops/books.git', 'main', 'runbooks/db'],
    ['ssh://git@git.example.org/books.git', 'HEAD', ''],
    ['ssh://git@git.example.org/books.git', 'v1', 'books'],
    'credentials do not belong into a page; git finds them by its credential helpers',
    'its path leads out of the repository',
    'it begins with none of `git+https://`, `git+ssh://` and `git+file://`',
    'it begins with none of `git+https://`, `git+ssh://` and `git+file://`',
    '`--upload-pack=x` is no commit, tag or branch',
  ]);
});

it('stays where it cannot even be fetched into a folder, and says why', async () => {
  const { root, write, commit, library, name } = await open();
  write('a.md', page('One'));
  const first = await commit();
  const opened = library();
  await opened.fetch(never);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(root, 'none');
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  await opened.fetch(never);
  const trouble = expect.stringContaining(`no such folder (\`${root}/none/`);
  expect(opened.library.state).toEqual({ name, commit: first, seenAtMs: 1_001, trouble });
  process.env.TMPDIR = root;
  await opened.fetch(never);
  expect(opened.library.state).toEqual({ name, commit: first, seenAtMs: 1_002 });
});
