// Owns the half-open byte range.

/** A half-open range of byte offsets `[start, end)` in the author's file, its byte-order mark included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}
