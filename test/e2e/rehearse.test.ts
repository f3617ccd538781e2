// Tests what a rehearsal runs and what it says, in real processes.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const block = (code: string) => `\`\`\`sh\n${code}\n\`\`\`\n`;

const runbook = [
  '# Restart\n\n## Prerequisites\n\n### Reach it\n\n',
  block('echo reached'),
  '\n### Prepare\n\n',
  block('touch prepared'),
  '\n## Diagnosis\n\n',
  block('echo looked'),
  '\nYou can try this:\n\n',
  block("sh -c 'rm -f victim'"),
  '\n## Steps\n\n',
  block('touch made'),
  '\n## Validation\n\n',
  block('test -e made'),
].join('');

it('runs what only looks, passes, and is no success', async () => {
  const rig = await Rig.create();
  await rig.write('restart.md', runbook);
  await rig.write('victim', '');
  const ran = await rig.run(['run', 'restart.md', '--yes', '--rehearse', '--log', 'none']);
  expect([ran.exitCode, ran.stderr]).toEqual([
    0,
    expect.stringContaining('rehearsed: 2 looked at, 4 left out'),
  ]);
  expect(ran.stderr).not.toContain('succeeded');
  expect(['victim', 'prepared', 'made'].map((name) => existsSync(rig.path(name)))).toEqual([
    true,
    false,
    false,
  ]);
  const [run] = await runsOf(rig);
  expect(run?.status).toBe('rehearsed');
  const resumed = await rig.run(['resume', run?.id ?? '', '--yes']);
  expect([resumed.exitCode, resumed.stderr]).toEqual([
    2,
    expect.stringContaining('it was rehearsed to its end; run the runbook without `--rehearse`'),
  ]);
});

it('prepares behind what only looks, before the steps', async () => {
  const rig = await Rig.create();
  await rig.write('restart.md', runbook.replace('echo reached', 'test ! -e prepared && test -e reachable'));
  const held = await rig.run(['run', 'restart.md', '--yes', '--log', 'none']);
  expect([held.exitCode, existsSync(rig.path('prepared'))]).toEqual([4, false]);
  await rig.write('reachable', '');
  const ran = await rig.run(['run', 'restart.md', '--yes', '--log', 'none']);
  expect([ran.exitCode, existsSync(rig.path('prepared')), existsSync(rig.path('made'))]).toEqual([
    0,
    true,
    true,
  ]);
});

it('has no doubt of what it leaves out', async () => {
  const rig = await Rig.create();
  const ways = ['Method 1: by script', 'Method 2: by hand'].map(
    (way) => `### ${way}\n\n${block('touch made')}\n`,
  );
  await rig.write(
    'ways.md',
    `# Install\n\n## Preconditions\n\n${block('true')}\n## Steps\n\n${ways.join('')}`,
  );
  expect((await rig.run(['run', 'ways.md', '--yes', '--log', 'none'])).exitCode).toBe(2);
  const ran = await rig.run(['run', 'ways.md', '--yes', '--rehearse', '--log', 'none']);
  expect([ran.exitCode, ran.stderr]).toEqual([
    0,
    expect.stringContaining('rehearsed: 1 looked at, 2 left out'),
  ]);
});

it('says of a link that only a part of it was looked at', async () => {
  const rig = await Rig.create();
  await rig.write(
    'top.md',
    `# Top\n\n## Steps\n\n### First\n\n[Restart](restart.md)\n\n### Then\n\n[Look](look.md)\n`,
  );
  await rig.write('restart.md', runbook);
  await rig.write('look.md', `# Look\n\n## Diagnosis\n\n${block('echo looked')}`);
  const ran = await rig.run(['run', 'top.md', '--yes', '--rehearse', '--log', 'none']);
  expect([ran.exitCode, ran.stderr]).toEqual([
    0,
    expect.stringContaining('rehearsed: 3 looked at, 4 left out'),
  ]);
  expect(ran.stderr).toContain('`first` skipped: this is a rehearsal');
  expect(ran.stderr).toContain('`then` passed');
});
