// Owns what is said of a configuration file that does not have the form it should.
import { closestName } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { SchemaIssue } from '../front-matter-schema.ts';
import type { FindPlace } from '../read-yaml.ts';

type Path = readonly (string | number)[];

/** Values that do not fit, below `at`; `whole` names the file where all of it is meant. */
export function configurationIssues(
  issues: readonly SchemaIssue[],
  find: FindPlace,
  { at = [], whole }: { readonly at?: Path; readonly whole: string },
): readonly Diagnostic[] {
  return issues.map(({ path, isKey, expected }) => {
    const full = [...at, ...path];
    return wrongConfigurationValue(full.join('.') || whole, expected, find(full, isKey));
  });
}

/** One value that does not fit. */
export function wrongConfigurationValue(
  name: string,
  expected: string,
  span: NonNullable<Diagnostic['span']>,
): Diagnostic {
  return { code: 'configuration-value', severity: 'error', message: `\`${name}\` expects ${expected}`, span };
}

/** Keys of the mapping at the path that nothing is known of: in a file of ours alone, each is a slip. */
export function unknownConfigurationKeys(
  mapping: unknown,
  known: readonly string[],
  where: string,
  find: FindPlace,
  at: Path = [],
): readonly Diagnostic[] {
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) return [];
  return Object.keys(mapping)
    .filter((key) => !known.includes(key))
    .map((key): Diagnostic => {
      const meant = closestName(key, known);
      return {
        code: 'unknown-configuration-key',
        severity: 'error',
        message: `\`${key}\` is not a key of ${where}`,
        span: find([...at, key], true),
        ...(meant === undefined
          ? { help: `there are ${known.map((one) => `\`${one}\``).join(', ')}` }
          : { label: `did you mean \`${meant}\`?` }),
      };
    });
}
