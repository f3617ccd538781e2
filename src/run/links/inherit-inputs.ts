// Owns which inputs a linked runbook has from the runbooks around it, and in which variables.
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { VariableBinding } from '../plan.ts';

/** The variables that hold inputs, by the inputs' names. */
export function variablesOf(inputs: readonly InputDeclaration[] | undefined): ReadonlyMap<string, string> {
  return new Map(inputs?.map(({ name, placeholder }) => [name, placeholder?.variable ?? name]));
}

/** What a linked runbook has from the runbooks above it. */
export interface InheritedInputs {
  /** Declared inputs that a runbook above only has a placeholder for, which is held in another variable. */
  readonly bindings: readonly VariableBinding[];
  /** Placeholders that the link does not give but a runbook above has, with the variable that it has them in. */
  readonly variables: ReadonlyMap<string, string>;
  /** What the runbooks below find: what the link gives, else what the runbooks above have, else what is asked. */
  readonly inScope: ReadonlyMap<string, string>;
}

/** Hands the inputs `inScope` down to a runbook that declares its own, some of them `given` by its link. */
export function inheritInputs(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  inScope: ReadonlyMap<string, string>,
): InheritedInputs {
  const own = variablesOf(declared);
  const isGiven = (name: string): boolean => Object.hasOwn(given, name);
  const bindings: VariableBinding[] = [];
  const variables = new Map<string, string>();
  for (const { name, placeholder } of declared) {
    const variable = inScope.get(name);
    if (variable === undefined || isGiven(name)) continue;
    if (placeholder) variables.set(name, variable);
    else if (variable !== name) bindings.push({ name, value: `\${${variable}}`, refers: true });
  }
  return {
    bindings,
    variables,
    inScope: new Map([...own, ...inScope, ...[...own].filter(([name]) => isGiven(name))]),
  };
}
