// Owns which values a place of a shell command can take, where a program reads its arguments as code again.

import type { ShellCommand, ShellPipeline, ShellWord } from '../shell/reader/shell-code.ts';
import type { ValueRule } from '../value-rule.ts';
import { codeReaders } from './code-readers.ts';
import type { PlacedPlaceholder } from './place-in-shell.ts';

const { rereading, shells, codeReading, stdinReading } = codeReaders;

interface PipelineUse {
  readonly size: number;
  /** Position of the last command that takes code from its standard input. */
  readonly lastReader: number;
  /** A command of it reads code again, from wherever it has it. */
  readonly rereads: boolean;
  readonly endsGroup: boolean;
}

/** Tells what may stand in each place of the code; the values that have no meaning to any program may everywhere. */
export class ShellValueRules {
  readonly #code: string;

  readonly #pipelines = new Map<ShellPipeline, PipelineUse>();
  readonly #positions = new Map<ShellCommand, number>();
  readonly #names = new Map<ShellCommand, readonly string[]>();
  /** A loop or a group is piped into a program that reads code: where it began is not known. */
  #allFeedsCode = false;

  constructor(code: string, commands: readonly ShellCommand[]) {
    this.#code = code;
    for (const command of commands) this.#add(command);
  }

  #add(command: ShellCommand): void {
    const { pipeline } = command;
    const known = this.#pipelines.get(pipeline) ?? {
      size: 0,
      lastReader: -1,
      rereads: false,
      endsGroup: false,
    };
    const names = this.#namesOf(command);
    const reads = names.some((name) => stdinReading.test(name));
    const endsGroup = known.size === 0 ? /^(?:\}|done|fi|esac)$/.test(names[0] ?? '') : known.endsGroup;
    this.#positions.set(command, known.size);
    this.#pipelines.set(pipeline, {
      size: known.size + 1,
      lastReader: reads ? known.size : known.lastReader,
      rereads: known.rereads || reads || names.some((name) => rereading.has(name)),
      endsGroup,
    });
    this.#allFeedsCode ||= endsGroup && reads;
  }

  ruleOf(placed: PlacedPlaceholder): ValueRule {
    if (placed.context === 'arithmetic') return 'number';
    const { command, word } = placed;
    if (command === undefined) return 'any';
    if (placed.context === 'here-document' || placed.context === 'quoted-here-document')
      return this.#feedsCode(command, true) ? 'plain' : 'any';
    const names = this.#namesOf(command);
    if (this.#isCompared(command, word, names)) return 'number';
    if (names.some((name) => rereading.has(name)) || this.#feedsCode(command, false)) return 'plain';
    if (word !== undefined && this.#isProgram(command, word, names, placed)) return 'plain';
    return this.#isSubscript(placed) ? 'plain' : 'any';
  }

  #namesOf(command: ShellCommand): readonly string[] {
    const known = this.#names.get(command);
    if (known !== undefined) return known;
    const names = command.words.map((one) => nameOf(this.#textOf(one)));
    this.#names.set(command, names);
    return names;
  }

  #textOf({ start, end }: ShellWord): string {
    return this.#code.slice(start, end);
  }

  /** Whether what the command prints, or is given, becomes the code of a program. */
  #feedsCode(command: ShellCommand, includingItself: boolean): boolean {
    if (this.#allFeedsCode) return true;
    const own = this.#pipelines.get(command.pipeline);
    const from = (this.#positions.get(command) ?? 0) + (includingItself ? 0 : 1);
    if (own !== undefined && own.lastReader >= from) return true;
    let { parent } = command.pipeline;
    while (parent !== undefined && !this.#pipelines.get(parent)?.rereads) parent = parent.parent;
    return parent !== undefined;
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
