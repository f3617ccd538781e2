// Owns the form in which doubts are found by their places.
import type { Doubt } from './doubt.ts';

/** The doubts at a place, by its UTF-16 offset. */
export type DoubtsAt = (start: number) => readonly Doubt[];

/** One at most at each place. */
export function doubtsAt(found: ReadonlyMap<number, Doubt>): DoubtsAt {
  return (start) => {
    const doubt = found.get(start);
    return doubt === undefined ? [] : [doubt];
  };
}
