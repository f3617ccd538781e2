import { expect, it } from 'vitest';
import { readLook } from '../../../src/engine/file-steps/read-look.ts';

const printed = (permissions: string, bytes = 'a\0b') =>
  Buffer.from(
    [
      '/etc/a b',
      '0022',
      `${permissions} 2 0 33 3 Nov 21 02:13 /etc/a b`,
      `${permissions} 2 root www 3 Nov`,
      '1 3',
      bytes,
    ].join('\0'),
  );

it('reads a file with its bytes', () => {
  expect(readLook(printed('-rw-r-----+'))).toEqual({
    path: '/etc/a b',
    newMode: 0o644,
    file: {
      bytes: Buffer.from('a\0b'),
      mode: 0o640,
      user: '0',
      group: '33',
      userName: 'root',
      groupName: 'www',
      names: 2,
      hasAcl: true,
      checksum: '1 3',
    },
  });
});

it.each([
  ['-rwxr-xr-x', 0o755],
  ['-rwsr-sr-t', 0o7755],
  ['-rwSr-Sr-T', 0o7644],
  ['----------', 0],
])('reads the mode of %s', (permissions, mode) => {
  expect(readLook(printed(permissions))?.file?.mode).toBe(mode);
});

it.each([
  ['-rw-r-----', false],
  ['-rw-r-----.', false],
  ['-rw-r-----@', false],
  ['-rw-r-----+', true],
])('reads whether it has an access control list: %s', (permissions, hasAcl) => {
  expect(readLook(printed(permissions))?.file?.hasAcl).toBe(hasAcl);
});

it('reads that there is none', () => {
  expect(readLook(Buffer.from('/etc/new\0' + '0077\0\0\0\0'))).toEqual({ path: '/etc/new', newMode: 0o600 });
});

it.each([
  '',
  'hello',
  '/etc/a\0' + 'zz\0\0\0\0',
  'a\0' + '0022\0\0\0\0',
  '/a\0' + '0022\0nothing\0nothing\0\0',
])('does not take %j for an answer', (text) => {
  expect(readLook(Buffer.from(text))).toBe(undefined);
});
