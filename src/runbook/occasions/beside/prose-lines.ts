// Owns the lines of a page that are no code.
import type { WrittenBlocks } from '../../content/read-blocks.ts';
import { endOfFrontMatter } from '../../markdown/next-boundary.ts';
import { endOf, startOf } from '../../markdown/parse-structure.ts';

/** A line outside fences; `start` is a UTF-16 offset. */
export interface ProseLine {
  readonly start: number;
  /** As long as the line, without its end; blanks stand where code in it stands between backticks. */
  readonly text: string;
}

/** The lines behind front matter that stand in no fence. */
export function proseLines(text: string, { blocks }: WrittenBlocks): readonly ProseLine[] {
  const lines: ProseLine[] = [];
  const fenced = [...blocks].flatMap(([node, { fenced }]) => (fenced ? [node] : []));
  let next = 0;
  for (let start = endOfFrontMatter(text); start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    for (let code = fenced[next]; code !== undefined && endOf(code) <= start; code = fenced[next]) next += 1;
    const code = fenced[next];
    if (code === undefined || startOf(code) >= end)
      lines.push({ start, text: withoutCode(text.slice(start, end)) });
    start = end + 1;
  }
  return lines;
}

function withoutCode(line: string): string {
  const written = line.replace(/\r$/, '');
  return written.includes('`') ? written.replace(/`[^`]+`/g, (code) => ' '.repeat(code.length)) : written;
}
