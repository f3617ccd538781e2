// Owns reading fenced code that is closed, at the left edge or in a list item: a shortcut past micromark.
import type { Code } from 'mdast';
import { isBlank, lineAt } from './plain-line.ts';

/**
 * Reads the fenced code whose fence begins `indent` columns into the line at `start`, in a container whose content
 * begins at column `content`. Code that its container ends before a closing fence does, and tabs where blanks are
 * taken away, give `undefined`.
 */
export function readPlainFence(
  text: string,
  start: number,
  { content, indent }: { readonly content: number; readonly indent: number },
): { readonly node: Code; readonly end: number } | undefined {
  const first = lineAt(text, start);
  const from = start + indent;
  const opening = /^(?:`{3,}|~{3,})/.exec(text.slice(from, first.end))?.[0];
  if (opening === undefined) return undefined;
  const mark = opening.charAt(0);
  if (mark === '`' && text.slice(from + opening.length, first.end).includes('`')) return undefined;
  const run = [from, from + opening.length] as const;
  let value = '';
  for (let at = first.next; at < text.length; ) {
    const line = lineAt(text, at);
    const blanks = leadingBlanks(text, at, line.end, indent);
    if (blanks < content && !isBlank(text.slice(at, line.end))) return undefined;
    const closing =
      blanks < content ? undefined : closingFence(text, at + content, line.end, mark, opening.length);
    if (closing !== undefined) {
      const data = { fences: { opening: run, closing } };
      const position = { start: place(from), end: place(line.end) };
      return { node: { type: 'code', value: withoutNewline(value), data, position }, end: line.next };
    }
    if (blanks < indent && text.charAt(at + blanks) === '\t') return undefined;
    value += text.slice(at + blanks, line.next);
    at = line.next;
  }
  return undefined;
}

function place(offset: number) {
  return { line: 0, column: 0, offset };
}

/** How many blanks a line begins with, up to a limit. */
function leadingBlanks(text: string, start: number, end: number, most: number): number {
  let count = 0;
  while (count < most && start + count < end && text.charCodeAt(start + count) === 0x20) count += 1;
  return count;
}

function closingFence(
  text: string,
  start: number,
  end: number,
  mark: string,
  length: number,
): readonly [start: number, end: number] | undefined {
  let from = start;
  while (from < start + 3 && text[from] === ' ') from += 1;
  if (text[from] !== mark) return undefined;
  let to = from;
  while (text[to] === mark) to += 1;
  if (to - from < length) return undefined;
  for (let index = to; index < end; index += 1) {
    if (text[index] !== ' ' && text[index] !== '\t') return undefined;
  }
  return [from, to];
}

function withoutNewline(value: string): string {
  return value.replace(/\r?\n$/, '');
}
