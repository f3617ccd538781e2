// Owns what is told before a run of words in its page that look like guards and guard nothing.
import { basename } from 'node:path';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';

/** More than these are left to `check`. */
const most = 5;

/** A line for each such word of these warnings, with its place. */
export function guardlessRemarks(warnings: readonly Diagnostic[], source: SourceFile): readonly string[] {
  const found = warnings.filter(
    ({ code, label, help }) =>
      code === 'unknown-attribute' || (code === 'unknown-front-matter-key' && (label ?? help) !== undefined),
  );
  const lines = found.slice(0, most).map(({ message, span, label, help }) => {
    const { line } = source.lines.placeOf(span?.start ?? 0);
    const advice = label ?? help;
    return `${basename(source.path)}:${line}: ${message}${advice === undefined ? '' : `; ${advice}`}`;
  });
  const others = found.length - lines.length;
  return others > 0
    ? [...lines, `${others} more of the kind: \`runsheet check ${source.path}\` names them`]
    : lines;
}
