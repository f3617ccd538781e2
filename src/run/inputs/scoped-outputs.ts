// Owns the names under which the outputs of each use of a linked page are kept apart.
import { namedValues } from '../../basics/named-values.ts';
import type { BlockItem } from '../plan.ts';

/**
 * What a block in a linked page hands on, once more by the names of the links that lead to it: `NAME` of the link
 * `drain-first` is `drain_first_NAME` too. The name alone is that of the last use.
 */
export function scopedOutputs(
  { scopes = [] }: Pick<BlockItem, 'scopes'>,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const scoped = namedValues<string>();
  for (const scope of scopes)
    for (const [name, value] of Object.entries(values)) scoped[scopedName(scope, name)] = value;
  return scoped;
}

/** The variable that an output of a link is. */
export function scopedName(link: string, name: string): string {
  return `${link.replace(/^(?=\d)|\W/g, '_')}_${name}`;
}
