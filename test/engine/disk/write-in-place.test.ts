import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify } from '../../../src/engine/disk/file-identity.ts';
import { mendTornFile, writeInPlace } from '../../../src/engine/disk/write-in-place.ts';
import { nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { type Fault, faultyFiles } from '../files/faulty-files.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-place-'));
  path = join(folder, 'deploy.md');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function identityNow() {
  const stat = nodeFileOperations.stat(path);
  if (stat === undefined) throw new Error('there is no file');
  return identify(stat, readFileSync(path));
}

const mend = (): void => mendTornFile(path, nodeFileOperations, () => true);

const pairs: readonly (readonly [former: string, next: string])[] = [
  ['the former text, which is the longer one', 'the next text'],
  ['short', 'a text that is a good deal longer than what was there'],
  ['same length A', 'same length B'],
];

describe.each(pairs)('%j becomes %j', (former, next) => {
  test('with the same file, and nothing beside it', () => {
    writeFileSync(path, former);
    const { ino } = statSync(path);
    expect(writeInPlace(path, Buffer.from(next), identityNow())).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(next);
    expect(statSync(path).ino).toBe(ino);
    expect(readdirSync(folder)).toEqual(['deploy.md']);
  });

  test('or stays, wherever the writer is killed, once what it began is mended', () => {
    let kills = 0;
    for (let at = 1; ; at += 1) {
      writeFileSync(path, former);
      const identity = identityNow();
      const files = faultyFiles(at, 'torn', true);
      try {
        writeInPlace(path, Buffer.from(next), identity, files);
      } catch {
        kills += 1;
      }
      if (files.count < at) break;
      mend();
      expect([former, next]).toContain(readFileSync(path, 'utf8'));
      expect(readdirSync(folder)).toEqual(['deploy.md']);
    }
    expect(kills).toBeGreaterThan(8);
  });

  test.each<Fault>(['ENOSPC', 'EIO', 'EACCES', 'torn'])(
    'or stays, where one operation fails with %s',
    (fault) => {
      for (let at = 1; ; at += 1) {
        writeFileSync(path, former);
        const identity = identityNow();
        const files = faultyFiles(at, fault);
        try {
          writeInPlace(path, Buffer.from(next), identity, files);
        } catch {
          // What failed is told by who asked for it.
        }
        if (files.count < at) break;
        mend();
        expect([former, next]).toContain(readFileSync(path, 'utf8'));
      }
    },
  );
});

test('a file that was edited since is left to who edited it, and what was lost of it is kept beside', () => {
  writeFileSync(path, 'former text');
  const identity = identityNow();
  // The first write of the file itself: the one after that of the contents beside it.
  for (let at = 1; readFileSync(path, 'utf8') === 'former text'; at += 1) {
    for (const name of readdirSync(folder)) if (name !== 'deploy.md') rmSync(join(folder, name));
    try {
      writeInPlace(path, Buffer.from('NEXT TEXT'), identity, faultyFiles(at, 'torn', true));
    } catch {
      // It was killed.
    }
  }
  writeFileSync(path, 'edited by hand');
  mend();
  expect(readFileSync(path, 'utf8')).toBe('edited by hand');
  expect(readdirSync(folder)).toHaveLength(2);
});

test('what a living process has beside a file is left to it', () => {
  writeFileSync(path, 'text');
  const identity = identityNow();
  try {
    writeInPlace(path, Buffer.from('other'), identity, faultyFiles(9, 'torn', true));
  } catch {
    // It was killed.
  }
  const before = readdirSync(folder);
  mendTornFile(path, nodeFileOperations, () => false);
  expect(readdirSync(folder)).toEqual(before);
});

test('a file that is another by now is not written', () => {
  writeFileSync(path, 'text');
  const identity = identityNow();
  writeFileSync(path, 'edit');
  expect(writeInPlace(path, Buffer.from('other'), identity)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('edit');
});
