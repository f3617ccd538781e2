// Owns patterns behind words that are looked for first: most texts hold none of the words, and are spared what it takes
// to make the pattern ready, which for long patterns is more than all else that is done with a text.

/** A pattern, and the words of which every text that fits it holds one. */
export interface KeyedPattern {
  readonly keys: readonly string[];
  readonly pattern: RegExp;
}

/** A pattern behind its words, which are parted by `|`. */
export function keyed(keys: string, pattern: RegExp): KeyedPattern {
  return { keys: keys.split('|'), pattern };
}

/** Whether the text holds one of the words, and fits the pattern. */
export function fitsKeyed({ keys, pattern }: KeyedPattern, text: string): boolean {
  return keys.some((key) => text.includes(key)) && pattern.test(text);
}
