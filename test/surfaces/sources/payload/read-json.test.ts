// Tests reading the JSON of strangers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../../../src/surfaces/sources/payload/read-json.ts';
import { anyCharacter } from '../../../any-character.ts';

const read = (text: string) => readJson(Buffer.from(text));

test.each([
  ['', 'the body is empty'],
  [' ', 'the body is not JSON'],
  ['nonsense', 'the body is not JSON'],
  ['{"a":1', 'the body is not JSON'],
  ['"open', 'the body is not JSON'],
  ['"open\\', 'the body is not JSON'],
  ['{"a":01}', 'the body is not JSON'],
  ['[1-2]', 'the body is not JSON'],
  [']'.repeat(40), 'the body is not JSON'],
  ['['.repeat(100_000), 'the body nests deeper than 32 levels'],
  ['{"a":'.repeat(33), 'the body nests deeper than 32 levels'],
  [`"${' '.repeat(1_048_575)}"`, 'the body is larger than 1 MiB'],
])('%j is refused: %s', (text, error) => {
  expect(read(text)).toEqual({ ok: false, error });
});

test('bytes that are no UTF-8 are refused', () => {
  expect(readJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ ok: false, error: 'the body is not UTF-8' });
});

test('a depth of 32 and 1 MiB are read', () => {
  expect(read('['.repeat(32) + ']'.repeat(32)).ok).toBe(true);
  expect(read(`"${' '.repeat(1_048_574)}"`).ok).toBe(true);
});

test.each([
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740993', '9007199254740993'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['9007199254740992', 9_007_199_254_740_992],
  ['44.23943737541908', 44.23943737541908],
  ['0.1', 0.1],
  ['-0.0', -0],
  ['10000000000000000000000', 1e22],
  ['15.0E-1', 1.5],
  [`0.${'0'.repeat(500)}1`, `0.${'0'.repeat(500)}1`],
  [`1${'0'.repeat(308)}`, 1e308],
  ['1.50', 1.5],
  ['1e3', 1000],
  ['1e400', '1e400'],
  ['1e-400', '1e-400'],
  ['0e-400', 0],
  ['0.30000000000000000001', '0.30000000000000000001'],
  ['[-0.25,"1e400",1e400]', [-0.25, '1e400', '1e400']],
  ['{"1e400":"\\"9007199254740993"}', { '1e400': '"9007199254740993' }],
])('the number %s is %j', (text, value) => {
  expect(read(text)).toEqual({ ok: true, value });
});

test('objects have no prototype, and special names are names', () => {
  const reading = read('{"__proto__":{"polluted":true},"constructor":1,"toString":[{"__proto__":null}]}');
  const value = Object(reading.ok && reading.value);
  expect([Object.getPrototypeOf(value), Object.keys(value)]).toEqual([
    null,
    ['__proto__', 'constructor', 'toString'],
  ]);
  expect(Object({}).polluted).toBeUndefined();
});

test('what JavaScript writes as JSON is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: anyCharacter }), (value) => {
      const text = JSON.stringify(value);
      expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});
