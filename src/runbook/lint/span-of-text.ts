// Owns the place of a piece of code in the author's file.
import type { Span } from '../../text/span.ts';
import { span } from '../../text/span.ts';
import type { Block, Runbook } from '../runbook.ts';

/** The span of the first line of a block that holds `text`, or of its opening fence when none does. */
export function spanOfText(runbook: Runbook, block: Block, text: string): Span {
  const { source } = runbook;
  const first = source.lines.placeOf(block.contentSpan.start).line;
  const last = source.lines.placeOf(block.contentSpan.end).line;
  const encoder = new TextEncoder();
  for (let line = first; line <= last; line += 1) {
    const content = source.lines.textOfLine(line);
    const index = content.indexOf(text);
    if (index === -1) continue;
    const start = source.lines.startOfLine(line) + encoder.encode(content.slice(0, index)).length;
    return span(start, start + encoder.encode(text).length);
  }
  return openingSpan(runbook, block);
}

/**
 * The span of a piece of what a block runs, in UTF-16 offsets of its commands where they were told apart from output,
 * else of its code. What goes on in further lines ends with its first one.
 */
export function spanOfCode(runbook: Runbook, block: Block, start: number, end: number): Span {
  const { source } = runbook;
  const code = block.console?.commands ?? block.code;
  const lineStart = code.lastIndexOf('\n', start - 1) + 1;
  const newline = code.indexOf('\n', start);
  const lineEnd = newline === -1 ? code.length : newline;
  const line = source.lines.placeOf(block.contentSpan.start).line + lineOfCode(block, code, start);
  const text = source.lines.textOfLine(line);
  // What stands before it is of the block's container, or a prompt.
  const before = text.length - (lineEnd - lineStart);
  if (!text.endsWith(code.slice(lineStart, lineEnd)))
    return spanOfText(runbook, block, code.slice(start, end));
  const encoder = new TextEncoder();
  const lengthOf = (from: number, to: number) => encoder.encode(text.slice(from, to)).length;
  const first = before + start - lineStart;
  const from = source.lines.startOfLine(line) + lengthOf(0, first);
  return span(from, from + lengthOf(first, first + Math.min(end, lineEnd) - start));
}

/** The number of the line in the block's code, from 0, that the offset of its commands is in. */
function lineOfCode(block: Block, commands: string, offset: number): number {
  const line = commands.slice(0, offset).split('\n').length - 1;
  if (block.console === undefined) return line;
  return block.console.commandLines[line] ?? line;
}

/** The line that opens a block. */
export function openingSpan({ source }: Runbook, block: Block): Span {
  const line = source.lines.placeOf(block.span.start).line;
  const end = source.lines.startOfLine(line) + new TextEncoder().encode(source.lines.textOfLine(line)).length;
  return span(block.span.start, Math.min(Math.max(block.span.start, end), block.span.end));
}

/** Where a text stands in a place of the page; all of the place where quotes have it written in another way. */
export function spanInPlace({ source }: Runbook, place: Span, text: string): Span {
  const line = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    source.bytes.subarray(place.start, place.end),
  );
  const at = line.indexOf(text);
  if (at === -1) return place;
  const encoder = new TextEncoder();
  const start = place.start + encoder.encode(line.slice(0, at)).length;
  return span(start, start + encoder.encode(text).length);
}
