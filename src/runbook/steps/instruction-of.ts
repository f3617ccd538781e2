// Owns what a step tells a person to do, as the page has it.
import type { Runbook, Step } from '../runbook.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The prose of a step, line by line; blank lines, indentation and what marks a quote or a list do not count. */
export function instructionOf({ source }: Runbook, { parts }: Step): readonly string[] {
  return parts.flatMap((part) => {
    if (part.type !== 'prose') return [];
    const text = decoder.decode(source.bytes.subarray(part.span.start, part.span.end));
    return text.split(/\r\n?|\n/).flatMap((line) => line.replace(/^[\s>]+/, '').trimEnd() || []);
  });
}
