// Owns the words for how a run ended.
import { assertNever } from '../../basics/assert.ts';
import type { Outcome } from '../../run/outcomes.ts';

/** What became of a run, as the end of a sentence that begins with it. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'succeeded':
      return 'succeeded';
    case 'rehearsed':
      return 'was rehearsed';
    case 'failed':
      return 'failed';
    case 'rolled-back':
      return 'failed and was rolled back';
    case 'rollback-failed':
      return 'failed, and its rollback failed too';
    case 'precondition-failed':
      return 'was not begun: a precondition does not hold';
    case 'stopped':
      return 'was stopped';
    default:
      return assertNever(outcome);
  }
}

/** As `outcomeWords`, of the event that a run ended with. */
export function endWords({
  outcome,
  asWished,
}: {
  readonly outcome: Outcome;
  readonly asWished?: true;
}): string {
  return asWished ? 'was rolled back' : outcomeWords(outcome);
}
