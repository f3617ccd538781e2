// Owns finding what shell code exports with a value of its own, and putting another value there.
import { assignedNames } from './needed-names.ts';
import { replaceAt } from './placeholders/filling.ts';
import { findPlaceholders } from './placeholders/find-placeholders.ts';
import { maskPlaceholders } from './placeholders/mask-placeholders.ts';
import { mayHoldPlaceholder } from './placeholders/may-hold-placeholder.ts';
import { firstPieceFrom, readShell, wordText } from './shell/reader/read-shell.ts';
import type { ShellCode, ShellWord } from './shell/reader/shell-code.ts';

/** `NAME=value` behind `export`. */
export interface FoundExport {
  readonly name: string;
  /** The value as it is written, quotes and expansions included. */
  readonly value: string;
  /** Offsets of the whole word, and of its value. */
  readonly wordStart: number;
  readonly start: number;
  readonly end: number;
  /** The value is made of what the variable holds by then, as in `PATH=$PATH:/opt/bin`. */
  readonly adds: boolean;
}

/** Every export with a value, in order; that of an array is none. */
export function findExports(code: string): readonly FoundExport[] {
  if (!/\bexport\s/.test(code)) return [];
  const placeholders = mayHoldPlaceholder(code) ? findPlaceholders(code, 'shell') : [];
  // As it is written, `<name>` would be two redirections.
  const shell = readShell(maskPlaceholders(code, placeholders));
  return shell.commands.flatMap(({ words }) => {
    const program = words.find(({ role }) => role === 'name');
    if (program === undefined || wordText(shell, program) !== 'export') return [];
    return words.flatMap((word) => (word.role === 'argument' ? exportedBy(code, shell, word) : []));
  });
}

function exportedBy(code: string, shell: ShellCode, word: ShellWord): readonly FoundExport[] {
  const [head, name = ''] = /^([A-Za-z_]\w*)=/.exec(code.slice(word.start, word.end)) ?? [];
  if (head === undefined) return [];
  const { start: wordStart, end } = word;
  if (code[end] === '(') return [];
  const start = wordStart + head.length;
  const value = code.slice(start, end);
  return [{ name, value, wordStart, start, end, adds: readsItself(shell, name, start, end) }];
}

/** `${NAME:-…}` only asks whether there is a value. */
function readsItself({ pieces }: ShellCode, name: string, start: number, end: number): boolean {
  for (let index = firstPieceFrom(pieces, start); index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.start >= end) return false;
    if (piece.parameter?.name === name && !piece.parameter.hasDefault) return true;
  }
  return false;
}

/** The variable that holds the value given for an exported one; no program has a use for such a name. */
export function overrideVariable(name: string): string {
  return `OVERRIDE_${name}`;
}

/**
 * The code with the values of these exports given by variables, so that they are data by construction: no value can
 * end a quote or become code. Every line stays the line that it is.
 */
export function overrideExports(code: string, names: readonly string[]): string {
  if (names.length === 0) return code;
  const replaced = findExports(code).filter(({ name }) => names.includes(name));
  return replaceAt(
    code,
    replaced.map(({ name, value, start, end }) => {
      const lines = value.split('\n').length - 1;
      return { start, end, text: `"\${${overrideVariable(name)}}"${'\\\n'.repeat(lines)}` };
    }),
  );
}

/** Names that the code gives a value in another way than by an export with a value. */
export function assignedOtherwise(code: string): ReadonlySet<string> {
  const exported = findExports(code);
  if (exported.length === 0) return assignedNames(code);
  return assignedNames(
    replaceAt(
      code,
      exported.map(({ wordStart, end }) => ({ start: wordStart, end, text: '-f' })),
    ),
  );
}
