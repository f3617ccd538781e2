// Tests that nobody gets into the tool by the debugger that Node opens for a signal.
import { expect, test } from 'vitest';
import { Rig } from '../e2e/rig.ts';

test('a signal opens no debugger, and changes nothing of the run', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', '# Wait\n\n```sh\necho begun\nuntil [ -e go ]; do sleep 0.05; done\n```\n');
  const run = rig.start(['run', 'book.md', '--yes', '--log', 'none']);
  await run.waitFor('begun');
  run.kill('SIGUSR1');
  await rig.write('go', '');
  const { exitCode, stdout, stderr } = await run.ended;
  expect([exitCode, /Debugger/.test(stdout + stderr)]).toEqual([0, false]);
});
