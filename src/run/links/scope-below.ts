// Owns which variables hold the inputs of the runbooks around a linked one.
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { Binding } from '../plan.ts';

/** The variables that hold inputs, by the inputs' names. */
export function variablesOf(inputs: readonly InputDeclaration[] | undefined): ReadonlyMap<string, string> {
  return new Map(inputs?.map(({ name, placeholder }) => [name, placeholder?.variable ?? name]));
}

/** What the runbooks below find: what the link gives here, else what the runbooks above have, else what is asked. */
export function scopeBelow(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  inScope: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = variablesOf(declared);
  const isGiven = ([name]: readonly [string, string]): boolean => Object.hasOwn(given, name);
  return new Map([...own, ...inScope, ...[...own].filter(isGiven)]);
}

/** Declared inputs that a runbook above only has a placeholder for, which is held in another variable. */
export function takenOver(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  inScope: ReadonlyMap<string, string>,
): readonly Binding[] {
  return declared.flatMap(({ name, placeholder }): readonly Binding[] => {
    const variable = inScope.get(name);
    if (placeholder || variable === undefined || variable === name || Object.hasOwn(given, name)) return [];
    return [{ name, value: `\${${variable}}`, refers: true }];
  });
}

/** Placeholders that the link does not give but a runbook above has, with the variable that it has them in. */
export function handedDown(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  inScope: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    declared.flatMap(({ name, placeholder }) => {
      const variable = inScope.get(name);
      return placeholder && variable !== undefined && !Object.hasOwn(given, name) ? [[name, variable]] : [];
    }),
  );
}
