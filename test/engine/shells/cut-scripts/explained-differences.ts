// Owns where a cut script may differ from the whole one: what docs/format.md says is not carried, by its names there.
import type { Difference } from './run-scripts.ts';
import type { Shell } from './script.ts';
import type { Manner } from './script-rig.ts';

interface Rule {
  /** As the list in docs/format.md has it. */
  readonly name: string;
  /** Whether the script uses what is not carried, or what the difference is. */
  readonly uses: RegExp;
  readonly of?: 'difference';
  /** Seen where the script is one block as well. */
  readonly inWhole?: true;
  /** Where alone it is different. */
  readonly manner?: Manner;
  readonly shell?: Shell;
  readonly onHost?: true;
}

export const rules: readonly Rule[] = [
  { name: 'Jobs', uses: /^(?:wait|fg|bg|jobs|disown)\b|[^&]%\d|kill %/m },
  { name: 'Descriptors', uses: /^exec .*[<>]/m },
  { name: 'Coprocesses', uses: /^coproc\b/m },
  { name: 'History', uses: /^(?:history|fc)\b/m },
  { name: 'Numbers of processes', uses: /"?\$\$"? *\]|=\$\$|BASHPID|PPID/, inWhole: true },
  { name: 'What bash is told of commands', uses: /^(?:hash -p|enable -n|complete) /m, shell: 'bash' },
  { name: 'PIPESTATUS', uses: /pipestatus/i, inWhole: true },
  { name: 'Functions of other texts', uses: /\beval\b|^\. /m, shell: 'dash' },
  { name: 'Options half read', uses: /\bgetopts\b/, shell: 'zsh' },
  { name: 'DEBUG traps', uses: /\bDEBUG\b/, shell: 'bash' },
  { name: 'TRAPEXIT', uses: /\bTRAPEXIT\b/, shell: 'zsh' },
  { name: 'Lines of functions on hosts', uses: /\bLINENO\b/, onHost: true },
  {
    name: 'Names exported without a value',
    uses: /^[^#]*(?:export|typeset -x) [a-z]+(?:;| *$)/m,
    shell: 'zsh',
  },
  {
    name: 'Errors that end zsh',
    uses: /^status\n {2}line 1: shell "1", blocks "126"$/,
    of: 'difference',
    inWhole: true,
    shell: 'zsh',
  },
  { name: 'The end of a script', uses: /^(?:exit(?: 0)?$|exec \w)/m },
  { name: 'Input', uses: /^(?:cat$|read )|-t 0/m, manner: 'terminal' },
];

/** The rule that explains the difference; few do in a script that is one block. */
export function ruleFor({ script, manner, shell, text }: Difference): string | undefined {
  return rules.find(
    ({ uses, of, inWhole, manner: ownManner, shell: ownShell, onHost }) =>
      (ownManner ?? manner) === manner &&
      (ownShell ?? shell) === shell &&
      (onHost !== true || manner.startsWith('host')) &&
      (inWhole === true || manner !== 'whole') &&
      uses.test(of === 'difference' ? text : script.code),
  )?.name;
}
