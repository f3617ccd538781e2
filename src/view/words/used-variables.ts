// Owns which known variables a piece of code speaks of.
import { namedValue } from '../../basics/named-values.ts';
import { languageOf } from '../../languages/languages.ts';
import { findPlaceholders, syntaxOf } from '../../languages/placeholders/find-placeholders.ts';

/** A variable and its value as it may be shown. */
export interface UsedVariable {
  readonly name: string;
  readonly value: string;
}

const mention =
  /\$(?:\{[#!]?)?([A-Za-z_]\w*)|\bos\.environ(?:\.get\(|\[)["'](\w+)|\bprocess\.env\.(\w+)|\bENV\[["'](\w+)|\bgetenv\(["'](\w+)/g;

/** A variable of a client of PostgreSQL. */
const sqlMention = /:["'](\w+)["']/g;

/** What else than its code says which variables a block uses. */
export interface CodeContext {
  /** The language's name as the block has it; `sh` without one. */
  readonly language?: string;
  /** The conditions that decide whether it runs: shell commands, which read variables too. */
  readonly when?: string;
  readonly check?: string;
  /** What is asked before it runs. */
  readonly confirm?: string;
  /** The file that it writes, and what looks at it: both are read as a shell reads them. */
  readonly writes?: { readonly path: string; readonly validate?: string };
  /** What it exports that is given. */
  readonly overrides?: readonly string[];
}

/**
 * Those of `values` that the code exports, then those that the path of its file, the code itself, a condition of it or
 * the question before it reads, in the order in which it first does; then the code's placeholders, as written.
 */
export function usedVariables(
  code: string,
  values: Readonly<Record<string, string>>,
  { language = 'sh', when = '', check = '', confirm = '', writes, overrides = [] }: CodeContext = {},
): UsedVariable[] {
  const family = languageOf(language)?.family;
  const texts = [writes?.path, code, writes?.validate, when, check, confirm].join('\n');
  const found = [...texts.matchAll(mention), ...(family === 'sql' ? code.matchAll(sqlMention) : [])];
  const names = found.map((match) => match.slice(1).find((name) => name !== undefined) ?? '');
  const placeholders = new Map(
    findPlaceholders(code, syntaxOf(family)).map(({ text, variable }) => [variable, text] as const),
  );
  const isKnown = (name: string): boolean => Object.hasOwn(values, name);
  const variables = [...new Set([...overrides, ...names])].filter(isKnown);
  const filled = [...placeholders].filter(([variable]) => isKnown(variable));
  return [
    ...variables.map((name) => ({ name, value: namedValue(values, name) ?? '' })),
    ...filled.map(([variable, text]) => ({ name: text, value: namedValue(values, variable) ?? '' })),
  ];
}
