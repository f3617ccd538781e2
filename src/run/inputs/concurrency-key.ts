// Owns what the key comes to by which runs of a page count together.
import { namedValue } from '../../basics/named-values.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { splitReferences } from './split-references.ts';

/**
 * The text with its inputs filled in: what was given, else the default that the page says. An input without a value
 * stands for nothing; so does a default that a command finds, for nothing is run for a key.
 */
export function concurrencyKey(
  key: string,
  inputs: Readonly<Record<string, string>>,
  declarations: readonly Pick<InputDeclaration, 'name' | 'default'>[],
): string {
  const presetOf = (name: string): string => declarations.find((one) => one.name === name)?.default ?? '';
  return splitReferences(key)
    .map((piece) => ('text' in piece ? piece.text : (namedValue(inputs, piece.name) ?? presetOf(piece.name))))
    .join('');
}
