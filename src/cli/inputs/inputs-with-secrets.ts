// Owns which plain inputs are secrets after all, because their values hold one.
import { type InputOrigin, inputVariables } from '../../run/inputs/resolve-inputs.ts';
import { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';

/** The secrets that are known before a run: those it was given, and what the environment's names say to be one. */
export function secretsBeforeRun(
  declarations: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): KnownSecrets {
  const open = declarations.filter(({ isPublic }) => isPublic).map(({ name }) => name);
  const secrets = new KnownSecrets(inputVariables(declarations, given), open);
  for (const [name, value] of Object.entries(environment)) secrets.learn(name, value);
  return secrets;
}

interface GivenInputs {
  readonly values: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, InputOrigin>>;
}

/** Names of inputs whose values hold one of them. A default that stands in the page is there for everybody to read. */
export function inputsWithSecrets(
  declarations: readonly InputDeclaration[],
  { values, origins }: GivenInputs,
  { redactor }: Pick<KnownSecrets, 'redactor'>,
): readonly string[] {
  const isWritten = (name: string): boolean =>
    origins[name] === 'default' && declarations.find((one) => one.name === name)?.default === values[name];
  return Object.entries(values).flatMap(([name, value]) =>
    redactor.reveals(value) && !isWritten(name) ? [name] : [],
  );
}
