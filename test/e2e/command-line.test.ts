// Tests how the command line is entered: a file alone, nothing at all, help, and runs that nobody names.
import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = (title: string, code = 'echo done') =>
  `# ${title}\n\n## Steps\n\n\`\`\`sh\n${code}\n\`\`\`\n\n### By hand\n\nLook.\n`;

const byHand = ['--yes', '--log', 'none'];

test('a file alone is run', async () => {
  const rig = await Rig.create();
  await rig.write('a.md', '# A\n\n```sh\necho hello\n```\n');
  const run = await rig.run(['a.md', '--yes', '--log', 'none']);
  expect([run.exitCode, (run.stdout + run.stderr).includes('hello')]).toEqual([0, true]);
  expect((await rig.run(['--yes', '--log', 'none', 'a.md'])).exitCode).toBe(0);
});

test('a command wins over a file, and a near miss is answered', async () => {
  const rig = await Rig.create();
  await rig.write('check', '# A\n\n```sh\necho hello\n```\n');
  expect(await rig.run(['check'])).toMatchObject({ exitCode: 2 });
  expect(await rig.run(['chek'])).toMatchObject({
    exitCode: 2,
    stderr: "error: unknown command 'chek'\n(Did you mean check?)\n",
  });
});

test('help is answered for what there is, and for what there is not', async () => {
  const rig = await Rig.create();
  expect(await rig.run(['help', 'clear'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Example:\n  # Take all results and ticks out of a page\n'),
  });
  expect(await rig.run(['help', 'shwo'])).toMatchObject({
    exitCode: 2,
    stderr:
      'error: there is no command `shwo`; did you mean `show`?\n  = help: `runsheet help` lists all of them\n',
  });
});

test('nothing at all asks what to do, by a part of its name', async () => {
  const rig = await Rig.create();
  await rig.write('one.md', page('Rotate the keys'));
  await rig.write('sub/two.md', page('Free the disk'));
  const terminal = rig.terminal([]);
  await terminal.waitFor(/one\.md +Rotate the keys, 2 steps[\s\S]*sub\/two\.md +Free the disk, 2 steps/);
  terminal.type('disk');
  await terminal.waitUntil(
    (lines) =>
      lines.some((line) => line.includes('two.md')) && !lines.some((line) => line.includes('one.md')),
    'what was typed',
  );
  terminal.type(keys.enter);
  await terminal.waitUntil(() => terminal.buffer === 'alternate', 'the full screen');
  terminal.kill('SIGHUP');
  await terminal.ended;
});

test('nothing at all offers the open runs of this folder, and takes one up', async () => {
  const rig = await Rig.create();
  await rig.write('here/one.md', page('Rotate the keys'));
  await rig.write('there/two.md', page('Free the disk'));
  for (const file of ['here/one.md', 'there/two.md'])
    expect((await rig.run(['run', file, ...byHand])).exitCode).toBe(5);
  const terminal = rig.terminal([], { cwd: 'here', cols: 100 });
  await terminal.waitFor(/resume \S+ +Rotate the keys, paused, started /);
  expect(terminal.screen().join('\n')).not.toContain('Free the disk');
  terminal.type(keys.enter);
  await terminal.waitFor('By hand');
  terminal.kill('SIGHUP');
  await terminal.ended;
});

test('without a terminal, nothing at all shows the help and does nothing', async () => {
  const rig = await Rig.create();
  await rig.write('a.md', page('A'));
  const { exitCode, stdout, stderr } = await rig.run([]);
  expect([exitCode, stdout, stderr.startsWith('Usage: runsheet [options] [command | file]')]).toEqual([
    2,
    '',
    true,
  ]);
});

test('where there is nothing to pick, it says so', async () => {
  const rig = await Rig.create();
  mkdirSync(rig.path('empty'));
  const terminal = rig.terminal([], { cwd: 'empty', rows: 50 });
  expect((await terminal.ended).exitCode).toBe(2);
  expect(terminal.scrolled().join('\n')).toContain(
    'there is no runbook below this folder, and no run of one is open',
  );
});

test('a run that nobody names is one of this folder, and never a guess', async () => {
  const rig = await Rig.create();
  await rig.write('here/one.md', page('One'));
  await rig.write('there/two.md', page('Two'));
  expect((await rig.run(['run', 'there/two.md', ...byHand])).exitCode).toBe(5);
  mkdirSync(rig.path('here'), { recursive: true });
  const resume = ['resume', '--yes', '--manual', 'skip'];
  const elsewhere = await rig.run(resume, { cwd: 'here' });
  expect(elsewhere.exitCode).toBe(2);
  expect(elsewhere.stderr).toMatch(
    /^error: no run of a runbook in this folder can be meant\n {2}= help: give the id of one of another folder: \S+\n$/,
  );
  for (let run = 0; run < 2; run++)
    expect((await rig.run(['run', 'here/one.md', ...byHand])).exitCode).toBe(5);
  const several = await rig.run(resume, { cwd: 'here' });
  expect(several.exitCode).toBe(2);
  expect(several.stderr).toMatch(
    /^error: several runs of this folder can be meant: \S+, \S+\n {2}= help: give the id of one, or the start of it\n$/,
  );
  expect((await rig.run(resume, { cwd: 'there' })).exitCode).toBe(0);
});

test('a person picks of several', async () => {
  const rig = await Rig.create();
  await rig.write('one.md', page('One'));
  for (let run = 0; run < 2; run++) expect((await rig.run(['run', 'one.md', ...byHand])).exitCode).toBe(5);
  const terminal = rig.terminal(['resume', '--surface', 'prompt'], { cols: 100, env: { NO_COLOR: '1' } });
  await terminal.waitFor(/Which run\?[\s\S]*1 = \S+: One, paused[\s\S]*2 = \S+: One, paused/);
  terminal.type(`9${keys.enter}`);
  await terminal.waitFor('please give a number from 1 to 2, or a part of the name');
  terminal.type(`2${keys.enter}`);
  await terminal.waitFor('By hand');
  terminal.kill('SIGHUP');
  await terminal.ended;
});
