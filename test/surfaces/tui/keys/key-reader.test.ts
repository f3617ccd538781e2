// Tests what the bytes of keyboards mean, however they are cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyReader, keyName } from '../../../../src/surfaces/tui/keys/key-reader.ts';

function namesOf(...chunks: readonly string[]): string[] {
  const reader = new KeyReader();
  const keys = chunks.flatMap((chunk) => reader.push(new TextEncoder().encode(chunk)));
  return [...keys, ...reader.flush()].map((key) =>
    key.type === 'paste' ? `paste:${key.text}` : keyName(key),
  );
}

test('names keys as terminals send them', () => {
  expect(namesOf('a', ' ', '\r', '\t', '\x7f', '\x03', '\x07', '\x1a')).toEqual([
    ...['a', 'space', 'enter', 'tab', 'backspace', 'ctrl-c', 'ctrl-g', 'ctrl-z'],
  ]);
  expect(namesOf('\x1b[A', '\x1b[B', '\x1bOC', '\x1b[D', '\x1b[5~', '\x1b[6~')).toEqual([
    ...['up', 'down', 'right', 'left', 'page-up', 'page-down'],
  ]);
  expect(namesOf('\x1b[H', '\x1b[4~', '\x1b[3~', '\x1b[Z', '\x1b[1;5A')).toEqual([
    ...['home', 'end', 'delete', 'back-tab', 'up'],
  ]);
});

test('leaves keys that it does not know without a meaning', () => {
  expect(namesOf('\x1b[15~', '\x1b[<0;10;10M', 'x')).toEqual(['x']);
});

test('takes the wheel of a mouse for what it is, whatever is held down with it', () => {
  expect(namesOf('\x1b[<64;10;5M', '\x1b[<65;1;1M', '\x1b[<81;1;1M', '\x1b[<0;3;3m')).toEqual([
    ...['wheel-up', 'wheel-down', 'wheel-down'],
  ]);
});

test('takes a lone escape for the Escape key, once nothing follows', () => {
  const reader = new KeyReader();
  expect(reader.push(Uint8Array.of(0x1b))).toEqual([]);
  expect(reader.isWaiting).toBe(true);
  expect(reader.flush()).toEqual([{ type: 'named', name: 'escape' }]);
  expect(reader.isWaiting).toBe(false);
});

test('gives a paste as one piece that no key can be taken from', () => {
  expect(namesOf('a\x1b[200~rm -rf /\rq\x1b[201~b')).toEqual(['a', 'paste:rm -rf /\nq', 'b']);
});

test('reads wide and combined characters whole', () => {
  expect(namesOf('日é🚀')).toEqual(['日', 'é', '🚀']);
});

test('reads the same keys wherever the bytes are cut', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '\r',
    '\x1b[A',
    '\x1bOB',
    '\x1b[5~',
    '日',
    '\x1b[200~x\ry\x1b[201~',
    '\x03',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(60), { maxLength: 6 }), (pieces, cuts) => {
      const whole = new TextEncoder().encode(pieces.join(''));
      const places = [...new Set(cuts.filter((cut) => cut < whole.length))].sort(
        (left, right) => left - right,
      );
      const reader = new KeyReader();
      const keys = [...places, whole.length].flatMap((end, index) =>
        reader.push(whole.subarray(places[index - 1] ?? 0, end)),
      );
      expect([...keys, ...reader.flush()].map(keyName)).toEqual(
        namesOf(pieces.join('')).map((name) => (name.startsWith('paste:') ? '' : name)),
      );
    }),
    { numRuns: 300 },
  );
});
