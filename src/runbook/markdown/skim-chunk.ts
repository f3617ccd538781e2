// Owns telling the stretches of a document that change nothing about its steps and blocks: a shortcut for lists of
// runbooks, which count both and show neither.
import type { List } from 'mdast';

/** Comments of the tool and of other tools change how what stands around them is read. */
export function isReadClosely(text: string): boolean {
  return /runsheet:|expected_similarity/i.test(text);
}

/**
 * What may be more than prose: fences, boxes of tasks, HTML that blank lines do not end, and, at the beginning of a
 * line, headings and their underlines, ordered lists and tabs, which may stand for any depth.
 */
const counts =
  /`{3}|~{3}|\[[\sxX]\]|<[!?]|<(?:script|pre|style|textarea|h[1-6])|^ {0,3}(?:#|=+[ \t]*$|-+[ \t]*$|\d{1,9}[.)](?:[ \t]|$))|^[ >]*\t|^[ >]*(?:[-+*]|\d{1,9}[.)])(?: {5}|\t|[ \t]*$)|^[ >]*> {5}/im;

/**
 * What stands for a chunk, as `nextBoundary` cuts them, that holds no code, no checklist, no heading of the document
 * and no ordered list at its top, and is no link that may be a step of its own: a list of nothing, which is neither
 * work nor prose that introduces any. `undefined` for every other chunk.
 */
export function skimChunk(text: string, start: number, end: number): List | undefined {
  if (!canBeSkimmed(text.slice(start, end))) return undefined;
  const place = (offset: number) => ({ line: 0, column: 0, offset });
  return { type: 'list', ordered: false, children: [], position: { start: place(start), end: place(end) } };
}

function canBeSkimmed(chunk: string): boolean {
  if (chunk.startsWith('[') || !/[\p{L}\p{N}]/u.test(chunk) || counts.test(chunk)) return false;
  // HTML at the end is open where no blank line follows.
  if (/^ {0,3}</m.test(chunk) && !/\n[ \t]*\r?\n[ \t]*$/.test(chunk)) return false;
  // Indented lines may be code, unless they go on with a list, item below item.
  const lines = chunk.split(/\r?\n/);
  return lines.every((line, index) => {
    if (!/^[ >]*? {4}/.test(line) || /^ *$/.test(line)) return true;
    return /^ *[-+*] +\S/.test(line) && /^ *[-+*] +\S/.test(lines[index - 1] ?? '');
  });
}
