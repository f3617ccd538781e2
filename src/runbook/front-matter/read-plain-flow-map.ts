// Owns reading a mapping in braces on one line, of values that need no parser of YAML.

/** A value as YAML has it: text, or `true` and `false` where they stand without quotes. */
export type PlainValue = string | boolean;

const pair =
  /[ ]*([A-Za-z_][A-Za-z0-9_]*):[ ]+(?:"([^"\\\p{C}\p{Zl}\p{Zp}]*)"|'([^'\p{C}\p{Zl}\p{Zp}]*)'|([A-Za-z0-9./][^,:#{}[\]"\p{C}\p{Zl}\p{Zp}]*?))[ ]*(?:,(?=[ ])|(\}))/uy;
/** Begins with a letter or a slash, or is a number with a unit or a word behind it; no number, no date. */
const plainText = /^(?:[A-Za-z/]|[1-9][0-9]{0,8}(?:[kmMGsd]$| [A-Za-z]))[A-Za-z0-9 ./()'&+;!?_-]*$/;
const wordsWithMeaning = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Whether a word is text to every parser of YAML, also without quotes. */
export function isPlainWord(word: string): boolean {
  return !wordsWithMeaning.test(word);
}

/** Whether a word is a key like any other; every object has a property `__proto__` already. */
export function isPlainKey(word: string): boolean {
  return isPlainWord(word) && word !== '__proto__';
}

/** The pairs in their order; undefined where any is not plain, or a key comes twice. */
export function readPlainFlowMap(text: string): ReadonlyMap<string, PlainValue> | undefined {
  if (!text.startsWith('{')) return undefined;
  const read = new Map<string, PlainValue>();
  for (pair.lastIndex = 1; ; ) {
    const found = pair.exec(text);
    if (found === null) return undefined;
    const [, key = '', double, single, bare, end] = found;
    const value = double ?? single ?? bareValue(bare ?? '');
    if (value === undefined || read.has(key) || !isPlainKey(key)) return undefined;
    read.set(key, value);
    if (end !== undefined) return pair.lastIndex === text.length ? read : undefined;
  }
}

function bareValue(bare: string): PlainValue | undefined {
  if (bare === 'true' || bare === 'false') return bare === 'true';
  if (bare === '.') return bare;
  return plainText.test(bare) && isPlainWord(bare) ? bare : undefined;
}
