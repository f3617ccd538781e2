// Owns which values of a variable whose name says secret are taken for one.

/** Shorter ones, in bytes, are found by chance in other texts. */
const shortestUndeclaredBytes = 6;

/** One word in the letters of everyday texts. */
const ordinaryWord = /^[A-Za-z]?[a-z]{0,9}$|^[A-Z]{0,10}$/;
const digits = /^[-+]?[\d.,:]{0,8}$/;
const path = /^(?:\/|\.{1,2}\/|~\/)[a-z0-9._/-]*$/;
/** `<token>`, `$TOKEN`, `********`, and other things that stand for a value. */
const standIn = /^<.*>$|^\$\{?\w+\}?$|^(.)\1*$|^your[-_]|^change[-_]?me/i;

/**
 * False of what would be found everywhere, or is no secret: less than six bytes, an ordinary word of up to ten letters
 * (`true`, `disabled`), up to eight digits, a path in lower case, what stands for a value (`<token>`, `********`).
 */
export function isSecretValue(value: string): boolean {
  const text = value.trim();
  if (new TextEncoder().encode(text).length < shortestUndeclaredBytes) return false;
  return ![ordinaryWord, digits, path, standIn].some((ordinary) => ordinary.test(text));
}
