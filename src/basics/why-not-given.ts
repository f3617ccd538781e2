// Owns which texts a process can be given in a variable of its environment.
import { groupedDigits } from './grouped-digits.ts';

/** Bytes of the longest `NAME=value` that Linux takes (MAX_ARG_STRLEN, 32 pages), its final NUL counted. */
export const longestVariableBytes = 131_072;

/** Bytes that `NAME=value` takes in an environment, its final NUL counted. */
export function variableBytes(name: string, value: string): number {
  return new TextEncoder().encode(name).length + new TextEncoder().encode(value).length + 2;
}

/** Why no process can be given the variable, to follow its name; undefined where one can. The value is not quoted. */
export function whyNotGiven(name: string, value: string): string | undefined {
  if (value.includes('\0')) return 'holds a NUL byte, which cannot be passed to a process';
  const bytes = variableBytes(name, value);
  if (bytes <= longestVariableBytes) return undefined;
  return `is ${groupedDigits(bytes - name.length - 2)} bytes long, and a process takes at most ${groupedDigits(longestVariableBytes)} with its name`;
}
