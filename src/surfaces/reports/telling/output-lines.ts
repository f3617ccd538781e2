// Owns an output as the lines that a page shows of it.
import {
  alteredWords,
  type ExcerptLimits,
  excerptLines,
  type OutputExcerpt,
} from '../../../runbook/regions/output-excerpt.ts';

/** Plain lines, bounded; what is no longer what was printed is not shown. */
export function outputLines(output: OutputExcerpt, limits?: ExcerptLimits): readonly string[] {
  return output === 'altered' ? [alteredWords] : excerptLines(output, limits);
}
