import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNoFolder } from '../../../src/engine/processes/why-no-folder.ts';
import {
  isOutOfResources,
  startFailureWords,
  whyNotStarted,
} from '../../../src/engine/processes/why-not-started.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const start = { command: 'true', arguments: [], env: {} };

test('what can be started has nothing against it', () => {
  expect(whyNotStarted({ ...start, env: { A: 'b' }, cwd: '/' })).toBeUndefined();
});

test('a folder in which nothing can be run says why', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at('file'), '');
  symlinkSync(at('loop'), at('loop'));
  const found = ['none', 'file', 'file/below', 'loop/below', 'a\0b'].map((name) => whyNoFolder(at(name)));
  expect(found).toEqual([
    `the working directory \`${at('none')}\` does not exist`,
    `the working directory \`${at('file')}\` is a file`,
    `the working directory \`${at('file/below')}\` leads through a file`,
    `the working directory \`${at('loop/below')}\` leads through links in a circle`,
    'the working directory has a NUL byte in its name',
  ]);
  expect(whyNotStarted({ ...start, cwd: at('none') })).toBe(found[0]);
  expect(whyNoFolder(folder)).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be entered says so', () => {
  const folder = join(temporaryFolder(), 'closed');
  mkdirSync(folder);
  chmodSync(folder, 0o600);
  expect(whyNoFolder(folder)).toBe(
    `the working directory \`${folder}\` cannot be entered: permission denied`,
  );
});

test('a variable that no process can be given is named', () => {
  expect(whyNotStarted({ ...start, env: { A: 'a\0' } })).toBe(
    '`$A` holds a NUL byte, which cannot be passed to a process',
  );
  expect(whyNotStarted({ ...start, env: { A: 'x'.repeat(200_000) } })).toBe(
    '`$A` is 200,000 bytes long, and a process takes at most 131,072 with its name',
  );
});

test('so is a command line', () => {
  expect(whyNotStarted({ ...start, arguments: ['a\0'] })).toBe('its command line holds a NUL byte');
  expect(whyNotStarted({ ...start, arguments: ['x'.repeat(131_071)] })).toBeUndefined();
  expect(whyNotStarted({ ...start, arguments: ['x'.repeat(131_072)] })).toBe(
    'its command line holds a word of 131,072 characters, and a process takes at most 131,072 bytes in one',
  );
});

test('variables that are too much together are told with the largest of them', () => {
  const env = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [`V${index}`, 'x'.repeat(100_000 + index)]),
  );
  expect(whyNotStarted({ ...start, env })).toMatch(
    /^its environment and its arguments are 8,00\d,\d{3} bytes, and a process here takes at most [\d,]+; the largest variables are `\$V79` with 100,084, `\$V78` with 100,083, `\$V77` with 100,082$/,
  );
});

test('what the system says has words, and what it has none for says itself', () => {
  const refused = (code: string) => Object.assign(new Error(`spawn x ${code}`), { code });
  expect(startFailureWords('x', refused('EMFILE'))).toBe('`x`: too many files are open (EMFILE)');
  expect(startFailureWords('x', refused('EPERM'))).toBe('spawn x EPERM');
  expect(['EMFILE', 'EAGAIN', 'ENOENT'].map((code) => isOutOfResources(refused(code)))).toEqual([
    true,
    true,
    false,
  ]);
});
