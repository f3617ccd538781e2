// Owns how placeholders become variables of psql, mysql and sqlite3, in texts, names and values.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import type { SqlDialect } from '../sql/parse-database-url.ts';
import type { ValueRule } from '../value-rule.ts';
import {
  type FilledPlaceholder,
  type Filling,
  type FillProblem,
  pieceAt,
  type Replacement,
  replaceAt,
} from './filling.ts';

interface SqlToken {
  readonly type: 'text' | 'name' | 'comment' | 'other';
  readonly start: number;
  readonly end: number;
}

/** How a dialect writes a variable's value as a text, and a text that is put together. */
const texts: Readonly<
  Record<SqlDialect, { value: (name: string) => string; join: (parts: readonly string[]) => string }>
> = {
  psql: { value: (name) => `:'${name}'`, join: (parts) => `(${parts.join(' || ')})` },
  mysql: { value: (name) => `@${name}`, join: (parts) => `CONCAT(${parts.join(', ')})` },
  sqlite: { value: (name) => `$${name}`, join: (parts) => `(${parts.join(' || ')})` },
};

/** The query with each placeholder a variable of its client; the client itself quotes what stands in a text. */
export function fillSql(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  variableOf: (placeholder: FoundPlaceholder) => string,
  dialect: SqlDialect,
): Filling {
  const replacements: Replacement[] = [];
  const filled: FilledPlaceholder[] = [];
  const problems: FillProblem[] = [];
  const fill = (token: SqlToken, own: readonly FoundPlaceholder[], text: string, rule: ValueRule): void => {
    replacements.push({ start: token.start, end: token.end, text });
    for (const placeholder of own) filled.push({ placeholder, rule });
  };
  const refuse = (own: readonly FoundPlaceholder[], why: string): void => {
    for (const placeholder of own)
      problems.push({ placeholder, why, help: "write it in a text of its own: `'<…>'`" });
  };
  for (const [token, own] of placesOf(code, placeholders, dialect)) {
    const [first] = own;
    if (first === undefined || token?.type === 'comment') continue;
    const bare = { start: first.start, end: first.end, type: 'other' } as const;
    if (token?.type === 'text') fill(token, own, filledText(code, token, own, variableOf, dialect), 'any');
    else if (token?.type === 'name') {
      const isWhole = first.start === token.start + 1 && first.end === token.end - 1;
      if (dialect === 'psql' && isWhole) fill(token, own, `:"${variableOf(first)}"`, 'any');
      else refuse(own, 'is in a quoted name');
    } else if (token !== undefined) refuse(own, 'is in a text that no variable reaches');
    else if (dialect === 'psql') fill(bare, own, `:${variableOf(first)}`, 'name');
    else if (dialect === 'sqlite') fill(bare, own, texts.sqlite.value(variableOf(first)), 'any');
    else refuse(own, 'is outside quotes, where MySQL takes no variable for every purpose');
  }
  return { code: replaceAt(code, replacements), filled, problems };
}

/** `'pod <name> is up'` as the sum of its texts and values. */
function filledText(
  code: string,
  { start, end }: SqlToken,
  own: readonly FoundPlaceholder[],
  variableOf: (placeholder: FoundPlaceholder) => string,
  dialect: SqlDialect,
): string {
  const { value, join } = texts[dialect];
  const parts: string[] = [];
  let at = start + 1;
  for (const placeholder of own) {
    if (placeholder.start > at) parts.push(`'${code.slice(at, placeholder.start)}'`);
    parts.push(value(variableOf(placeholder)));
    at = placeholder.end;
  }
  if (at < end - 1) parts.push(`'${code.slice(at, end - 1)}'`);
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : join(parts);
}

/** Placeholders by the token that they stand in; those outside of all are alone. */
function placesOf(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  dialect: SqlDialect,
): readonly (readonly [SqlToken | undefined, readonly FoundPlaceholder[]])[] {
  const tokens = readTokens(code, dialect);
  const inside = new Map<SqlToken, FoundPlaceholder[]>();
  const outside: (readonly [undefined, readonly FoundPlaceholder[]])[] = [];
  for (const placeholder of placeholders) {
    const token = pieceAt(tokens, placeholder.start);
    if (token === undefined) outside.push([undefined, [placeholder]]);
    else inside.set(token, [...(inside.get(token) ?? []), placeholder]);
  }
  return [...inside, ...outside];
}

/** Comments, quoted texts and names, and texts that nothing is put into: `E'…'`, `$tag$…$tag$`. */
function readTokens(code: string, dialect: SqlDialect): readonly SqlToken[] {
  const escapes = dialect === 'mysql' ? "(?:[^'\\\\]|''|\\\\[\\s\\S])" : "(?:[^']|'')";
  const doubled = dialect === 'mysql' ? '(?:[^"\\\\]|""|\\\\[\\s\\S])' : '(?:[^"]|"")';
  const pattern = new RegExp(
    [
      `(?<comment>--[^\\n]*|/\\*[\\s\\S]*?\\*/${dialect === 'mysql' ? '|#[^\\n]*' : ''})`,
      "(?<other>(?<!\\w)(?:[EeBbXxNn]|[Uu]&)'(?:[^'\\\\]|''|\\\\[\\s\\S])*'|(?<!\\w)\\$(?<tag>\\w*)\\$[\\s\\S]*?\\$\\k<tag>\\$)",
      `(?<text>'${escapes}*'${dialect === 'mysql' ? `|"${doubled}*"` : ''})`,
      `(?<name>"${doubled}*"|\`[^\`]*\`)`,
    ].join('|'),
    'g',
  );
  return [...code.matchAll(pattern)].map(({ 0: whole, index, groups = {} }) => {
    const type = (['comment', 'other', 'text', 'name'] as const).find((one) => groups[one] !== undefined);
    // A text in double quotes, which only MySQL has, is kept whole: it is put together from texts in single ones.
    const isDouble = type === 'text' && whole.startsWith('"');
    return { type: isDouble ? 'other' : (type ?? 'other'), start: index, end: index + whole.length };
  });
}
