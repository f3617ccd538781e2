// Owns matching with a pattern that somebody has written, within a limit of time.
import functionTimeout, { isTimeoutError } from 'function-timeout';

/** How long one match may take: nobody waits longer for an answer, and no pattern that is well written takes as long. */
const limitMs = 1_000;

/** What is said of a pattern that takes longer, to follow what it was to be matched with. */
export const tooSlowWords =
  'cannot be matched within a second: repetitions inside of repetitions try too many ways';

let test: ((pattern: RegExp, text: string) => boolean) | undefined;

/**
 * Whether the pattern matches the text; undefined where that does not come to an end within a second. JavaScript's
 * patterns try one way after the other, which for some of them takes longer than anybody lives, and while they do
 * nothing else goes on: no timeout of a block, and no signal.
 */
export function boundedMatch(source: string, flags: string, text: string): boolean | undefined {
  test ??= functionTimeout((pattern: RegExp, tested: string) => pattern.test(tested), { timeout: limitMs });
  try {
    return test(new RegExp(source, flags), text);
  } catch (error) {
    if (isTimeoutError(error)) return undefined;
    throw error;
  }
}
