import { existsSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodeFiles, memoryFolders } from '../../../src/engine/files/code-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

describe('CodeFiles', () => {
  test('gives each attempt a file of its own that nobody else can read', () => {
    const folder = join(temporaryFolder(), 'run', 'code');
    const files = new CodeFiles(folder);
    const paths = [files.write('steps/a b', 'sh', 'echo a'), files.write('steps/a b', 'sh', 'echo b\n')];
    expect(paths).toEqual([join(folder, 'steps_a_b.sh'), join(folder, 'steps_a_b-2.sh')]);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['echo a\n', 'echo b\n']);
    expect([folder, ...paths].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    files.close();
  });

  test.runIf(existsSync('/dev/shm'))('keeps them in memory, and leaves nothing there', () => {
    const folder = join(temporaryFolder(), 'code');
    const files = new CodeFiles(folder);
    files.write('a', 'sh', 'echo a');
    const memory = readlinkSync(folder);
    expect(memory.startsWith(memoryFolders)).toBe(true);
    files.close();
    expect(existsSync(memory)).toBe(false);
  });

  test('makes the folder again where a block has taken it away', () => {
    const folder = join(temporaryFolder(), 'code');
    const files = new CodeFiles(folder);
    files.write('a', 'sh', 'echo a');
    if (existsSync('/dev/shm')) rmSync(readlinkSync(folder), { recursive: true });
    else rmSync(folder, { recursive: true });
    expect(readFileSync(files.write('b', 'sh', 'echo b'), 'utf8')).toBe('echo b\n');
    files.close();
  });
});
