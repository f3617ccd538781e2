// Owns which values a place of a shell command can take, where a program reads its arguments as code again; puts nothing there.
import type { ValueRule } from '../../runbook/model.ts';
import type { PlacedPlaceholder, ShellCommand, ShellReading, ShellWord } from './shell-reading.ts';

/** Commands whose arguments a shell reads again, here or elsewhere. */
const rereading = new Set(['eval', 'ssh', 'watch', 'trap', 'alias', 'su', 'at']);
const shells = /^(?:ba|z|da|k|mk|a|fi)?sh$/;
/** Programs that take their own code as an argument. */
const codeReading = new Set(
  `python python3 perl ruby node php psql mysql mariadb sqlite3 awk gawk mawk sed jq yq mongosh mongo cqlsh sqlcmd bc
  lua printf tclsh osascript pwsh`.split(/\s+/),
);
/** Programs that take code from their standard input. */
const stdinReading =
  /^(?:(?:ba|z|da|k|mk|a|fi)?sh|ssh|at|python3?|perl|ruby|node|php|psql|mysql|mariadb|sqlite3|bc)$/;

/** Tells what may stand in each place of the code; the values that have no meaning to any program may everywhere. */
export class ValueRules {
  readonly #code: string;
  readonly #reading: ShellReading;

  constructor(code: string, reading: ShellReading) {
    this.#code = code;
    this.#reading = reading;
  }

  ruleOf(placed: PlacedPlaceholder): ValueRule {
    if (placed.context === 'arithmetic') return 'number';
    const { command, word } = placed;
    if (command === undefined) return 'any';
    if (placed.context === 'here-document' || placed.context === 'quoted-here-document')
      return this.#feedsCode(command, true) ? 'plain' : 'any';
    const names = command.words.map((one) => nameOf(this.#textOf(one)));
    if (this.#isCompared(command, word, names)) return 'number';
    if (names.some((name) => rereading.has(name)) || this.#feedsCode(command, false)) return 'plain';
    if (word !== undefined && this.#isProgram(command, word, names, placed)) return 'plain';
    return this.#isSubscript(placed) ? 'plain' : 'any';
  }

  #textOf({ start, end }: ShellWord): string {
    return this.#code.slice(start, end);
  }

  /** Whether what the command prints, or is given, becomes the code of a program. */
  #feedsCode(command: ShellCommand, includingItself: boolean): boolean {
    const all = this.#reading.commands;
    const from = all.indexOf(command) + (includingItself ? 0 : 1);
    return all
      .slice(from)
      .filter(({ pipeline }) => pipeline === command.pipeline)
      .some(({ words }) => words.some((word) => stdinReading.test(nameOf(this.#textOf(word)))));
  }

  /** `[[ $x -lt <n> ]]`, `let`, `declare -i`: what stands there is calculated. */
  #isCompared(command: ShellCommand, word: ShellWord | undefined, names: readonly string[]): boolean {
    const [first = ''] = names;
    if (first === 'let') return true;
    if (/^(?:declare|typeset|local|integer)$/.test(first))
      return names.some((name) => /^-[a-zA-Z]*i/.test(name));
    if (word === undefined || !names.some((name) => /^(?:\[\[?|test)$/.test(name))) return false;
    const at = command.words.indexOf(word);
    return [names[at - 1], names[at + 1]].some((name) => /^-(?:eq|ne|lt|le|gt|ge)$/.test(name ?? ''));
  }

  /** The code of `sh -c`, `psql -c`, `awk` and their kind, unless all of it is asked for. */
  #isProgram(
    command: ShellCommand,
    word: ShellWord,
    names: readonly string[],
    { placeholder, context }: PlacedPlaceholder,
  ): boolean {
    const at = command.words.indexOf(word);
    const text = this.#textOf(word);
    const rest = `${this.#code.slice(word.start, placeholder.start)}${this.#code.slice(placeholder.end, word.end)}`;
    const isWhole = rest.replace(/["']/g, '') === '';
    const before = names.slice(0, at);
    if (/^-[a-z]*c$/.test(names[at - 1] ?? '') && before.some((name) => shells.test(name))) return !isWhole;
    const program = before.find((name) => codeReading.has(name));
    if (program === undefined || isWhole) return false;
    const isQuoted = context !== 'word';
    return (isQuoted && /[\s;(){}|$*\\%]|^["']?\//.test(rest)) || /^["']?[sy]([/|#,:@!])/.test(text);
  }

  /** `items[<index>]` is calculated where the array is no mapping. */
  #isSubscript({ placeholder, word }: PlacedPlaceholder): boolean {
    return (
      word !== undefined && /^[A-Za-z_]\w*\[[^\]]*$/.test(this.#code.slice(word.start, placeholder.start))
    );
  }
}

function nameOf(word: string): string {
  const plain = word.replace(/^\\|["']/g, '');
  return plain.slice(plain.lastIndexOf('/') + 1);
}
