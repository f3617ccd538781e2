import {
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

  test.each([
    [
      'of a block that is called as the next attempt of another',
      ['a', 'a', 'a-2', 'a', 'a-2'],
      'a a-2 a-2-2 a-3 a-2-3',
    ],
    ['the other way round', ['a-2', 'a', 'a', 'a'], 'a-2 a a-3 a-4'],
    [
      'of blocks whose names are the same as those of files',
      ['a/b', 'a b', '\u{5b89}', '\u{88c5}'],
      'a_b a_b-2 _ _-2',
    ],
  ])('gives each a name of its own: %s', (_, names, expected) => {
    const files = new CodeFiles(temporaryFolder());
    const paths = names.map((name, index) => files.write(name, 'sh', String(index)));
    expect(paths.map((path) => basename(path, '.sh')).join(' ')).toBe(expected);
    expect(paths.map((path) => readFileSync(path, 'utf8').trim())).toEqual(
      names.map((_, index) => String(index)),
    );
    files.close();
  });

  test('goes past what a block has put into the folder', () => {
    const files = new CodeFiles(temporaryFolder());
    const folder = dirname(files.write('a', 'sh', 'echo a'));
    writeFileSync(join(folder, 'b.sh'), 'mine');
    expect(basename(files.write('b', 'sh', 'echo b'))).toBe('b-2.sh');
    expect(readFileSync(join(folder, 'b.sh'), 'utf8')).toBe('mine');
    files.close();
  });

  test('cuts names that are too long for a file', () => {
    const files = new CodeFiles(temporaryFolder());
    const paths = ['x', 'y'].map((end) => files.write('a'.repeat(300) + end, 'sh', `echo ${end}`));
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['echo x\n', 'echo y\n']);
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
