import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeFile } from '../../../src/engine/machines/take-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const limitBytes = 8;

test.each<readonly [string, (path: string) => void, unknown]>([
  ['nothing', () => {}, undefined],
  ['a file', (path) => writeFileSync(path, 'a=b\n'), { bytes: 'a=b\n', isWhole: true }],
  [
    'a file of all that is read',
    (path) => writeFileSync(path, '12345678'),
    { bytes: '12345678', isWhole: true },
  ],
  ['a larger file', (path) => writeFileSync(path, '123456789'), { bytes: '12345678', isWhole: false }],
  ['an empty file', (path) => writeFileSync(path, ''), { bytes: '', isWhole: true }],
  [
    'a folder that holds something',
    (path) => mkdirSync(join(path, 'more'), { recursive: true }),
    { unread: 'it is a folder' },
  ],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), { unread: 'it is a pipe' }],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path), { unread: 'it is a device' }],
  ['a link to nothing', (path) => symlinkSync('nowhere', path), undefined],
])('takes %s', (_, make, expected) => {
  const path = join(temporaryFolder(), 'output');
  make(path);
  const taken = takeFile(path, limitBytes);
  expect(taken && 'bytes' in taken ? { ...taken, bytes: String(taken.bytes) } : taken).toEqual(expected);
  expect(existsSync(path)).toBe(false);
});

test('takes away a link and not what it leads to', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mine'), 'x');
  symlinkSync('mine', join(folder, 'output'));
  expect(takeFile(join(folder, 'output'), limitBytes)).toMatchObject({ isWhole: true });
  expect(existsSync(join(folder, 'mine'))).toBe(true);
});
