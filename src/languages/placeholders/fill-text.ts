// Owns filling in the text of a file, which nothing reads as code: values stand in it as they are.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { FoundPlaceholder } from '../found-placeholder.ts';
import { replaceAt } from './filling.ts';
import { findPlaceholders, syntaxOf } from './find-placeholders.ts';

const reference = /\$\{([A-Za-z_]\w*)\}/g;

/** The names in `${NAME}`, each as often as it stands there. */
export function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name);
}

/** What a text is filled in with. */
export interface TextFilling {
  /** Variables whose `${NAME}` is one; every other dollar sign is the file's own. */
  readonly fills: readonly string[];
  /** The variable that holds the value of a placeholder; undefined where it is none. */
  readonly variableOf: (placeholder: FoundPlaceholder) => string | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** The text with all values in it, or what is not set, as a sentence without its stop. */
export function fillText(text: string, { fills, variableOf, values }: TextFilling): Result<string, string> {
  const places = [
    ...findPlaceholders(text, syntaxOf(undefined)).flatMap((placeholder) => {
      const variable = variableOf(placeholder);
      return variable === undefined ? [] : [{ ...placeholder, variable }];
    }),
    ...[...text.matchAll(reference)].flatMap(({ 0: written, 1: variable = '', index }) =>
      fills.includes(variable)
        ? [{ text: written, variable, start: index, end: index + written.length }]
        : [],
    ),
  ];
  const unset = places.find(({ variable }) => namedValue(values, variable) === undefined);
  if (unset) return fail(`\`${unset.text}\` has no value: \`$${unset.variable}\` is not set`);
  return ok(
    replaceAt(
      text,
      places.map(({ start, end, variable }) => ({ start, end, text: namedValue(values, variable) ?? '' })),
    ),
  );
}
