// Owns which boxes of a checklist somebody has ticked, or unticked, in the page since a run wrote its result there.
import type { SourceFile } from '../../text/source-file.ts';
import type { ChecklistItem } from '../checklist.ts';
import { isTick } from './result-marker.ts';

/** What the lines of a result say of each item of its list, in their order. */
function listedTicks(lines: readonly string[]): readonly boolean[] {
  return lines.flatMap((line) => (/^> - [\u2714\u25cc] /u.test(line) ? [line.startsWith('> - ✔')] : []));
}

/** Those of the items whose box is not as the result below them says. */
export function ticksByHand(
  { bytes }: SourceFile,
  items: readonly ChecklistItem[],
  lines: readonly string[],
): readonly ChecklistItem[] {
  const listed = listedTicks(lines);
  if (lines[1]?.startsWith('> from ') || listed.length < items.length) return [];
  return items.filter(({ markOffset }, index) => isTick(bytes[markOffset]) !== listed[index]);
}
