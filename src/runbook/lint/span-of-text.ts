// Owns the place of a line of code in the author's file.
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

/** The line that opens a block. */
export function openingSpan({ source }: Runbook, block: Block): Span {
  const line = source.lines.placeOf(block.span.start).line;
  const end = source.lines.startOfLine(line) + new TextEncoder().encode(source.lines.textOfLine(line)).length;
  return span(block.span.start, Math.min(Math.max(block.span.start, end), block.span.end));
}
