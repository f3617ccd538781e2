// Owns the words of a rule's author with the values of the run in them.

import type { Address } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { fillText } from '../../languages/placeholders/fill-text.ts';
import { resolveBindings } from '../../run/inputs/resolve-bindings.ts';
import { splitReferences } from '../../run/inputs/split-references.ts';
import { secretMask } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { LinePiece } from './line-piece.ts';

/** Longest value that is put into a line, in UTF-16 units. */
const longestValue = 500;

/** The pieces of a rule's text; `within` is the link whose page has the rule. */
export function ruleLine(
  text: string,
  state: RunState,
  within: Address | undefined,
): readonly LinePiece<string>[] {
  const variable = variablesOf(state, within);
  return splitReferences(text).map((piece) => {
    if ('text' in piece) return { text: piece.text, isAuthors: true };
    const value = variable(piece.name);
    if (value === undefined) return { text: `(${piece.name} is not set)` };
    const shown = visibleText(value);
    return { text: shown.length <= longestValue ? shown : `${shown.slice(0, longestValue)}…` };
  });
}

/**
 * The pieces of the text of a block that is a message: its placeholders are variables, too. It fails in words where one
 * of them has no value.
 */
export function messageLine(
  text: string,
  { placeholders = {}, within }: BlockItem,
  state: RunState,
): Result<readonly LinePiece<string>[], string> {
  const names = Object.values(placeholders);
  const filled = fillText(text.trimEnd(), {
    fills: [],
    variableOf: ({ variable }) => namedValue(placeholders, variable),
    values: Object.fromEntries(names.map((name) => [name, `\${${name}}`])),
  });
  if (!filled.ok) return filled;
  const variable = variablesOf(state, within);
  const unset = splitReferences(filled.value).find(
    (piece) => 'name' in piece && variable(piece.name) === undefined,
  );
  if (unset !== undefined && 'name' in unset) return fail(`\`$${unset.name}\` has no value`);
  return ok(ruleLine(filled.value, state, within));
}

function variablesOf(state: RunState, within: Address | undefined): (name: string) => string | undefined {
  const { plan, inputs, captured, indexOf } = state;
  const outer = (name: string): string | undefined => {
    const declared = plan.inputs?.find((input) => input.name === name);
    if (declared?.secret) return secretMask;
    return namedValue(captured, name) ?? namedValue(inputs, name) ?? namedValue(plan.env, name);
  };
  const index = within === undefined ? undefined : indexOf.get(within);
  const link = index === undefined ? undefined : plan.items[index];
  if (link?.kind !== 'runbook' || link.page === undefined) return outer;
  const { values } = resolveBindings(link.page.bindings, outer);
  return (name) => namedValue(captured, name) ?? namedValue(values, name) ?? outer(name);
}
