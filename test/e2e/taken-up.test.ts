// Tests what a run that is taken up asks again, takes from the page, and leaves to a person.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const maintenance = `## Preconditions

\`\`\`sh {name=is-up}
test "$(cat state)" = up
\`\`\`

## Steps

### Take it out

\`\`\`sh
echo down > state
\`\`\`

### Replace the disk

Do it by hand.

### Put it back

\`\`\`sh
echo up > state
\`\`\`
`;

test('a precondition that the run itself has made false is told, and no gate', async () => {
  const rig = await Rig.create();
  await rig.write('disk.md', maintenance);
  await rig.write('state', 'up\n');
  expect(await rig.run(['run', 'disk.md', '--yes'])).toMatchObject({ exitCode: 5 });
  const resumed = await rig.run(['resume', 'disk.md', '--yes', '--manual', 'skip']);
  expect(resumed).toMatchObject({ exitCode: 0 });
  expect(resumed.stdout + resumed.stderr).toContain(
    'it held when the run began, and the run has changed things since',
  );
  expect(await rig.file('state')).toBe('up\n');
});

test('what a precondition has set stays as it was before the run has changed anything', async () => {
  const rig = await Rig.create();
  await rig.write('state', 'old\n');
  const page = `## Preconditions

\`\`\`sh {name=old capture=OLD}
SEEN=$(cat state); cat state
\`\`\`

## Steps

### Change it

\`\`\`sh {name=change}
echo new > state
\`\`\`

#### Rollback

\`\`\`sh {name=undo}
echo "$OLD $SEEN" > state
\`\`\`

### Go on

\`\`\`sh {name=go-on}
test -e gate; echo "$OLD $SEEN" > seen; test -e another
\`\`\`
`;
  await rig.write('page.md', page);
  expect(await rig.run(['run', 'page.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 1 });
  await rig.write('gate', '');
  const resumed = await rig.run(['resume', 'page.md', '--yes']);
  expect([resumed.exitCode, resumed.stderr]).toEqual([
    1,
    expect.stringContaining('`old` started, attempt 2'),
  ]);
  expect(await rig.file('seen')).toBe('old old\n');
  expect(await rig.run(['rollback', 'page.md', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('state')).toBe('old old\n');
});

test('a precondition stays a gate while nothing has been changed', async () => {
  const rig = await Rig.create();
  await rig.write(
    'disk.md',
    maintenance.replace('### Take it out', '### Look\n\nDo it by hand.\n\n### Take it out'),
  );
  await rig.write('state', 'up\n');
  expect(await rig.run(['run', 'disk.md', '--yes'])).toMatchObject({ exitCode: 5 });
  await rig.write('state', 'gone\n');
  await rig.run(['resume', 'disk.md', '--yes', '--manual', 'skip']);
  expect(await rig.file('state')).toBe('gone\n');
});

test('an undo that was mended in the page is taken, also after an earlier take', async () => {
  const rig = await Rig.create();
  const page = `## Steps

### One

\`\`\`sh
touch one
\`\`\`

#### Rollback

\`\`\`sh {name=undo-one}
rm wrong
\`\`\`

### Two

\`\`\`sh
test -e gate
\`\`\`
`;
  await rig.write('undo.md', page);
  expect(await rig.run(['run', 'undo.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 1 });
  await rig.write('undo.md', page.replace('-e gate', '-e gate2'));
  expect(await rig.run(['resume', 'undo.md', '--yes', '--changed', 'take'])).toMatchObject({ exitCode: 1 });
  await rig.write('undo.md', page.replace('-e gate', '-e gate2').replace('rm wrong', 'rm one'));
  expect(await rig.run(['rollback', 'undo.md', '--yes', '--changed', 'take'])).toMatchObject({ exitCode: 0 });
});

test('an interactive block waits for a person where nobody is there', async () => {
  const rig = await Rig.create();
  await rig.write('edit.md', '## Steps\n\n```sh {name=edit interactive}\ntouch ran\n```\n');
  const run = await rig.run(['run', 'edit.md', '--yes', '--log', 'none']);
  expect(run).toMatchObject({ exitCode: 5 });
  expect(run.stdout + run.stderr).toContain('`edit` needs the terminal, and there is nobody at it');
});

test('a run whose page is gone goes on with its own copy, where nothing is to be written into the page', async () => {
  const rig = await Rig.create();
  await rig.write('work/disk.md', maintenance);
  await rig.write('work/state', 'up\n');
  expect(await rig.run(['run', 'work/disk.md', '--yes'])).toMatchObject({ exitCode: 5 });
  await rm(rig.path('work/disk.md'));
  const refused = await rig.run(['resume', '--yes', '--manual', 'skip']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(
    'error: the runbook cannot be read, so there is nowhere to write results\n' +
      '  = help: put it back where it was, or give `--log none` and go on with the copy of the run; the run itself is safe\n',
  );
  const resumed = await rig.run(['resume', '--yes', '--manual', 'skip', '--log', 'none']);
  expect(resumed).toMatchObject({ exitCode: 0 });
  expect(resumed.stderr).toContain(
    `note: \`${rig.path('work/disk.md')}\` is gone; the run goes on with its own copy\n`,
  );
  expect(await rig.file('work/state')).toBe('up\n');
  expect(existsSync(rig.path('work/disk.md'))).toBe(false);
});
