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
  {
    what: 'these scripts of bash, plain',
    shells: ['bash'],
    strictness: 'plain',
    uses: /^(?:all\/PWD assigned|all\/die from a substitution|all\/kill a job|bash\/BASHPID and \$\$|bash\/function line numbers|bash\/job in one line|bash\/strict preamble|bash\/trap with several signals|drawn\/1-5)\n/,
  },
  {
    what: 'these scripts of bash, strict',
    shells: ['bash'],
    strictness: 'strict',
    uses: /^(?:all\/signal kills the script|all\/stdin is empty|bash\/debug trap|bash\/kill a job by number|drawn\/1-12|drawn\/1-22|drawn\/1-40|drawn\/1-42)\n/,
  },
  {
    what: 'these scripts of dash, plain',
    shells: ['dash'],
    strictness: 'plain',
    uses: /^(?:all\/PWD assigned|all\/eval|all\/kill a job|dash\/special builtin that fails|drawn\/1-36|drawn\/1-38|drawn\/1-46)\n/,
  },
  {
    what: 'these scripts of dash, strict',
    shells: ['dash'],
    strictness: 'strict',
    uses: /^(?:all\/not|all\/source|all\/stdin is empty)\n/,
  },
  {
    what: 'these scripts of zsh, plain',
    shells: ['zsh'],
    strictness: 'plain',
    uses: /^(?:all\/PWD assigned|all\/functions named like commands|all\/getopts over lines|all\/kill a job|drawn\/1-16|drawn\/1-30|drawn\/1-34|drawn\/1-52|drawn\/1-8|zsh\/disown|zsh\/exit function|zsh\/getopts|zsh\/match)\n/,
  },
  {
    what: 'these scripts of zsh, strict',
    shells: ['zsh'],
    strictness: 'strict',
    uses: /^(?:all\/background and wait|all\/stdin is empty|drawn\/1-51)\n/,
  },
];

export function isKnownAs(known: Known, { script, shell, strictness, manner }: Difference): boolean {
  return (
    (known.shells?.includes(shell) ?? true) &&
    (known.strictness ?? strictness) === strictness &&
    (known.manners?.includes(manner) ?? true) &&
    (known.uses?.test(`${script.name}\n${script.code}`) ?? true)
  );
}
