// Tests that marks are told from what is shown, in whatever pieces they come.
import { expect, test } from 'vitest';
import { markEnd, markStart } from '../../../src/engine/recording/hooked-start.ts';
import { decodeField, MarkReader } from '../../../src/engine/recording/mark-reader.ts';

test('in every cut of a stream', () => {
  const stream = Buffer.from(
    `a\u001b[1mb${markStart('n1')}P;0;aGk=${markEnd}c${markStart('n2')}C;x${markEnd}`,
  );
  for (let size = 1; size <= stream.length; size += 1) {
    const reader = new MarkReader('n1');
    const pieces = [];
    for (let at = 0; at < stream.length; at += size)
      pieces.push(...reader.push(stream.subarray(at, at + size)));
    const marks = pieces.flatMap((piece) => (piece.type === 'mark' ? [piece.fields] : []));
    const shown = pieces.flatMap((piece) => (piece.type === 'shown' ? [piece.bytes] : []));
    expect(marks).toEqual([['P', '0', 'aGk=']]);
    expect(Buffer.concat(shown).toString()).toBe(`a\u001b[1mbc${markStart('n2')}C;x${markEnd}`);
  }
  expect(decodeField('aGk=')).toBe('hi');
  expect(decodeField(undefined)).toBe('');
});
