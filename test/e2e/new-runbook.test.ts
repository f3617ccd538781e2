// Tests `runsheet new`: flags, questions on a terminal, templates of a team, and what it refuses.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const template = [
  '---',
  'template:',
  '  description: A service is restarted',
  '  fields:',
  '    title: { description: The name }',
  '    owner: { description: The team }',
  '    level: { choices: [low, high], default: low }',
  'title: TODO(title)',
  'owner: TODO(owner)',
  'tags: [TODO(level)]',
  '---',
  '',
  '# TODO(title)',
  '',
  'Ask TODO(boss).',
  '',
].join('\n');

const made = (title: string, owner: string, level: string, boss = 'TODO(boss)') =>
  `---\ntitle: ${title}\nowner: ${owner}\ntags: [${level}]\n---\n\n# ${title.replaceAll('"', '')}\n\nAsk ${boss}.\n`;

async function rigOfTeam(): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('runsheet.yaml', 'templates: [ours]\n');
  await rig.write('ours/restart.md', template);
  await rig.write('ours/blank.md', '# Ours\n');
  await rig.write('ours/README.md', '# No template\n');
  return rig;
}

test('lists the templates of the team beside those of the tool, whose names they may take', async () => {
  const rig = await rigOfTeam();
  const { stdout } = await rig.run(['new']);
  expect(stdout).toMatch(/^restart +A service is restarted$/m);
  expect(stdout).toMatch(/^blank +Ours$/m);
  expect(stdout).toMatch(/^routine-task +Work/m);
  expect(stdout).not.toContain('README');
});

test('fills in what is given, and leaves open what is not', async () => {
  const rig = await rigOfTeam();
  const named = ['--title', 'A: B', '--owner', 'ada', '--set', 'level=high'];
  expect(await rig.run(['new', 'restart', 'sub.md', ...named])).toMatchObject({
    exitCode: 0,
    stderr: 'sub.md written; 1 place in it is still to be filled in: `runsheet check sub.md` shows them\n',
  });
  expect(await rig.file('sub.md')).toBe(made('"A: B"', 'ada', 'high'));
  const printed = await rig.run(['new', 'restart', '--set', 'boss=Bea']);
  expect(printed.stdout).toBe(made('TODO(title)', 'TODO(owner)', 'low', 'Bea'));
});

test('makes the folder that it writes into', async () => {
  const rig = await rigOfTeam();
  const named = ['--title', 'A', '--owner', 'ada', '--set', 'level=high'];
  expect(await rig.run(['new', 'restart', 'no/folder/a.md', ...named])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('no/folder/a.md')).toBe(made('A', 'ada', 'high'));
});

test('never writes over a file, and refuses what the template does not have', async () => {
  const rig = await rigOfTeam();
  await rig.write('mine.md', 'mine\n');
  expect(await rig.run(['new', 'restart', 'mine.md'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: `mine.md` is there already; nothing was written\n',
  });
  expect(await rig.file('mine.md')).toBe('mine\n');
  expect(await rig.run(['new', 'restart', 'a.md', '--set', 'ownr=ada'])).toMatchObject({
    exitCode: 2,
    stderr:
      'error: the template has no field `ownr`; did you mean `owner`?\n  = help: fields: boss, level, owner, title\n',
  });
  expect(await rig.run(['new', 'restart', 'a.md', '--set', 'level=odd'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: input `level`: expected one of `low`, `high`; got `odd`\n',
  });
  expect(await rig.run(['new', 'restart', 'a.md', '--title', 'a\nb'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: the value of `title` is more than one line\n',
  });
  expect(await rig.run(['new', 'restrt', 'a.md'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('error: there is no template `restrt`; did you mean `restart`?\n'),
  });
  await rig.write('file', '');
  expect((await rig.run(['new', 'restart', 'file/a.md'])).stderr).toContain(
    'error: cannot write `file/a.md`: ',
  );
  expect(existsSync(rig.path('a.md'))).toBe(false);
});

test('asks on a terminal for what was not given', async () => {
  const rig = await rigOfTeam();
  const terminal = rig.terminal(['new', 'restart', 'mine.md', '--owner', 'ada'], { env: { NO_COLOR: '1' } });
  await terminal.waitFor('Values for the page');
  await terminal.waitFor('title (The name):');
  terminal.type(`Restart it${keys.enter}`);
  await terminal.waitFor('level');
  terminal.type(`2${keys.enter}`);
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('mine.md')).toBe(made('Restart it', 'ada', 'high'));
});

test('a person who leaves has nothing written, and --no-ask asks for nothing', async () => {
  const rig = await rigOfTeam();
  const terminal = rig.terminal(['new', 'restart', 'mine.md']);
  await terminal.waitFor('title (The name)');
  terminal.type('\u0003');
  expect((await terminal.ended).exitCode).toBe(130);
  expect(existsSync(rig.path('mine.md'))).toBe(false);

  const silent = rig.terminal(['new', 'restart', 'mine.md', '--no-ask']);
  expect((await silent.ended).exitCode).toBe(0);
  expect(await rig.file('mine.md')).toBe(made('TODO(title)', 'TODO(owner)', 'low'));
});

test('says what is wrong with folders and templates', async () => {
  const rig = await Rig.create();
  await rig.write('runsheet.yaml', 'templates: [none, ours]\n');
  await rig.write('ours/broken.md', '---\ntemplate: { fields: { owner: { defualt: x } } }\n---\n\n# T\n');
  const listed = await rig.run(['new']);
  expect([listed.exitCode, listed.stdout.includes('routine-task')]).toEqual([0, true]);
  expect(listed.stderr).toMatch(/^warning: the templates in `\S+\/none` cannot be read: no such folder\n$/);
  const broken = await rig.run(['new', 'broken', 'mine.md']);
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toContain('error[front-matter-value]: ');
  expect(broken.stderr).toMatch(/error: the template `broken` has errors; nothing was written\n$/);
  expect(existsSync(rig.path('mine.md'))).toBe(false);
});

test('a command that is to be typed next has names with blanks in quotes', async () => {
  const rig = await Rig.create();
  const made = await rig.run(['new', 'blank', 'my runbooks/a b.md', '--no-ask', '--with-test']);
  expect(made.stderr).toMatch(
    /^my runbooks\/a b\.md written; \d+ places in it are still to be filled in: `runsheet check 'my runbooks\/a b\.md'` shows them\nmy runbooks\/a b\.test\.yaml written; `runsheet test 'my runbooks\/a b\.md'` runs it\n$/,
  );
  expect((await rig.run(['print', 'my runbooks'])).stderr).toContain(
    "= help: `runsheet list 'my runbooks'` shows the runbooks in it\n",
  );
  expect((await rig.run(['run', 'my runbooks/a b.md', '--dry-run', '--step', 'nosuch'])).stderr).toContain(
    "`runsheet print 'my runbooks/a b.md'` lists the steps\n",
  );
});
