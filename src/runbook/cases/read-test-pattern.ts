// Owns the patterns of a file of tests: one way to write them, for bash where a stub is called and for JavaScript here.
import { toExtendedPattern } from '../../languages/patterns/to-extended-pattern.ts';

/** What `/…/` means; `extended` is absent where bash has no words for it. */
export interface TestPattern {
  /** For JavaScript, without its flags. */
  readonly source: string;
  /** As bash reads it. */
  readonly extended?: string;
}

/** A text that is no pattern is undefined; a pattern that nobody can read says why. */
export type ReadPattern = { readonly pattern: TestPattern } | { readonly wrong: string } | undefined;

/** Sets of POSIX by what JavaScript has for them, without letters of other languages, which differ by locale. */
const posixSets: Readonly<Record<string, string>> = {
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  xdigit: '0-9A-Fa-f',
  space: '\\s',
  blank: ' \\t',
};

/** Letters behind the last slash; among them `i`, for a path may end in others. */
const flagged = /^\/.+\/[a-z]*i[a-z]*$/s;
const flagLetters = /^[dgimsuvy]+$/;

/** Reads what stands between slashes; `isCall` where nothing but a pattern begins with one. */
export function readTestPattern(text: string, { isCall = false } = {}): ReadPattern {
  const written = /^\/(.+)\/$/s.exec(text)?.[1];
  if (written === undefined) {
    const flags = flagged.test(text) ? text.slice(text.lastIndexOf('/') + 1) : '';
    if (flagLetters.test(flags)) return { wrong: `a pattern takes no flags, and has \`${flags}\` behind it` };
    return isCall && text.startsWith('/')
      ? { wrong: 'a pattern ends with `/`, and nothing behind it' }
      : undefined;
  }
  const unknown = [...written.matchAll(/\[:(\w+):\]|\[[.=]/g)].find(
    ([, name]) => name === undefined || !Object.hasOwn(posixSets, name),
  );
  if (unknown !== undefined) return { wrong: `\`${unknown[0]}\` is not known in a pattern` };
  const source = written.replace(/\[:(\w+):\]/g, (_, name: string) => posixSets[name] ?? '');
  if (/(?<!\\)\[\^?\]/.test(source))
    return { wrong: 'a set of a pattern does not begin with `]`: write `\\]`' };
  try {
    new RegExp(source);
  } catch (error) {
    return { wrong: `the pattern cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const extended = toExtendedPattern(source, 's', 'none');
  return { pattern: { source, ...(extended !== undefined && { extended }) } };
}
