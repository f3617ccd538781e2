// Owns how placeholders become variables in texts of languages that are no shell; a place that is no text is refused.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import {
  type FilledPlaceholder,
  type Filling,
  type FillProblem,
  pieceAt,
  type Replacement,
  replaceAt,
} from './filling.ts';

/** How a language writes texts, comments and the value of an environment variable. */
export interface TextSyntax {
  readonly quotes: readonly string[];
  readonly comments: readonly string[];
  readonly variable: (name: string) => string;
  /** Joins two texts. */
  readonly join: string;
  /** What may stand right before and after a text that is to become an expression. */
  readonly before: RegExp;
  readonly after: RegExp;
}

const before = /(?:^|[\n(,=[{:+;]|\breturn|\bprint|\bputs|\becho)[ \t]*$/;
const after = /^[ \t]*(?:$|[\n),;\]}+])/;

const python: TextSyntax = {
  quotes: ['"""', "'''", '"', "'"],
  comments: ['#'],
  variable: (name) => `__import__("os").environ["${name}"]`,
  join: ' + ',
  before,
  after: /^[ \t]*(?:$|[),;\]}+:](?!=)|\n(?!\s*["']))/,
};
const script: TextSyntax = {
  quotes: ['"', "'"],
  comments: ['//'],
  variable: (name) => `process.env.${name}`,
  join: ' + ',
  before,
  after,
};
const ruby: TextSyntax = {
  quotes: ['"', "'"],
  comments: ['#'],
  variable: (name) => `ENV.fetch("${name}")`,
  join: ' + ',
  before,
  after,
};
const perl: TextSyntax = {
  quotes: ['"', "'"],
  comments: ['#'],
  variable: (name) => `$ENV{${name}}`,
  join: ' . ',
  before: /(?:^|[\n(,=[{.;>]|\breturn|\bprint|\bsay)[ \t]*$/,
  after: /^[ \t]*(?:$|[\n),;\]}.])/,
};
const php: TextSyntax = {
  quotes: ['"', "'"],
  comments: ['//', '#'],
  variable: (name) => `getenv("${name}")`,
  join: ' . ',
  before: /(?:^|[\n(,=[{.;>]|\breturn|\bprint|\becho)[ \t]*$/,
  after: /^[ \t]*(?:$|[\n),;\]}.])/,
};
const lua: TextSyntax = {
  quotes: ['"', "'"],
  comments: ['--'],
  variable: (name) => `os.getenv("${name}")`,
  join: ' .. ',
  before: /(?:^|[\n(,=[{.;]|\breturn)[ \t]*$/,
  after: /^[ \t]*(?:$|[\n),;\]}.])/,
};

/** By the canonical name of the language. */
export const textSyntaxes: Readonly<Record<string, TextSyntax>> = {
  python,
  node: script,
  typescript: script,
  ruby,
  perl,
  php,
  lua,
};

interface Text {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/**
 * The code with each text that holds placeholders made a sum of its parts and their values. What the reader of this
 * file cannot be sure to be a plain text of its own (a template, a text joined to another, a pattern) is refused.
 */
export function fillTexts(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  variableOf: (placeholder: FoundPlaceholder) => string,
  syntax: TextSyntax,
): Filling {
  const { texts, comments } = readTexts(code, syntax);
  const replacements: Replacement[] = [];
  const filled: FilledPlaceholder[] = [];
  const problems: FillProblem[] = [];
  const changed = new Set<Text>();
  for (const placeholder of placeholders) {
    if (pieceAt(comments, placeholder.start)) continue;
    const text = pieceAt(texts, placeholder.start);
    if (text === undefined || placeholder.end > text.end || !standsAlone(code, text, syntax)) {
      problems.push({
        placeholder,
        why: 'does not stand in a text of its own in quotes',
        help: `write \`${syntax.variable('NAME')}\`, and declare it: \`inputs: { NAME: {} }\``,
      });
      continue;
    }
    const { start, end } = placeholder;
    const sum = `${text.quote}${syntax.join}${syntax.variable(variableOf(placeholder))}${syntax.join}${text.quote}`;
    replacements.push({ start, end, text: sum });
    filled.push({ placeholder, rule: 'any' });
    changed.add(text);
  }
  for (const { start, end } of changed)
    replacements.push({ start, end: start, text: '(' }, { start: end, end, text: ')' });
  return { code: replaceAt(code, replacements), filled, problems };
}

function standsAlone(code: string, { start, end, quote }: Text, { before, after }: TextSyntax): boolean {
  const lead = code.slice(Math.max(0, start - 200), start);
  // A prefix (`f"…"`), a tag or a text right before changes what the quotes mean.
  if (!before.test(lead) || /["'`]\s*$/.test(lead)) return false;
  // Text that is expanded has its own expansions around the value, which must not run into it.
  if (quote !== "'" && /[$#@]\{?$/.test(lead)) return false;
  return after.test(code.slice(end, end + 200)) && !/^\s*["'`]/.test(code.slice(end, end + 200));
}

function readTexts(
  code: string,
  { quotes, comments: marks }: TextSyntax,
): { readonly texts: readonly Text[]; readonly comments: readonly { start: number; end: number }[] } {
  const texts: Text[] = [];
  const comments: { start: number; end: number }[] = [];
  let at = 0;
  while (at < code.length) {
    const mark = marks.find((one) => code.startsWith(one, at));
    const quote = quotes.find((one) => code.startsWith(one, at));
    if (mark !== undefined) {
      const end = endOfLine(code, at);
      comments.push({ start: at, end });
      at = end;
    } else if (quote !== undefined) {
      const end = endOfText(code, at + quote.length, quote);
      if (end === undefined) break;
      texts.push({ start: at, end, quote });
      at = end;
    } else if (code.charAt(at) === '`') {
      const end = endOfText(code, at + 1, '`');
      if (end === undefined) break;
      at = end;
    } else at += 1;
  }
  return { texts, comments };
}

function endOfLine(code: string, from: number): number {
  const end = code.indexOf('\n', from);
  return end === -1 ? code.length : end;
}

/** Behind the closing quote; undefined where the text is never closed, or a line ends in a text of one line. */
function endOfText(code: string, from: number, quote: string): number | undefined {
  for (let at = from; at < code.length; at += 1) {
    if (code.charAt(at) === '\\') at += 1;
    else if (code.startsWith(quote, at)) return at + quote.length;
    else if (code.charAt(at) === '\n' && quote.length === 1 && quote !== '`') return undefined;
  }
  return undefined;
}
