import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodeFiles, memoryFolders } from '../../../src/engine/files/code-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

describe('CodeFiles', () => {
  test('gives each attempt a file of its own that nobody else can read', () => {
    const own = join(temporaryFolder(), 'run');
    const files = new CodeFiles(own);
    const paths = [files.write('steps/a b', 'sh', 'echo a'), files.write('steps/a b', 'sh', 'echo b\n')];
    const folder = realpathSync(join(own, 'code'));
    expect(paths).toEqual([join(folder, 'steps_a_b.sh'), join(folder, 'steps_a_b-2.sh')]);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['echo a\n', 'echo b\n']);
    expect([folder, ...paths].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    files.close();
  });

  test.runIf(existsSync('/dev/shm'))('keeps them in memory, and leaves nothing there', () => {
    const folder = temporaryFolder();
    const files = new CodeFiles(folder);
    files.write('a', 'sh', 'echo a');
    const memory = readlinkSync(join(folder, 'code'));
    expect(memory.startsWith(memoryFolders)).toBe(true);
    files.close();
    expect(existsSync(memory)).toBe(false);
  });

  test('makes the folder again where a block has taken it away', () => {
    const folder = temporaryFolder();
    const files = new CodeFiles(folder);
    files.write('a', 'sh', 'echo a');
    if (existsSync('/dev/shm')) rmSync(readlinkSync(join(folder, 'code')), { recursive: true });
    else rmSync(join(folder, 'code'), { recursive: true });
    expect(readFileSync(files.write('b', 'sh', 'echo b'), 'utf8')).toBe('echo b\n');
    files.close();
  });
});
