// Tests that what is kept of readings never gives anything but what reading anew would give.
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { KeptReadings } from '../../../src/engine/cache/kept-readings.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function cache() {
  const root = mkdtempSync(join(tmpdir(), 'runsheet-readings-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'readings');
  let reads = 0;
  return {
    root,
    files: () => readdirSync(folder).map((name) => join(folder, name)),
    /** What is taken, and how often it has been read by then. */
    take: (text: string, others: readonly unknown[] = [], build: string | undefined = 'one', at = root) => {
      const reading = new KeptReadings(at, build).take(bytes(text), others, () => {
        reads += 1;
        return { read: text };
      });
      return [reading, reads];
    },
  };
}

test('a reading is made once for its bytes, what else holds for it, and the build', () => {
  const { take, files } = cache();
  expect([take('a'), take('a'), take('b'), take('a')]).toEqual([
    [{ read: 'a' }, 1],
    [{ read: 'a' }, 1],
    [{ read: 'b' }, 2],
    [{ read: 'a' }, 2],
  ]);
  expect(take('a', ['page.md'])).toEqual([{ read: 'a' }, 3]);
  expect(take('a', ['page.md', { errexit: false }])).toEqual([{ read: 'a' }, 4]);
  expect(take('a', [], 'two')).toEqual([{ read: 'a' }, 5]);
  expect(take('a', ['page.md', { errexit: false }])).toEqual([{ read: 'a' }, 5]);
  expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600, 0o600]);
});

test('what a reading shares within itself, its maps and what is not set stay as they are', () => {
  const { root } = cache();
  const choice = { name: 'way' };
  const reading = { choice, ways: [choice], anchors: new Map([['a', choice]]), none: undefined };
  const take = () => new KeptReadings(root, 'one').take(bytes('a'), [], () => reading);
  take();
  const kept = take();
  expect(kept).not.toBe(reading);
  expect(kept).toStrictEqual(reading);
  expect([kept.ways[0] === kept.choice, kept.anchors.get('a') === kept.choice]).toEqual([true, true]);
});

test.each([
  ['cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -1))],
  ['empty', (file: string) => writeFileSync(file, '')],
  [
    'changed',
    (file: string) => {
      const content = readFileSync(file);
      content[content.length - 3] = (content.at(-3) ?? 0) ^ 1;
      writeFileSync(file, content);
    },
  ],
  ['that others may write to', (file: string) => chmodSync(file, 0o620)],
  [
    'that is a link',
    (file: string) => {
      renameSync(file, `${file}.other`);
      symlinkSync(`${file}.other`, file);
    },
  ],
])('a file %s counts as none, and is written anew', (_, spoil) => {
  const { take, files } = cache();
  take('a');
  const [file = ''] = files();
  const whole = readFileSync(file);
  spoil(file);
  expect([take('a'), take('a')]).toEqual([
    [{ read: 'a' }, 2],
    [{ read: 'a' }, 2],
  ]);
  expect(readFileSync(file)).toEqual(whole);
});

test('a file that was kept of another reading counts as none', () => {
  const { take, files } = cache();
  take('a');
  const [ofA = ''] = files();
  take('b');
  const ofB = files().find((file) => file !== ofA) ?? '';
  renameSync(ofA, ofB);
  expect(take('b')).toEqual([{ read: 'b' }, 3]);
});

test.skipIf(process.geteuid?.() !== 0)("another account's file counts as none", () => {
  const { take, files } = cache();
  take('a');
  const [file = ''] = files();
  chownSync(file, 65534, 65534);
  expect(take('a')).toEqual([{ read: 'a' }, 2]);
});

test('of too many those go that were written first, what is too large is not kept, nor what is no data', () => {
  const { root, take, files } = cache();
  for (let index = 0; index < 200; index += 1) take(`page ${index}`);
  const first = files().find((file) => readFileSync(file, 'latin1').includes('page 17'));
  utimesSync(first ?? '', 1, 1);
  take('one more');
  expect(files()).toHaveLength(200);
  expect([take('page 17'), take('page 18')]).toEqual([
    [{ read: 'page 17' }, 202],
    [{ read: 'page 18' }, 202],
  ]);
  const before = files();
  const large = 'x'.repeat(1_000_001);
  expect(take(large)).toEqual([{ read: large }, 203]);
  const program = () => 1;
  expect(new KeptReadings(root, 'one').take(bytes('program'), [], () => program)).toBe(program);
  expect(files()).toEqual(before);
});

test('where nothing can be kept, and in the sources, everything is read', () => {
  const { root, take } = cache();
  writeFileSync(join(root, 'file'), '');
  expect([take('a', [], 'one', join(root, 'file')), take('a', [], 'one', join(root, 'file'))]).toEqual([
    [{ read: 'a' }, 1],
    [{ read: 'a' }, 2],
  ]);
  const unbuilt = new KeptReadings(root);
  expect([1, 2].map((number) => unbuilt.take(bytes('a'), [], () => number))).toEqual([1, 2]);
  expect(readdirSync(root)).toEqual(['file']);
});
