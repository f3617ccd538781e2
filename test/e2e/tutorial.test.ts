// Runs docs/tutorial.md as its reader would: it writes its files, runs its commands and compares what they print.
import { chmod, readdir } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { expectExit, Rig, tool } from './rig.ts';

test('the tutorial does what it says, from the first page to the pipeline', async () => {
  const rig = await Rig.create();
  await rig.copy('docs/tutorial.md');
  const command = await rig.write('bin/runsheet', `#!/bin/sh\nexec "${process.execPath}" "${tool}" "$@"\n`);
  await chmod(command, 0o755);
  const env = { PATH: `${dirname(command)}${delimiter}${process.env.PATH}` };

  const ended = await rig.run(['run', 'tutorial.md', '--yes'], { env });
  expectExit(ended, 0);
  const told = `${ended.stdout}${ended.stderr}`;
  const undone = told.match(/✔ puts the page up .* · 8 of 8 failures undone/g);
  expect([told.match(/2 cases: 2 passed/g)?.length, undone?.length]).toEqual([2, 1]);
  expect(await readdir(rig.temporaryFolder)).toEqual([]);
});
