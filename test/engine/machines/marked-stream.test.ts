import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MarkedStream, markerOf } from '../../../src/engine/machines/marked-stream.ts';

const nonce = '0123456789abcdef';
const marker = markerOf(nonce);

function read(chunks: readonly Buffer[]) {
  const body: Buffer[] = [];
  const stream = new MarkedStream(
    nonce,
    (bytes) => body.push(Buffer.from(bytes)),
    () => {},
  );
  for (const chunk of chunks) stream.push(chunk);
  stream.finish();
  return { stream, body: Buffer.concat(body) };
}

/** Bytes that look like parts of the marker more often than chance would have it. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.nat({ max: marker.length - 1 }).map((length) => marker.subarray(0, length)),
  fc.constant(Buffer.from('\0')),
);
const part = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => Buffer.concat(pieces))
  .filter((bytes) => !Buffer.concat([bytes, marker]).subarray(0, -1).includes(marker));

test('a stream is parted at its markers, however it is cut', () => {
  fc.assert(
    fc.property(
      part,
      part,
      part,
      fc.array(fc.nat({ max: 300 }), { maxLength: 12 }),
      (before, body, after, cuts) => {
        const whole = Buffer.concat([before, marker, body, marker, after]);
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        const { stream, body: given } = read(chunks);
        expect(given).toEqual(body);
        expect(stream.ended).toBe(true);
        expect(stream.trailer()).toEqual([after]);
      },
    ),
  );
});

test('the end of a stream that broke off is given as far as it came', () => {
  const { stream, body } = read([marker, Buffer.from('half\0'), marker.subarray(0, 5)]);
  expect(body).toEqual(Buffer.concat([Buffer.from('half\0'), marker.subarray(0, 5)]));
  expect(stream.begun).toBe(true);
  expect(stream.ended).toBe(false);
});

test('what comes before the block is kept as far as messages need it', () => {
  const { stream, body } = read([Buffer.from('x'.repeat(100_000)), Buffer.from('Permission denied\n')]);
  expect(body).toEqual(Buffer.alloc(0));
  expect(stream.prelude).toHaveLength(16 * 1024);
  expect(stream.prelude.endsWith('Permission denied\n')).toBe(true);
});
