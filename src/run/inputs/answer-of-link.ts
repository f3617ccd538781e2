// Owns what a link answers of what its page asks a person for.
import { namedValue } from '../../basics/named-values.ts';
import { secretMask } from '../masking/redactor.ts';
import type { AskedValue, VariableBinding } from '../plan.ts';
import type { RunState } from '../state.ts';
import { resolveBindings } from './resolve-bindings.ts';
import { referredNames } from './split-references.ts';

/** The answer that a link gives; undefined where it gives none, or refers to what is not known, or is secret. */
export function answerOfLink(
  { captured, inputs, plan }: RunState,
  { variable, given = [] }: AskedValue,
): string | undefined {
  const { values, unset } = resolveBindings(
    neededFor(variable, given),
    (name) => namedValue(captured, name) ?? namedValue(inputs, name) ?? namedValue(plan.env, name),
  );
  const value = namedValue(values, variable);
  return unset !== undefined || value?.includes(secretMask) ? undefined : value;
}

/** What one variable comes of, in the order in which it was given. */
function neededFor(variable: string, given: readonly VariableBinding[]): readonly VariableBinding[] {
  const needed = new Set([variable]);
  const found = given.toReversed().filter(({ name, value, refers }) => {
    if (!needed.has(name)) return false;
    if (refers) for (const other of referredNames(value)) needed.add(other);
    return true;
  });
  return found.toReversed();
}
