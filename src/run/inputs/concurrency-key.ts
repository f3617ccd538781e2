// Owns what the key comes to by which runs of a page count together.
import { namedValue } from '../../basics/named-values.ts';
import { splitReferences } from './split-references.ts';

/** The text with its inputs filled in; an input without a value stands for nothing. */
export function concurrencyKey(key: string, inputs: Readonly<Record<string, string>>): string {
  return splitReferences(key)
    .map((piece) => ('text' in piece ? piece.text : (namedValue(inputs, piece.name) ?? '')))
    .join('');
}
