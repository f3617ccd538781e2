// Tests gates that other people answer, from other processes that share the state folder.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf, storyOf } from './told-story.ts';

const as = (user: string) => ({ env: { RUNSHEET_USER: user } });

async function gated(attributes: string, frontMatter = '') {
  const rig = await Rig.create();
  const front = frontMatter === '' ? '' : `---\n${frontMatter}\n---\n\n`;
  await rig.write(
    'gate.md',
    `${front}# Gate\n\n## Steps\n\n### Switch\n\n\`\`\`sh {${attributes}}\necho switched >> log\n\`\`\`\n`,
  );
  return rig;
}

const log = (rig: Rig) => rig.file('log').catch(() => 'nothing');

it('waits for two others, takes each of them once and never the operator, and says who', async () => {
  const rig = await gated('approve=2');
  const run = rig.start(['run', 'gate.md', '--yes'], as('ada'));
  await run.waitFor('approv');
  const id = (await runsOf(rig))[0]?.id ?? '';
  const answers = [];
  for (const user of ['ada', 'grace', 'grace', 'linus']) {
    const { exitCode, stderr } = await rig.run(['approve', id, '--comment', `says ${user}`], as(user));
    answers.push([user, exitCode, stderr.replaceAll(id, 'RUN')]);
  }
  expect(answers).toEqual([
    ['ada', 2, 'error: `ada` runs this step and cannot approve it\n'],
    ['grace', 0, 'approved `switch` of run RUN; it waits for 1 more approval\n'],
    ['grace', 2, 'error: `grace` has approved already\n'],
    ['linus', 0, 'approved `switch` of run RUN\n'],
  ]);
  expect((await run.ended).exitCode).toBe(0);
  expect(await log(rig)).toBe('switched\n');
  expect(await storyOf(rig)).toEqual([
    'run RUN of `Gate` started by ada',
    'steps',
    '`switch` waits for 2 approvals',
    '`switch` approved by grace (says grace)',
    '`switch` approved by linus (says linus)',
    '`switch` started',
    '`switch` passed',
    'the run succeeded: every step that was to run has passed',
  ]);
  expect(await rig.file('gate.md')).toContain('says linus');
});

it('is denied by one of the people it names, and by nobody else', async () => {
  const rig = await gated('approve=dba', 'approvals: { dba: { people: [grace, linus] } }');
  const run = rig.start(['run', 'gate.md', '--yes'], as('ada'));
  await run.waitFor('approv');
  const id = (await runsOf(rig))[0]?.id ?? '';
  const stranger = await rig.run(['deny', id], as('mallory'));
  expect([stranger.exitCode, stranger.stderr]).toEqual([
    2,
    'error: `mallory` is not asked here; `dba` is `grace`, `linus`\n',
  ]);
  expect(await rig.run(['deny', id, 'switch', '--comment', 'not on a Friday'], as('linus'))).toMatchObject({
    exitCode: 0,
  });
  expect((await run.ended).exitCode).toBe(1);
  expect(await log(rig)).toBe('nothing');
  expect(await storyOf(rig)).toEqual([
    'run RUN of `Gate` started by ada',
    'steps',
    '`switch` waits for 1 approval of grace and linus',
    '`switch` denied by linus (not on a Friday)',
    'stop, decided by policy',
    'the run failed: `switch` failed',
  ]);
});

it('pauses at the gate with --no-wait, is answered while it rests, and goes on', async () => {
  const rig = await gated('approve=grace');
  const paused = await rig.run(['run', 'gate.md', '--yes', '--no-wait'], as('ada'));
  expect(paused.exitCode).toBe(5);
  const [run] = await runsOf(rig);
  expect(run?.status).toBe('paused');
  // Nobody has answered: it comes back to the same place.
  expect(await rig.run(['resume', '--yes', '--no-wait'], as('ada'))).toMatchObject({ exitCode: 5 });
  const answer = await rig.run(['approve', 'gate.md'], as('grace'));
  expect([answer.exitCode, answer.stderr.replaceAll(run?.id ?? '', 'RUN')]).toEqual([
    0,
    'approved `switch` of run RUN; `runsheet resume RUN` takes the run up\n',
  ]);
  expect(await rig.run(['resume', '--yes', '--no-wait'], as('ada'))).toMatchObject({ exitCode: 0 });
  expect(await log(rig)).toBe('switched\n');
  expect(await storyOf(rig)).toEqual([
    'run RUN of `Gate` started by ada',
    'steps',
    '`switch` waits for 1 approval of grace',
    'paused at `switch`: `switch` waits for approval',
    'resumed by ada',
    'paused at `switch`: `switch` waits for approval',
    '`switch` approved by grace',
    'resumed by ada',
    '`switch` started',
    '`switch` passed',
    'the run succeeded: every step that was to run has passed',
  ]);
});

it('fails when it was denied while it rested, and is asked for anew only when the failed run is taken up', async () => {
  const rig = await gated('approve=grace');
  expect(await rig.run(['run', 'gate.md', '--yes', '--no-wait'], as('ada'))).toMatchObject({ exitCode: 5 });
  const id = (await runsOf(rig))[0]?.id ?? '';
  expect(await rig.run(['deny', id], as('grace'))).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['resume', '--yes', '--no-wait'], as('ada'))).toMatchObject({ exitCode: 1 });
  expect(await rig.run(['resume', id, '--yes', '--no-wait'], as('ada'))).toMatchObject({ exitCode: 5 });
  expect(await rig.run(['approve', id], as('grace'))).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['resume', '--yes'], as('ada'))).toMatchObject({ exitCode: 0 });
  expect((await storyOf(rig)).slice(3)).toEqual([
    'paused at `switch`: `switch` waits for approval',
    '`switch` denied by grace',
    'resumed by ada',
    'stop, decided by policy',
    'the run failed: `switch` failed',
    'resumed by ada',
    'run again, decided by ada',
    '`switch` waits for 1 approval of grace',
    'paused at `switch`: `switch` waits for approval',
    '`switch` approved by grace',
    'resumed by ada',
    '`switch` started',
    '`switch` passed',
    'the run succeeded: every step that was to run has passed',
  ]);
});

it.each([
  ['deny', 1, 'nothing', ['denied', 'stop, decided by policy', 'the run failed: `switch` failed']],
  [
    'approve',
    0,
    'switched\n',
    [
      'approved',
      '`switch` started',
      '`switch` passed',
      'the run succeeded: every step that was to run has passed',
    ],
  ],
])('that nobody answers in time ends as the gate says: %s', async (action, exit, end, [first, ...rest]) => {
  const rig = await gated(
    'approve=dba',
    `approvals: { dba: { people: [grace], timeout: 1s, on-timeout: ${action} } }`,
  );
  const run = await rig.run(['run', 'gate.md', '--yes'], as('ada'));
  expect(run.exitCode).toBe(exit);
  expect(await log(rig)).toBe(end);
  expect((await storyOf(rig)).map((line) => line.replace(/until \S+/, 'until T'))).toEqual([
    'run RUN of `Gate` started by ada',
    'steps',
    '`switch` waits for 1 approval of grace until T',
    `nobody answered for \`switch\` in time: ${first}`,
    ...rest,
  ]);
});

it('that nobody answers in time is escalated and stays open', async () => {
  const rig = await gated(
    'approve=dba',
    'approvals: { dba: { people: [grace], timeout: 1s, on-timeout: escalate } }',
  );
  const run = rig.start(['run', 'gate.md', '--yes'], as('ada'));
  await run.waitFor('escalat');
  expect(await rig.run(['approve', 'gate.md'], as('grace'))).toMatchObject({ exitCode: 0 });
  expect((await run.ended).exitCode).toBe(0);
  expect(await log(rig)).toBe('switched\n');
});
