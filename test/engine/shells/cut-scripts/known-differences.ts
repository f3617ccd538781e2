// Owns what differs and should not: each entry goes when nothing that it describes differs any more.
import type { Difference } from './run-scripts.ts';
import type { Shell } from './script.ts';
import type { Manner, Strictness } from './script-rig.ts';

export interface Known {
  readonly what: string;
  readonly shells?: readonly Shell[];
  readonly strictness?: Strictness;
  readonly manners?: readonly Manner[];
  /** In the name of the script, or in its code. */
  readonly uses?: RegExp;
}

export const knownDifferences: readonly Known[] = [
  { what: 'strict blocks of bash', shells: ['bash'], strictness: 'strict' },
  { what: 'strict blocks of zsh', shells: ['zsh'], strictness: 'strict' },
  { what: 'strict blocks of dash', shells: ['dash'], strictness: 'strict' },
  { what: 'plain blocks of bash', shells: ['bash'], strictness: 'plain' },
  { what: 'plain blocks of zsh', shells: ['zsh'], strictness: 'plain' },
  { what: 'plain blocks of dash', shells: ['dash'], strictness: 'plain' },
];

export function isKnownAs(known: Known, { script, shell, strictness, manner }: Difference): boolean {
  return (
    (known.shells?.includes(shell) ?? true) &&
    (known.strictness ?? strictness) === strictness &&
    (known.manners?.includes(manner) ?? true) &&
    (known.uses?.test(`${script.name}\n${script.code}`) ?? true)
  );
}
