// Owns what becomes of code when its placeholders are filled in, as data, and which values a place can take.

import { partitionPoint } from '../../basics/partition-point.ts';
import type { FoundPlaceholder } from '../found-placeholder.ts';
import type { ValueRule } from '../value-rule.ts';

/** A placeholder that stands in the code as a variable now. */
export interface FilledPlaceholder {
  readonly placeholder: FoundPlaceholder;
  readonly rule: ValueRule;
}

/** A placeholder that cannot be handed over where it stands. */
export interface FillProblem {
  readonly placeholder: FoundPlaceholder;
  /** Why, as the rest of a sentence that begins with the placeholder: `stands in …`. */
  readonly why: string;
  readonly help: string;
}

/** Code whose placeholders are expansions of variables; those in comments stay as they are, and are in no list. */
export interface Filling {
  readonly code: string;
  readonly filled: readonly FilledPlaceholder[];
  readonly problems: readonly FillProblem[];
}

/** What the language of the code puts in the place of a placeholder. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The code with all replacements made; they may stand in any order, and never overlap. */
export function replaceAt(code: string, replacements: readonly Replacement[]): string {
  let filled = '';
  let at = 0;
  for (const { start, end, text } of [...replacements].sort((left, right) => left.start - right.start)) {
    filled += code.slice(at, start) + text;
    at = end;
  }
  return filled + code.slice(at);
}

/** The one of these pieces, which are in order and apart, that holds the offset. */
export function pieceAt<Piece extends { readonly start: number; readonly end: number }>(
  pieces: readonly Piece[],
  offset: number,
): Piece | undefined {
  const piece = pieces[partitionPoint(pieces, ({ end }) => end <= offset)];
  return piece !== undefined && piece.start <= offset ? piece : undefined;
}

/** Words without a meaning of their own to a shell or to SQL, whatever stands around them. */
const allowed: Readonly<Record<Exclude<ValueRule, 'any'>, RegExp>> = {
  plain: /^[A-Za-z0-9_./:@+,=][A-Za-z0-9_./:@+,=-]*$/,
  name: /^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|-?\d+(?:\.\d+)?)$/,
  number: /^(?:0|-?[1-9]\d*)$/,
  json: /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/,
};

/** Whether a value may stand in a place of this rule. */
export function meetsRule(rule: ValueRule, value: string): boolean {
  return rule === 'any' || allowed[rule].test(value);
}

/** What a rule takes, in words behind "expected". */
export const ruleWords: Readonly<Record<Exclude<ValueRule, 'any'>, string>> = {
  plain: 'only letters, digits and `_ . / : @ + , = -`, because a program reads it as part of its own code',
  name: 'a number or a name such as `orders`, because it is in a query without quotes',
  number: 'a whole number, because a calculation reads it',
  json: 'a number, `true`, `false` or `null`, because it is in JSON without quotes',
};
