// Owns what reading the parts of a document knows of the whole of it.
import type { FoundRegion } from '../regions/take-regions.ts';
import type { WrittenBlocks } from './read-blocks.ts';

/** Everything about a document that reading its parts needs. */
export interface DocumentContext {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
  readonly written: WrittenBlocks;
  readonly regions: readonly FoundRegion[];
  /** The author's marks of a checklist that a run has ticked, by the place of its result. */
  readonly marksAt: (resultOffset: number) => string | undefined;
  /** Words of code that the prose says to replace. */
  readonly toReplace: readonly string[];
  /** Only counts are wanted: no titles of steps without headings, no commands, no placeholders. */
  readonly skim: boolean;
}
