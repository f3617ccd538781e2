import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTextAt } from '../../src/text/json-text-at.ts';

test('gives texts as they are and anything else as it is written, without blanks', () => {
  const document =
    '{ "a": {"b": [ "x, \\"y\\"", 12345678901234567890, 1.20, true, null, { "c d" : [ ] } ] }, "n": 1e3 }';
  const at = (...path: (string | number)[]) => {
    const found = jsonTextAt(document, path);
    return found.type === 'text' ? found.text : found.type;
  };
  expect([
    at('a', 'b', 0),
    at('a', 'b', 1),
    at('a', 'b', 2),
    at('a', 'b', 3),
    at('a', 'b', 4),
    at('a', 'b', 5),
    at('a', 'b', 5, 'c d'),
    at('a', 'b', 'length'),
    at('n'),
    at(),
  ]).toEqual([
    'x, "y"',
    '12345678901234567890',
    '1.20',
    'true',
    'null',
    '{"c d":[]}',
    '[]',
    '6',
    '1e3',
    '{"a":{"b":["x, \\"y\\"",12345678901234567890,1.20,true,null,{"c d":[]}]},"n":1e3}',
  ]);
});

test.each([
  ['{"a": [1]}', ['b'], 'missing'],
  ['{"a": [1]}', ['a', 1], 'missing'],
  ['{"a": [1]}', ['a', '0'], 'missing'],
  ['{"0": 1}', [0], 'missing'],
  ['{"a": "text"}', ['a', 'length'], 'missing'],
  ['{"a": 1}', ['toString'], 'missing'],
  ['{"a": null}', ['a'], 'null'],
  ['{"a": null}', ['a', 'b'], 'missing'],
  ['{"a": 1', ['a'], 'no-json'],
  ['', [], 'no-json'],
])('says of %s at %j that it is %s', (document, path, type) => {
  expect(jsonTextAt(document, path)).toEqual({ type });
});

test('of a name that is there twice the last one counts', () => {
  expect(jsonTextAt('{"a": {"x": 1}, "\\u0061": {"x": 22}}', ['a', 'x'])).toEqual({
    type: 'text',
    text: '22',
  });
});

test('any value is found again, wherever it stands', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'a b', '"', '\\'));
  fc.assert(
    fc.property(fc.jsonValue(), key, fc.jsonValue(), (value, name, other) => {
      const document = `[${JSON.stringify(other)},{${JSON.stringify(name)} : ${JSON.stringify(value)}},${JSON.stringify(other)}]`;
      const found = jsonTextAt(document, [1, name]);
      if (value === null) expect(found).toEqual({ type: 'null' });
      else {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        expect(found).toEqual({ type: 'text', text });
      }
    }),
  );
});
