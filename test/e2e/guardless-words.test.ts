import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const page = (frontMatter: string, attributes = ''): string =>
  `---\n${frontMatter}\n---\n\n# Clear the cache\n\n## Steps\n\n### Clear\n\n\`\`\`sh${attributes}\necho cleared\n\`\`\`\n`;

const notes = (stderr: string): string[] =>
  stderr.split('\n').filter((line) => line.startsWith('note: ') && !line.includes('new to you'));

test('a run begins with what looks like a guard and guards nothing', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page('title: x\ntimeout: 5m\nvars: { A: b }', ' {timeout=5s frobnicate=red}'));
  const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect([ran.exitCode, notes(ran.stderr)]).toEqual([
    0,
    [
      "note: page.md:3: `timeout` is not a key of a runbook's front matter; it guards nothing here: write it on a block, or on the heading of a step",
      "note: page.md:4: `vars` is not a key of a runbook's front matter; did you mean `inputs`?",
      'note: page.md:13: `frobnicate` is not an attribute of a code block, and has no effect',
    ],
  ]);
});

test('many of them are counted', async () => {
  const rig = await Rig.create();
  const keys = ['timeout', 'retries', 'interval', 'on-failure', 'expect', 'exit', 'capture'];
  await rig.write('page.md', page(keys.map((key) => `${key}: x`).join('\n')));
  const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect(notes(ran.stderr).slice(4)).toEqual([
    "note: page.md:6: `expect` is not a key of a runbook's front matter; it guards nothing here: write it on a block, or on the heading of a step",
    expect.stringMatching(/^note: 2 more of the kind: `runsheet check .*page\.md` names them$/),
  ]);
});

test('a page that is not to run as it is does not run', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page('title: x\nrequires-approval: dba'));
  const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([
    2,
    '',
    [
      "error[unknown-front-matter-key]: `requires-approval` is not a key of a runbook's front matter",
      ' --> page.md:3:1',
      '  |',
      '3 | requires-approval: dba',
      '  | ^^^^^^^^^^^^^^^^^ did you mean `approvals`?',
      '',
    ].join('\n'),
  ]);
});

test('a run begins with the values that are not what they seem to say', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page('inputs: { REGION: { default: eu } }\nenv: { BASE: "/srv/$REGION" }'));
  const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect([ran.exitCode, notes(ran.stderr)]).toEqual([
    0,
    ['note: page.md:3: `$REGION` stays as it is written: values of `env` are texts'],
  ]);
});
