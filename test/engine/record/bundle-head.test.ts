import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outputFileName } from '../../../src/engine/output/output-store.ts';
import { isPartName, isReadable, renderHead, staysBehind } from '../../../src/engine/record/bundle-head.ts';

test('every file of an output goes along, whatever its step is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(1e6), (address, attempt) => {
      const name = `outputs/${outputFileName(address, attempt)}`;
      expect([name, isPartName(name), staysBehind(name)]).toEqual([name, true, false]);
      expect(isPartName(`${name}.stderr`)).toBe(true);
    }),
  );
});

test.each([
  ...['journal.ndjson', 'journal.ndjson.torn-1', 'meta.json', 'state/key', 'state/a~1.json'],
  ...['outputs/small-4f8174ab.out', 'outputs/-x%2Fy.1.out', 'unplaced-results.md'],
])('%s goes along', (name) => {
  expect([isPartName(name), staysBehind(name)]).toEqual([true, false]);
});

test.each(['lock.1', 'inbox/a', 'inbox', 'answers/a', 'handed-over.json', '.new', 'state/.x'])(
  '%s stays behind, and is taken from nobody',
  (name) => {
    expect([isPartName(name), staysBehind(name)]).toEqual([false, true]);
  },
);

const digest = 'a'.repeat(64);
const head = {
  run: '20261128-143000-k3f9' as never,
  from: 'ada@bastion',
  at: '2026-11-28T14:30:00.000Z',
  parts: [{ name: 'journal.ndjson', bytes: 3, digest }],
};

test.each([
  [{}, true],
  [{ run: 'x' as never }, false],
  [{ from: '' }, false],
  [{ from: 'a\u001b[2J' }, false],
  [{ from: 'a'.repeat(401) }, false],
  [{ at: 'yesterday' }, false],
  [{ at: '2026-11-28' }, false],
  [{ parts: [{ name: 'a', bytes: 0.5, digest }] }, false],
  [{ parts: [{ name: 'a', bytes: 1, digest: 'b' }] }, false],
  [{ parts: [...head.parts, ...head.parts] }, false],
  [
    {
      parts: [
        { name: 'a', bytes: 0, digest },
        { name: 'a/b', bytes: 0, digest },
      ],
    },
    false,
  ],
])('a head with %j is read again: %s', (changes, is) => {
  expect(isReadable(renderHead({ ...head, ...changes }))).toBe(is);
});
