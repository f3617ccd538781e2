// Tests running one section of a page by its name, and asking a person which of several procedures is meant.
import { describe, expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const fence = (code: string, info = 'sh') => `\`\`\`${info}\n${code}\n\`\`\`\n\n`;

const page = `# Users

## Preconditions

${fence('echo gate >> log')}## Add a user

${fence('echo add >> log')}### Rollback

${fence('echo unadd >> log')}## Rename a user

${fence('echo rename >> log')}## Remove a user

${fence('echo remove >> log')}## Update a user

${fence('echo update >> log')}`;

async function rigWith(text = page): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('users.md', text);
  return rig;
}

const run = (rig: Rig, ...args: readonly string[]) => rig.run(['run', ...args, '--yes', '--log', 'none']);

describe('a section that is named runs alone, behind the preconditions of the page', () => {
  test.each([
    ['by its anchor', ['users.md#rename-a-user']],
    ['by its words', ['users.md#Rename a user']],
    ['by the option', ['users.md', '--section', 'rename-a-user']],
  ])('%s', async (_, args) => {
    const rig = await rigWith();
    expectExit(await run(rig, ...args), 0);
    expect(await rig.file('log')).toBe('gate\nrename\n');
  });

  test('a page that is named alone leaves it open which one', async () => {
    const rig = await rigWith();
    const { exitCode, stderr } = await run(rig, 'users.md');
    expect([exitCode, stderr.includes('--section rename-a-user')]).toEqual([2, true]);
  });

  test('its own undo belongs to it', async () => {
    const rig = await rigWith(page.replace('echo add >> log', 'echo add >> log; false'));
    expectExit(await run(rig, 'users.md#add-a-user', '--on-failure', 'rollback'), 3);
    expect(await rig.file('log')).toBe('gate\nadd\nunadd\n');
  });

  test('the run keeps it when it goes on, and its row in the page names it', async () => {
    const rig = await rigWith(page.replace('echo rename', 'test -e ok && echo rename'));
    const failed = await rig.run(['run', 'users.md#rename-a-user', '--yes', '--on-failure', 'stop']);
    expectExit(failed, 1);
    await rig.write('ok', '');
    const [id] = (await rig.run(['runs'])).stdout.split(/\s/);
    expectExit(await rig.run(['resume', id ?? '', '--yes']), 0);
    expect(await rig.file('log')).toBe('gate\nrename\n');
    expect(await rig.file('users.md')).toMatch(/^\|.*`#rename-a-user`.*\|$/m);
  });
});

test('a section that is not there is answered, and so is one that holds nothing', async () => {
  const rig = await rigWith(`${page}## Notes\n\nNothing.\n`);
  expect(await run(rig, 'users.md#rename-user')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      'error: `users.md` has no section `#rename-user`; did you mean `#rename-a-user`?\n',
    ),
  });
  expect(await run(rig, 'users.md#notes')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('error: the section `#notes` of `users.md` holds nothing to run\n'),
  });
  expect(await run(rig, 'users.md#add-a-user', '--section', 'rename-a-user')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      'error: `users.md#add-a-user` names a section, and `--section rename-a-user` another one\n',
    ),
  });
});

test('a file whose name has a `#` is that file', async () => {
  const rig = await Rig.create();
  await rig.write('a#b.md', `# A\n\n${fence('echo a >> log')}`);
  expectExit(await run(rig, 'a#b.md'), 0);
  expect(await rig.file('log')).toBe('a\n');
});

test('print and a dry run show the section alone', async () => {
  const rig = await rigWith();
  const printed = await rig.run(['print', 'users.md#rename-a-user']);
  expect(printed.stdout).toContain('Rename a user');
  expect(printed.stdout).not.toContain('Remove a user');
  const dry = await rig.run(['run', 'users.md#rename-a-user', '--dry-run']);
  expect(dry.stdout).toContain('echo rename >> log');
  expect(dry.stdout).not.toContain('echo remove >> log');
});

test('a person is asked which of the procedures it is', async () => {
  const rig = await rigWith();
  const terminal = rig.terminal(['run', 'users.md', '--log', 'none'], { cols: 100 });
  await terminal.waitFor(
    /Which one\?.*\n› Add a user +line 9\n {2}Rename a user +line 21\n {2}Remove a user +line 27\n {2}Update a user +line 33\n {2}all of the page +in its order\n {2}decide at each/,
  );
  terminal.type('rename');
  await terminal.waitUntil(
    (lines) => lines.some((line) => /Rename a user/.test(line)) && !lines.some((line) => /Remove/.test(line)),
    'what was typed',
  );
  terminal.type(keys.enter);
  await terminal.waitUntil(
    (lines) => terminal.buffer === 'alternate' && lines.some((line) => line.includes('Users: Rename a user')),
    'the section on the full screen',
  );
  terminal.kill('SIGHUP');
  await terminal.ended;
});

test('who names what is for a certain case means it, by the section or the step', async () => {
  const text = `# Upgrade\n\n## Steps\n\n### Install\n\n${fence('echo new >> log')}### If it fails\n\n${fence('echo again >> log')}`;
  const rig = await rigWith(text);
  expectExit(await run(rig, 'users.md'), 2);
  for (const args of [['users.md#if-it-fails'], ['users.md', '--step', 'if-it-fails']])
    expectExit(await run(rig, ...args), 0);
  expect(await rig.file('log')).toBe('again\nagain\n');
  expectExit(await run(rig, 'users.md#steps'), 2);
});
