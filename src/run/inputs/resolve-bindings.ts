// Owns what the variables that a link gives come to.
import { namedValue, namedValues } from '../../basics/named-values.ts';
import type { VariableBinding } from '../plan.ts';
import { splitReferences } from './split-references.ts';

/** What bindings come to, given what is set when the block runs; the first name that is not set, otherwise. */
export function resolveBindings(
  bindings: readonly VariableBinding[],
  variable: (name: string) => string | undefined,
): { readonly values: Readonly<Record<string, string>>; readonly unset?: { name: string; by: string } } {
  const values = namedValues<string>();
  let unset: { name: string; by: string } | undefined;
  for (const { name, value, refers } of bindings) {
    if (!refers) {
      values[name] = value;
      continue;
    }
    const filled = splitReferences(value).map((piece) => {
      if ('text' in piece) return piece.text;
      const known = Object.hasOwn(values, piece.name);
      const found = known ? namedValue(values, piece.name) : variable(piece.name);
      if (found === undefined) unset ??= { name: piece.name, by: name };
      return found ?? '';
    });
    values[name] = filled.join('');
  }
  return { values, ...(unset && { unset }) };
}
