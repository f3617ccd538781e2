// Owns the diagnostics that stand at the first line of a block.
import type { Block, Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** Adds an error, or what `more` makes of it. */
export type Tell = (code: string, message: string, more?: Partial<Diagnostic>) => void;

/** Tells of a block, or of what else stands there, by adding to `found`. */
export function tellAt({ source }: Runbook, { span }: Pick<Block, 'span'>, found: Diagnostic[]): Tell {
  return (code, message, more = {}) => {
    const { lines } = source;
    const { start } = span;
    const { line } = lines.placeOf(start);
    const end = lines.startOfLine(line) + lines.textOfLine(line).trimEnd().length;
    found.push({ code, severity: 'error', message, span: { start, end: Math.max(end, start + 1) }, ...more });
  };
}
