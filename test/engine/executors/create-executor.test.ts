import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryFolders } from '../../../src/engine/files/code-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ExecutorRig } from './executor-rig.ts';

test.runIf(existsSync('/dev/shm'))(
  'an executor takes away what a killed one of the run has left',
  async () => {
    const runFolder = join(temporaryFolder(), 'run');
    const left = join(runFolder, '.pipes-killed');
    mkdirSync(left, { recursive: true });
    const memory = mkdtempSync(memoryFolders);
    writeFileSync(join(memory, 'a.sh'), 'echo a\n');
    symlinkSync(memory, join(left, 'code'));
    const rig = await ExecutorRig.create({ runFolder });
    expect((await rig.run('sh', 'echo b')).stdout).toBe('b\n');
    expect([existsSync(left), existsSync(memory)]).toEqual([false, false]);
    await rig.close();
  },
);

test('it follows no link that leads elsewhere', async () => {
  const folder = temporaryFolder();
  const left = join(folder, 'run', '.pipes-killed');
  mkdirSync(left, { recursive: true });
  mkdirSync(join(folder, 'others'));
  symlinkSync(join(folder, 'others'), join(left, 'code'));
  const rig = await ExecutorRig.create({ runFolder: join(folder, 'run') });
  expect([existsSync(left), existsSync(join(folder, 'others'))]).toEqual([false, true]);
  await rig.close();
});
