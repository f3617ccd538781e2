// Owns finding values in a command line that what stands before them calls secrets.
import { saysSecret } from '../../basics/says-secret.ts';

/** A value, and the variable that it would be. */
export interface TypedSecret {
  readonly name: string;
  readonly value: string;
}

const word = String.raw`(?:"([^"$\x60]+)"|'([^']+)'|([^\s"'$;&|()<>\x60]+))`;
const assignment = new RegExp(String.raw`(?<![\w$-])([A-Za-z_]\w*)=${word}`, 'g');
const option = new RegExp(String.raw`(?<=\s)--?([A-Za-z][\w-]*)(?:=|\s+)${word}`, 'g');
const header = /\b(?:Bearer|Token|Basic)\s+([\w.~+/=-]{8,})/g;
const login = /:\/\/[^\s:/@]+:([^\s/@"'$]+)@/g;

/** The secrets whose values are typed in a command line; those in variables are none. */
export function findTypedSecrets(code: string): readonly TypedSecret[] {
  const found: TypedSecret[] = [];
  for (const [, name = '', ...values] of code.matchAll(assignment))
    if (saysSecret(name)) found.push({ name, value: firstOf(values) });
  for (const [, written = '', ...values] of code.matchAll(option)) {
    const name = written.replaceAll('-', '_').toUpperCase();
    if (saysSecret(name) && !firstOf(values).startsWith('-')) found.push({ name, value: firstOf(values) });
  }
  for (const [, value = ''] of code.matchAll(header)) found.push({ name: 'API_TOKEN', value });
  for (const [, value = ''] of code.matchAll(login)) found.push({ name: 'PASSWORD', value });
  return found.filter(({ value }) => value.length >= 4);
}

function firstOf(values: readonly (string | undefined)[]): string {
  return values.find((value) => value !== undefined) ?? '';
}
