// Owns finding the keys of a front matter by their indentation, while it is being typed.
import type { PageLine } from './page-lines.ts';

/** A key with the keys around it, the outermost first and itself last; its place in UTF-16 offsets. */
export interface FrontMatterKey {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Zero-based. */
  readonly line: number;
}

const keyPattern = /^( *)(?:- +)?(["']?)([\w.-]+)\2(?=:(?:\s|$))/;

/** Keys that begin a line, those in braces left out. */
export function frontMatterKeys(lines: readonly PageLine[]): readonly FrontMatterKey[] {
  const keys: FrontMatterKey[] = [];
  const around: { readonly indent: number; readonly name: string }[] = [];
  for (const [number, { kind, text, start }] of lines.entries()) {
    if (kind !== 'front-matter') break;
    const found = keyPattern.exec(text);
    const [whole = '', blanks = '', quote = '', name] = found ?? [];
    if (name === undefined) continue;
    while ((around.at(-1)?.indent ?? -1) >= blanks.length) around.pop();
    const end = start + whole.length - quote.length;
    keys.push({
      path: [...around.map((one) => one.name), name],
      start: end - name.length,
      end,
      line: number,
    });
    around.push({ indent: blanks.length, name });
  }
  return keys;
}

/** The keys around a line that is indented so far, the outermost first. */
export function keysAround(lines: readonly PageLine[], line: number, indent: number): readonly string[] {
  const path: string[] = [];
  let least = indent;
  for (const { text } of lines.slice(1, line).reverse()) {
    const [, blanks = '', , name] = keyPattern.exec(text) ?? [];
    if (name === undefined || blanks.length >= least) continue;
    path.unshift(name);
    least = blanks.length;
  }
  return path;
}
