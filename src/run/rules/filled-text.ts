// Owns a text of the front matter with the values of the run in it.
import { namedValue } from '../../basics/named-values.ts';
import { splitReferences } from '../inputs/split-references.ts';
import { secretMask } from '../masking/redactor.ts';
import type { RunState } from '../state.ts';

/** `$NAME` and `${NAME}` as captured values, inputs or variables of `env`; undefined while one of them has no value. */
export function filledText(text: string, { plan, inputs, captured }: RunState): string | undefined {
  let filled = '';
  for (const piece of splitReferences(text)) {
    const value = 'text' in piece ? piece.text : variable(piece.name);
    if (value === undefined) return undefined;
    filled += value;
  }
  return filled;

  function variable(name: string): string | undefined {
    if (plan.inputs?.find((input) => input.name === name)?.secret) return secretMask;
    return namedValue(captured, name) ?? namedValue(inputs, name) ?? namedValue(plan.env, name);
  }
}
