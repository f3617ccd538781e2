// Owns what the writing of a file changes, as it is shown in place of its block's code.
import type { BlockItem } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled } from '../layout/styled-line.ts';
import { changesLines } from '../words/difference-lines.ts';

/** The change that the block has found to make; of an undo, what it puts back. No lines where there is only code. */
export function itemChanges(item: BlockItem, state: RunState): StyledLine[] {
  const known = state.items[state.indexOf.get(item.restores ?? item.address) ?? -1];
  const files = Object.values(known?.files ?? {});
  if (item.restores === undefined) return changesLines(files);
  const lines = changesLines(files, 'back');
  // An undo has no code of its own.
  return lines.length > 0 ? lines : [[styled(visibleText(item.writes?.path ?? ''))]];
}
