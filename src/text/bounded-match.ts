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
  const pattern = new RegExp(source, flags);
  // The clock that stops a match is a thread of its own, and takes longer than all of a match that is quick.
  if (isSurelyQuick(source, text)) return firstIn(pattern, text) ?? [];
  find ??= functionTimeout(firstIn, { timeout: limitMs });
  try {
    return find(pattern, text) ?? [];
  } catch (error) {
    if (isTimeoutError(error)) return undefined;
    throw error;
  }
}

function firstIn(pattern: RegExp, text: string): readonly (string | undefined)[] | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : [...match];
}

/** Ways that a match may try at most, which take a few milliseconds. */
const mostWays = 100_000;

/** A class, an escape, what ends or opens a group, a repetition, or any other sign; a class may hold anything. */
const token =
  /\[(?:\\.|[^\]\\])*\]|\\(?:[pPu]\{[^},]*\}|.)|\((?:\?(?::|.))?|\)|[*+?]|\{\d+(?:,\d*)?\}|[\s\S]/gsu;

/**
 * True where the pattern is sure to match the text, or not to, at once. What cannot be told is not sure: groups that
 * are repeated, what looks back at a group or around, and more repetitions than the length of the text allows.
 */
export function isSurelyQuick(source: string, text: string): boolean {
  const places = text.length + 1;
  // It may begin anywhere, and each way takes as many steps as there is to read.
  let ways = places * (source.length + places);
  let before = '';
  for (const [sign] of source.matchAll(token)) {
    const isRepetition = /^(?:[*+?]|\{.+)$/s.test(sign);
    if (isRepetition && before === ')') return false;
    if (/^\\[\dk]/.test(sign) || (sign.startsWith('(?') && sign !== '(?:')) return false;
    if (sign === '|' || sign === '?') ways *= 2;
    else if (isRepetition && !/^\{\d+\}$/.test(sign)) ways *= places;
    if (ways > mostWays) return false;
    before = sign;
  }
  return true;
}
