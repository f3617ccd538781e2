import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorMessage } from '../../src/basics/coded-error.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-errors-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('tells in words what the system refuses, and the file where it was not named yet', () => {
  const none = join(folder, 'none');
  const unread = thrown(() => readFileSync(none));
  expect(errorMessage(unread)).toBe(`no such file (\`${none}\`)`);
  expect(errorMessage(unread, none)).toBe('no such file');
  expect(errorMessage(unread, 'other')).toBe(`no such file (\`${none}\`)`);
  expect(
    errorMessage(
      thrown(() => readdirSync(none)),
      none,
    ),
  ).toBe('no such folder');
  const file = join(folder, 'file');
  expect(
    errorMessage(
      thrown(() => readdirSync(file)),
      file,
    ),
  ).toBe('it is no folder');
  const below = join(file, 'x');
  expect(
    errorMessage(
      thrown(() => readFileSync(below)),
      below,
    ),
  ).toBe('a part of the path is not a folder');
  // The call for the bytes knows no name any more.
  expect(errorMessage(thrown(() => readFileSync(folder)))).toBe('it is a folder');
});

test('leaves other errors their own words', () => {
  expect(errorMessage(new Error('odd'))).toBe('odd');
  expect(errorMessage('thrown')).toBe('thrown');
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
  expect(errorMessage(refused)).toBe('connect ECONNREFUSED 127.0.0.1:1');
  const strange = Object.assign(new Error('EXDEV: cross-device link not permitted, link'), { code: 'EXDEV' });
  expect(errorMessage(strange)).toBe('EXDEV: cross-device link not permitted, link');
});
