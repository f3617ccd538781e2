// Tests undoing what a run did, and nothing else: at once, later, in part, and when undoing itself goes wrong.
import { expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

const runbook = `# Undo

## Steps

### One

\`\`\`sh {name=one}
echo one >> log
\`\`\`

#### Rollback

\`\`\`sh {name=undo-one}
echo undo-one >> log
\`\`\`

### Two

\`\`\`sh {name=two}
echo two >> log
\`\`\`

#### Rollback

\`\`\`sh {name=undo-two}
test ! -e broken && echo undo-two >> log
\`\`\`

### Three

\`\`\`sh {name=three}
echo three >> log
test -e fine
\`\`\`

#### Rollback

\`\`\`sh {name=undo-three}
echo undo-three >> log
\`\`\`

### Four

\`\`\`sh {name=four}
echo four >> log
\`\`\`

#### Rollback

\`\`\`sh {name=undo-four}
echo undo-four >> log
\`\`\`

## Rollback

\`\`\`sh {name=undo-all}
echo undo-all >> log
\`\`\`
`;

const ada = { env: namedUser('ada') };

async function rigWith(...files: readonly string[]) {
  const rig = await Rig.create();
  await rig.write('undo.md', runbook);
  for (const file of files) await rig.write(file, '');
  return rig;
}

const log = async (rig: Rig) => (await rig.file('log')).trimEnd().split('\n');

const undone = (...names: readonly string[]) => [
  ...names.flatMap((name) => [`\`undo-${name}\` started`, `\`undo-${name}\` passed`]),
  'the run failed and was rolled back: everything that ran was undone',
];

it('undoes only what ran, newest first, then the section of the document, and exits with 3', async () => {
  const rig = await rigWith();
  const run = await rig.run(['run', 'undo.md', '--yes', '--on-failure', 'rollback'], ada);
  expect(run.exitCode).toBe(3);
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three', 'undo-two', 'undo-one', 'undo-all']);
  expect(await storyOf(rig)).toEqual([
    'run RUN of `Undo` started by ada',
    'steps',
    '`one` started',
    '`one` passed',
    '`two` started',
    '`two` passed',
    '`three` started',
    '`three` failed: exit 1 at line 33: `test -e fine`',
    'roll back, without being asked',
    'rollback planned: 4 undos for 3 steps',
    'rollback started by ada',
    ...undone('three', 'two', 'one', 'all'),
  ]);
});

it('says exactly what is left undone, exits with 6, and goes on when that is mended', async () => {
  const rig = await rigWith('broken');
  const run = await rig.run(['run', 'undo.md', '--yes', '--on-failure', 'rollback'], ada);
  expect(run.exitCode).toBe(6);
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three']);
  expect((await storyOf(rig)).at(-1)).toBe(
    'the run failed, and its rollback failed too: undoing failed at `undo-two`; left undone: `undo-two`, `undo-one` and `undo-all`',
  );
  expect(await rig.run(['rollback', 'undo.md', '--yes'], ada)).toMatchObject({ exitCode: 6 });
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three']);
  await rig.exec('rm', ['broken']);
  expect(await rig.run(['rollback', 'undo.md', '--yes'], ada)).toMatchObject({ exitCode: 0 });
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three', 'undo-two', 'undo-one', 'undo-all']);
  const again = await rig.run(['rollback', 'undo.md', '--yes'], ada);
  expect([again.exitCode, again.stderr.replace(/`\d{8}-\S+`/, '`RUN`')]).toEqual([
    2,
    'error: run `RUN`: it has already been rolled back\n',
  ]);
});

it('is taken up again where its tool was killed, and undoes nothing twice', async () => {
  const rig = await rigWith();
  await rig.write(
    'undo.md',
    runbook.replace('test ! -e broken', 'echo holding; test -e go || exec tail -f /dev/null; true'),
  );
  const run = rig.start(['run', 'undo.md', '--yes', '--on-failure', 'rollback'], ada);
  await run.waitFor('holding');
  run.kill('SIGKILL');
  await run.ended;
  await rig.write('go', '');
  // With nobody there, an undo in doubt waits for a person; to one it is a question.
  expect(await rig.run(['resume', '--yes'], ada)).toMatchObject({ exitCode: 5 });
  expect(await rig.run(['resume', '--surface', 'prompt'], { ...ada, input: 'r\nr\nr\nr\n' })).toMatchObject({
    exitCode: 3,
  });
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three', 'undo-two', 'undo-one', 'undo-all']);
});

it('undoes a run that is long over', async () => {
  const rig = await rigWith('fine');
  expect(await rig.run(['run', 'undo.md', '--yes', '--until', 'three'], ada)).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['rollback', '--yes'], { env: namedUser('grace') })).toMatchObject({
    exitCode: 0,
  });
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'undo-three', 'undo-two', 'undo-one', 'undo-all']);
  expect((await storyOf(rig)).slice(-13)).toEqual([
    'the run succeeded: every step that was to run has passed',
    'resumed by grace',
    'rollback planned: 4 undos for 3 steps',
    'rollback started by grace',
    ...undone('three', 'two', 'one', 'all').slice(0, -1),
    'the run was rolled back: everything that ran was undone',
  ]);
});

it('leaves out what an operator unticks', async () => {
  const rig = await rigWith('fine');
  expect(await rig.run(['run', 'undo.md', '--yes'], ada)).toMatchObject({ exitCode: 0 });
  const rollback = await rig.run(['rollback', '--surface', 'prompt'], {
    ...ada,
    input: '3 4\n\ny\nr\nr\nr\n',
  });
  expect(rollback.exitCode).toBe(0);
  expect(rollback.stderr).toContain(
    [
      '  1. [x] undo-four (undoes four): Rollback',
      '  2. [x] undo-three (undoes three): Rollback',
      '  3. [ ] undo-two (undoes two): Rollback',
      '  4. [ ] undo-one (undoes one): Rollback',
      '  5. [x] undo-all: Rollback',
    ].join('\n'),
  );
  expect(await log(rig)).toEqual(['one', 'two', 'three', 'four', 'undo-four', 'undo-three', 'undo-all']);
  expect((await storyOf(rig)).at(-1)).toBe(
    'the run was rolled back: the rollback is complete; 2 left out by the operator',
  );
});

it('says that there is nothing to undo where nothing was changed, and what stays where something was', async () => {
  const rig = await Rig.create();
  const page = (attributes: string): string =>
    `# Page\n\n## Steps\n\n### Look\n\n\`\`\`sh {name=look ${attributes}}\ntrue\n\`\`\`\n`;
  await rig.write('read.md', page('risk=read'));
  await rig.write('change.md', page(''));
  for (const file of ['read.md', 'change.md'])
    expect((await rig.run(['run', file, '--yes', '--log', 'none'])).exitCode).toBe(0);
  const ends = [
    await rig.run(['rollback', 'read.md', '--yes']),
    await rig.run(['rollback', 'change.md', '--yes']),
  ];
  expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr.replace(/\d{8}-\d{6}-\w{4}/, 'RUN')])).toEqual([
    [0, 'nothing to undo: run `RUN` has changed nothing\n'],
    [
      6,
      'error: run `RUN`: nothing that ran can be undone; `look` stays as it is\n' +
        '  = help: no undo is written for that, and the runbook has no rollback section\n',
    ],
  ]);
});
