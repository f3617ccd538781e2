// Owns the form in which doubts are found by their places.
import type { Doubt } from './doubt.ts';

/** The doubts at a place, by its UTF-16 offset. */
export type DoubtsAt = (start: number) => readonly Doubt[];
