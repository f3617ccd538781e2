// Owns what an expected output becomes when the actual one is taken over.
import { fail, ok, type Result } from '../../basics/result.ts';
import { alignLines } from './align-lines.ts';
import { comparedLines, isAnyLines } from './matches-output.ts';

/** A longer output is a log and not an example; the comparison of its lines would be slow besides. */
const lineLimit = 1_000;

/**
 * The lines that a document shows from now on: those of the author, wildcards included, where they match, and
 * what was printed in the place of those that do not. The failure says why an output cannot be shown.
 */
export function mergeExpected(expected: string, actual: string): Result<readonly string[], string> {
  const wanted = comparedLines(expected);
  const found = comparedLines(actual);
  if (found.length > lineLimit) return fail(`it has ${found.length} lines, and ${lineLimit} is the limit`);
  if (found.some((line) => /[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/.test(line)))
    return fail('it holds control characters or bytes that are no text');
  if (wanted.length > lineLimit) return ok(found);
  const merged: string[] = [];
  let wildcard: string | undefined;
  for (const { mark, text, pattern } of alignLines(wanted, found)) {
    if (mark === '-') continue;
    const isAny = pattern !== undefined && isAnyLines(pattern);
    // A wildcard stands for many lines and is one.
    if (isAny && mark === ' ' && wildcard === pattern) continue;
    wildcard = isAny && mark === ' ' ? pattern : undefined;
    merged.push(pattern ?? text);
  }
  return ok(merged);
}
