// Owns the doubts of what the generator of a site leaves out of the page: a comment is no instruction.
import { span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { startOf } from '../markdown/parse-structure.ts';
import { findCommentedOut } from './beside/find-commented-out.ts';
import { proseLines } from './beside/prose-lines.ts';

const help = 'take it out of there where it is to be run, or say `run=false` where it never is';

/** The doubts of places in it, blocks that say `run` left out. */
export function doubtsOfCommentedOut(written: WrittenBlocks, { text, toByteOffset }: PlacedText): DoubtsAt {
  const parts = findCommentedOut(text, () => proseLines(text, written)).map(({ start, end, says }) => {
    const place = span(toByteOffset(start), toByteOffset(endOfLine(text, start)));
    return { start, end, doubt: makeDoubt('condition', place, { text: says, help }) };
  });
  if (parts.length === 0) return () => [];
  const settled = new Set(
    [...written.blocks].flatMap(([node, { attributes }]) =>
      attributes.run === undefined ? [] : [startOf(node)],
    ),
  );
  return (at) => {
    const part = parts.find(({ start, end }) => start < at && at < end);
    return part === undefined || settled.has(at) ? [] : [part.doubt];
  };
}
