// Owns what a page shows as the output of a block.
import type { Span } from '../text/span.ts';

export interface ExpectedOutput {
  readonly text: string;
  readonly span: Span;
  /** Byte range of the lines inside the fence, for `--update-expected`. */
  readonly contentSpan: Span;
  /** Innovation Engine's threshold, 0 to 1, when the author gave one. */
  readonly similarity?: number;
}
