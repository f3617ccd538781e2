// Owns the only way in which a document is changed: byte ranges replaced, all else kept.
import { assert } from '../basics/assert.ts';
import type { Span } from './span.ts';

/** Puts `bytes` in the place of a range; an empty range is an insertion. */
export interface Splice {
  readonly span: Span;
  readonly bytes: Uint8Array;
}

/**
 * Applies splices, whose ranges are those of the original bytes. They may come in any order and must not
 * overlap; insertions at one place keep the order in which they were given.
 */
export function applySplices(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const ordered = [...splices].sort(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const { span, bytes: replacement } of ordered) {
    assert(span.start >= position, `splices overlap at byte ${span.start}`);
    assert(
      span.start <= span.end && span.end <= bytes.length,
      `splice ${span.start}–${span.end} is out of bounds`,
    );
    parts.push(bytes.subarray(position, span.start), replacement);
    position = span.end;
  }
  parts.push(bytes.subarray(position));
  return concatenate(parts);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
