// Owns how placeholders become variables in code of POSIX shells, bash and zsh, in every kind of quotes.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import type { HereDocument } from '../shell/reader/shell-code.ts';
import {
  type FilledPlaceholder,
  type Filling,
  type FillProblem,
  type Replacement,
  replaceAt,
} from './filling.ts';
import { type PlacedPlaceholder, placeInShell } from './place-in-shell.ts';
import { ShellValueRules } from './shell-value-rules.ts';

/** Expansions that give the value unchanged where they stand: the shell never reads it as code. */
const expansions = {
  word: (name: string) => `"\${${name}}"`,
  'double-quotes': (name: string) => `\${${name}}`,
  'single-quotes': (name: string) => `'"\${${name}}"'`,
  'ansi-c-quotes': (name: string) => `'"\${${name}}"$'`,
  'here-document': (name: string) => `\${${name}}`,
  'quoted-here-document': (name: string) => `\${${name}}`,
  arithmetic: (name: string) => `\${${name}}`,
} as const;

/** The code with `variableOf` each placeholder expanded in its place. */
export function fillShell(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  variableOf: (placeholder: FoundPlaceholder) => string,
): Filling {
  const places = placeInShell(code, placeholders);
  const rules = new ShellValueRules(code, places.commands);
  const replacements: Replacement[] = [];
  const filled: FilledPlaceholder[] = [];
  const problems: FillProblem[] = [];
  const documents = new Set<HereDocument>();
  for (const placed of places.placed) {
    const { placeholder, context, hereDocument } = placed;
    if (context === 'comment') continue;
    const problem = problemOf(code, placed);
    if (problem !== undefined || context === 'expansion') {
      problems.push({ placeholder, ...(problem ?? inExpansion) });
      continue;
    }
    const { start, end } = placeholder;
    replacements.push({ start, end, text: expansions[context](variableOf(placeholder)) });
    filled.push({ placeholder, rule: rules.ruleOf(placed) });
    if (context === 'quoted-here-document' && hereDocument) documents.add(hereDocument);
  }
  for (const document of documents) replacements.push(...unquoted(code, document, places.placed));
  return { code: replaceAt(code, replacements), filled, problems };
}

const inExpansion = {
  why: 'is inside an expansion, where a value could become code',
  help: 'set a variable in a line of its own, `value=<…>`, and use that',
};

function problemOf(code: string, { placeholder, context, hereDocument }: PlacedPlaceholder) {
  const before = code.charAt(placeholder.start - 1);
  if (before === '$' && context !== 'single-quotes' && context !== 'quoted-here-document') return inExpansion;
  if (before === '~' && context === 'word')
    return {
      why: 'is to be the name of a home, which no variable can be',
      help: 'write the path: `/home/<…>`',
    };
  if (context === 'quoted-here-document' && !/^[\w.-]+$/.test(hereDocument?.delimiter ?? ''))
    return { why: 'is in a here-document whose end is not a plain word', help: "write `<<'EOF'`" };
  return undefined;
}

/**
 * A here-document whose delimiter is quoted expands nothing: its quotes are taken away, and all that would then be
 * special in it is escaped, which leaves its text as it was.
 */
function unquoted(
  code: string,
  document: HereDocument,
  placed: readonly PlacedPlaceholder[],
): readonly Replacement[] {
  const { bodyStart, bodyEnd, delimiterStart, delimiterEnd, delimiter } = document;
  const own = placed
    .filter(({ hereDocument }) => hereDocument === document)
    .map(({ placeholder }) => placeholder);
  const escapes = [...code.slice(bodyStart, bodyEnd).matchAll(/[\\$`]/g)].flatMap(({ index }) => {
    const start = bodyStart + index;
    if (own.some((one) => start >= one.start && start < one.end)) return [];
    return [{ start, end: start, text: '\\' }];
  });
  return [{ start: delimiterStart, end: delimiterEnd, text: delimiter }, ...escapes];
}
