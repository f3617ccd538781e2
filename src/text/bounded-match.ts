// Owns matching with a pattern that somebody has written, within a limit of time.
import functionTimeout, { isTimeoutError } from 'function-timeout';

/** How long one match may take: nobody waits longer for an answer, and no pattern that is well written takes as long. */
const limitMs = 1_000;

/** What is said of a pattern that takes longer, to follow what it was to be matched with. */
export const tooSlowWords =
  'cannot be matched within a second: repetitions inside of repetitions try too many ways';

let find: ((pattern: RegExp, text: string) => readonly (string | undefined)[] | undefined) | undefined;

/**
 * Whether the pattern matches the text; undefined where that does not come to an end within a second. JavaScript's
 * patterns try one way after the other, which for some of them takes longer than anybody lives, and while they do
 * nothing else goes on: no timeout of a block, and no signal.
 */
export function boundedMatch(source: string, flags: string, text: string): boolean | undefined {
  const found = boundedFind(source, flags, text);
  return found === undefined ? undefined : found.length > 0;
}

/** What the pattern first matches in the text, and then what its groups do; empty for nothing, undefined as above. */
export function boundedFind(
  source: string,
  flags: string,
  text: string,
): readonly (string | undefined)[] | undefined {
  find ??= functionTimeout(
    (pattern: RegExp, searched: string) => {
      const match = pattern.exec(searched);
      return match === null ? undefined : [...match];
    },
    { timeout: limitMs },
  );
  try {
    return find(new RegExp(source, flags), text) ?? [];
  } catch (error) {
    if (isTimeoutError(error)) return undefined;
    throw error;
  }
}
