// Owns the words for what a block makes of its file.
import type { ComparedFile } from '../../../run/files/compared-file.ts';
import type { FileChange } from '../../../run/files/file-change.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { counted, listed, quoted, targetWords } from '../quoted.ts';

/** Behind the name of the block, with the host or the item where there is one. */
export function comparedWords({ host, each, change }: ComparedFile): string {
  const target = host === undefined ? '' : ` ${targetWords({ host, ...(each !== undefined && { each }) })}`;
  return `${changeWords(change)}${target}`;
}

/** Behind the name of the block. */
function changeWords({ path, state, added, removed, mode, owner }: FileChange): string {
  const file = quoted(path);
  if (state === 'same') return `finds ${file} as it should be`;
  if (state === 'foreign') return `finds ${file} neither as it was nor as it should be`;
  const what = [
    ...(added + removed === 0 ? [] : [lineCounts(added, removed)]),
    ...(mode === undefined ? [] : [`mode ${turned(mode)}`]),
    ...(owner === undefined ? [] : [`owner ${turned(owner)}`]),
  ];
  const how = what.length === 0 ? 'what may not be shown' : listed(what);
  return state === 'new' ? `makes ${file} (${how})` : `changes ${file}: ${how}`;
}

function turned({ from, to }: { readonly from?: string; readonly to: string }): string {
  return visibleText(from === undefined ? to : `${from} → ${to}`);
}

function lineCounts(added: number, removed: number): string {
  const parts = [
    ...(added === 0 ? [] : [`${counted(added, 'line')} added`]),
    ...(removed === 0 ? [] : [`${counted(removed, 'line')} taken away`]),
  ];
  return parts.join(', ');
}
