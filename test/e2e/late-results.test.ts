// Tests results that could not be written when their run ended, and are written later.
import { chmod } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

it('says that results are missing in the document, and writes them when the run is taken up', async () => {
  const rig = await Rig.create();
  const path = await rig.write(
    'late.md',
    '# Late\n\n## Steps\n\n```sh {name=lock}\nchmod a-w late.md\n```\n',
  );
  const run = await rig.run(['run', 'late.md', '--yes']);
  const [{ id, status } = { id: '', status: '' }] = await runsOf(rig);
  expect([run.exitCode, status]).toEqual([5, 'succeeded']);
  expect(run.stderr).toContain(
    'error: the results are not in the document: cannot write `late.md`: the file is read-only\n' +
      `  = help: they are kept; \`runsheet resume ${id}\` writes them once it can be written\n`,
  );
  expect(await rig.file('late.md')).not.toContain('**passed**');

  const stillLocked = await rig.run(['resume', id, '--yes']);
  expect([stillLocked.exitCode, stillLocked.stderr.split('\n')[0]]).toEqual([
    5,
    `error: the results are not in the document: cannot write \`${path}\`: the file is read-only`,
  ]);
  await chmod(path, 0o644);
  const resumed = await rig.run(['resume', id, '--yes']);
  expect([resumed.exitCode, resumed.stdout, resumed.stderr]).toEqual([
    0,
    '',
    `run ${id} had already ended; the missing part of its results is now written\n`,
  ]);
  expect(await rig.file('late.md')).toMatch(
    /<!-- runsheet:result lock run=\S+ code=\S+ -->\n> ✔ \*\*passed\*\*/,
  );
  expect(await rig.file('late.md')).toContain(`| \`${id}\` |`);

  const again = await rig.run(['resume', id, '--yes']);
  expect([again.exitCode, again.stderr]).toEqual([
    2,
    `error: run \`${id}\`: it has succeeded; there is nothing left to do\n`,
  ]);
});

it('does not exit with 0 where the page is gone when the run has ended', async () => {
  const rig = await Rig.create();
  await rig.write('gone.md', '# Gone\n\n## Steps\n\n```sh {name=away}\nmv gone.md elsewhere.md\n```\n');
  const run = await rig.run(['run', 'gone.md', '--yes']);
  const [{ status } = { status: '' }] = await runsOf(rig);
  expect([run.exitCode, status]).toEqual([5, 'succeeded']);
  expect(run.stderr).toContain('error: the results are not in the document: ');
});
