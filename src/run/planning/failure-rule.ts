// Owns what the failure of a command is to its block: the end of it, nothing, or something found.
import type { Attributes, FrontMatter } from '../../runbook/runbook.ts';
import type { BlockItem, Phase } from '../plan.ts';

/**
 * Blocks are strict: they end at their first failing command and have failed. The runbook's own word is another:
 * that of the block, else of its heading, else the front matter's or the configuration's `errexit: false`. Diagnosis
 * looks and clean-up tidies: there a command that ends non-zero is something found, unless the block says itself what
 * counts as success, or later blocks rely on its own.
 */
export function failureRule(
  { errexit }: Pick<FrontMatter, 'errexit'>,
  phase: Phase,
  written: Attributes,
): Pick<BlockItem, 'errexit' | 'looks'> {
  const word = written.errexit ?? (errexit === false ? false : undefined);
  const looks = (phase === 'diagnosis' || phase === 'cleanup') && word !== true && !isJudged(written);
  return { ...(word !== undefined && { errexit: word }), ...(looks && { looks }) };
}

function isJudged({ exit, expect = [], captures, retries, onFailure }: Attributes): boolean {
  return [exit, captures, retries, onFailure].some((word) => word !== undefined) || expect.length > 0;
}
