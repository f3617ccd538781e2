// Owns writing a variable where shell code holds a value.
import { readShell } from '../../languages/shell/reader/read-shell.ts';
import type { PieceKind } from '../../languages/shell/reader/shell-code.ts';

/** How the variable is written in each kind of text; where none is given, nothing can stand for it there. */
const written: Partial<Record<PieceKind, (name: string) => string>> = {
  word: (name) => `\${${name}}`,
  'double-quotes': (name) => `\${${name}}`,
  'here-document': (name) => `\${${name}}`,
  'single-quotes': (name) => `'"\${${name}}"'`,
  'ansi-c-quotes': (name) => `'"\${${name}}"$'`,
  'quoted-here-document': (name) => `<${placeholderOf(name)}>`,
};

/** The code with `$NAME` wherever the value stands in it as a whole, quoted as the place needs it. */
export function putVariable(code: string, value: string, name: string): string {
  if (value === '' || !code.includes(value)) return code;
  const places = placesOf(code, value);
  if (places.length === 0) return code;
  const { pieces } = readShell(code);
  let text = '';
  let from = 0;
  for (const at of places) {
    const piece = pieces.find(({ start, end }) => start <= at && at < end);
    const write = piece && written[piece.kind];
    if (piece === undefined || write === undefined || at + value.length > piece.end) continue;
    const isWhole = piece.kind === 'word' && piece.word?.start === at && piece.word.end === at + value.length;
    text += code.slice(from, at) + (isWhole ? `"$${name}"` : write(name));
    from = at + value.length;
  }
  return text + code.slice(from);
}

/** Where the value stands and is no part of a longer word or number. */
export function placesOf(text: string, value: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + value.length, at + value.length + 2);
    const isPart = /[\p{L}\d_]$|\d\.$/u.test(before) || /^(?:[\p{L}\d_]|\.\d)/u.test(after);
    if (!isPart || !/^[\p{L}\d_](?:.*[\p{L}\d_])?$/u.test(value)) places.push(at);
  }
  return places;
}

/** `db-password` for `DB_PASSWORD`: a placeholder that means the variable. */
export function placeholderOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
