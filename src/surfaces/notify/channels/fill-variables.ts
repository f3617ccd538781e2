// Owns putting values of the environment into the texts of a channel.
import { namedValue } from '../../../basics/named-values.ts';
import { createRedactor, type Redactor } from '../../../run/masking/redactor.ts';

/** Variables of the environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Texts with the environment's values for `${NAME}`, and what masks these values where a service repeats them. Throws
 * the name of one that is not set.
 */
export function fillVariables<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  env: Variables,
): { readonly filled: Readonly<Record<Key, string>>; readonly redactor: Redactor } {
  const redactor = createRedactor();
  const fill = (text: string): string =>
    text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = namedValue(env, name);
      if (value === undefined) throw new Error(`the environment has no \`${name}\``);
      redactor.add(value);
      return value;
    });
  const filled = Object.fromEntries(
    (Object.entries(texts) as [Key, string][]).map(([key, text]) => [key, fill(text)]),
  ) as Record<Key, string>;
  return { filled, redactor };
}
