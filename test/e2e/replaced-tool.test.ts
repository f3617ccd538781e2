// Tests what becomes of a run whose tool is renewed or removed beneath it: parts are loaded when they are first used.
import { cp, readFile, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectExit, Rig, repositoryRoot } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = `# Change

## Steps

### One

\`\`\`sh {name=one}
touch begun
until test -e go; do sleep 0.05; done
echo one >> done
\`\`\`

### Two

\`\`\`sh {name=two}
echo two >> done
\`\`\`
`;
const told =
  'error: a part of runsheet is missing: it was replaced or removed while it ran\n' +
  '  = help: start it again; `runsheet runs` shows what became of a run that was going on\n';

/** An installation of its own, with what takes it away. */
async function installed() {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  await cp(join(repositoryRoot, 'dist'), rig.path('app/dist'), { recursive: true });
  await symlink(join(repositoryRoot, 'node_modules'), rig.path('app/node_modules'));
  const away = () => rename(rig.path('app/dist'), rig.path('app/gone'));
  return { rig, tool: rig.path('app/dist/runsheet.js'), away };
}

test('an unattended run says so in a sentence, and goes on with the new tool', async () => {
  const { rig, tool, away } = await installed();
  const ended = rig.exec(process.execPath, [tool, 'run', 'page.md', '--yes']);
  await expect.poll(() => rig.file('begun').catch(() => undefined)).toBe('');
  await away();
  await rig.write('go', '');
  const { exitCode, stderr } = await ended;
  // What else it had to do then, such as to write its results into the page, is told as not done.
  const lines = stderr.slice(stderr.indexOf('started\n') + 8).split('\n');
  expect([exitCode, lines.filter((line) => !/^[\d:]+ ! the document was not written: /.test(line))]).toEqual([
    1,
    told.split('\n'),
  ]);
  expect((await rig.run(['runs'])).stdout).toMatch(/^\S+ +interrupted /);
  // It goes on with another tool, which asks about the block that nobody saw end.
  expectExit(await rig.run(['resume', '--yes']), 5);
  const [id = ''] = (await rig.run(['runs'])).stdout.split(' ');
  expect(await rig.file('done')).toBe('one\n');
  expectExit(await rig.run(['answer', id, 'one', 'done']), 0);
  expectExit(await rig.run(['resume', id, '--yes']), 0);
  expect(await rig.file('done')).toBe('one\ntwo\n');
});

test('a guided run gives the terminal back and says so', async () => {
  const { rig, tool, away } = await installed();
  const terminal = rig.terminal(['run', 'page.md'], { program: tool, cols: 100 });
  await terminal.waitFor('Enter');
  await away();
  terminal.type(keys.enter);
  expect(await terminal.ended).toMatchObject({ exitCode: 1 });
  expect(terminal.screen().join('\n').trimEnd()).toBe(
    `note: this runbook is new to you: you have not run it before\n${told.trimEnd()}`,
  );
});

test('a server ends at the first part that it misses, for whoever looks after it to start it again', async () => {
  const { rig, tool, away } = await installed();
  const said = rig.path('said');
  const script = 'exec "$0" "$1" serve --library . --listen 127.0.0.1:0 2>"$2"';
  const ended = rig.exec('sh', ['-c', script, process.execPath, tool, said]);
  const begun = /at (http:\S+)\n.* token (\S+)\n/;
  await expect.poll(() => readFile(said, 'utf8').catch(() => '')).toMatch(begun);
  const [, origin = '', token = ''] = begun.exec(await readFile(said, 'utf8')) ?? [];
  // Signed in before, since what the server does by itself may miss a part sooner than any page.
  const signedIn = await fetch(`${origin}/sign-in`, {
    ...{ method: 'POST', redirect: 'manual' as const, headers: { Origin: origin } },
    body: new URLSearchParams({ token }),
  });
  const [cookie = ''] = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]);
  await away();
  await fetch(`${origin}/library`, { headers: { Cookie: cookie } }).catch(() => undefined);
  expect((await ended).exitCode).toBe(1);
  expect((await readFile(said, 'utf8')).split('\n').slice(-3).join('\n')).toBe(told);
});
