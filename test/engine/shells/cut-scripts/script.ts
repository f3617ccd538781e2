// Owns what a script is that is run whole, in pieces and by its shell, and cutting one.
import { readFileSync } from 'node:fs';
import { readShell } from '../../../../src/languages/shell/reader/read-shell.ts';

export const shells = ['bash', 'zsh', 'dash'] as const;
export type Shell = (typeof shells)[number];

export interface Script {
  readonly name: string;
  readonly code: string;
}

/** The statements of a script: it is cut behind each line at which nothing is open. */
export function cutScript(code: string): string[] {
  const statements: string[] = [];
  let lines = '';
  for (const line of code.split(/(?<=\n)/)) {
    lines += line;
    if (readShell(lines).open !== undefined) continue;
    statements.push(lines);
    lines = '';
  }
  if (lines !== '') statements.push(lines);
  return statements;
}

/** Scripts written by hand: each begins with a line `#### name`. */
export function readScripts(name: string): Script[] {
  const text = readFileSync(
    new URL(`../../../fixtures/cut-scripts/${name}.scripts`, import.meta.url),
    'utf8',
  );
  return text
    .split(/^#### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { name: `${name}/${part.slice(0, end)}`, code: part.slice(end + 1).replace(/\n+$/, '\n') };
    });
}

/** What a script leaves behind, said at its end by itself. */
export function stateProbe(shell: Shell): string {
  const names = ['a', 'b', 'c', 'n', 'list', 'map', 'OLDPWD', 'IFS', 'OPTIND', 'last'];
  const values = names.map((name) => `"${name}=\${${name}-unset}"`).join(' ');
  const options =
    'for letter in a e f u C; do case $- in *"$letter"*) printf "option %s\\n" "$letter" ;; esac; done';
  const own = {
    bash: 'trap; printf "%s\\n" "${list[@]-}" "${!map[@]}" "${map[@]-}"; declare -F; dirs; shopt nullglob extglob; set -o | grep pipefail',
    zsh: 'print -rl -- "${(@)list-}" "${(ko@)map-}" ${(ok)functions[@]:#__rs_*}; dirs; set -o | grep -E "null_glob|ksh_arrays|pipefail|extended_?glob" || :',
    dash: 'trap',
  };
  // In braces, so that it is one statement.
  return [
    `{ printf '%s\\n' "status $?" ${values} "count $#" "$*" "$PWD" "$(umask)"`,
    `${options}; unset letter`,
    `${own[shell]}; }\n`,
  ].join('\n');
}
