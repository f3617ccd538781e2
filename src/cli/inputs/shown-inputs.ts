// Owns which inputs are shown before a run, and with what; no value of a secret is among them.
import { namedValue } from '../../basics/named-values.ts';
import type { UsedInput } from '../../run/surface.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SettledInputs } from './settle-inputs.ts';

/** The inputs that have a value, in the order of their declarations; those of a dry run that have none, too. */
export function shownInputs(
  declarations: readonly InputDeclaration[],
  { values, origins, secrets }: SettledInputs,
  isDryRun = false,
): readonly UsedInput[] {
  return declarations.flatMap(
    ({ name, placeholder, secret, required, defaultFrom, over, from }): readonly UsedInput[] => {
      const shown = placeholder?.text ?? name;
      const isGiven = Object.hasOwn(secrets, name);
      const replaced = over && { over };
      if (secret || isGiven)
        return isGiven || isDryRun ? [{ name: shown, origin: 'secret', ...replaced }] : [];
      const value = namedValue(values, name);
      if (value !== undefined) {
        const origin = namedValue(origins, name) ?? 'default';
        const file = origin === 'default' && from !== undefined && { from };
        return [{ name: shown, value, origin, ...replaced, ...file }];
      }
      return isDryRun && (required || defaultFrom !== undefined) ? [{ name: shown, origin: 'open' }] : [];
    },
  );
}
