// Owns finding variables that shell code names without a `$`: `read NODE`, `unset NODE`, `NODE=5`, `((NODE++))`.
import { languageOf } from '../../../languages/languages.ts';
import type { PageLine } from '../pages/page-lines.ts';

/** A word that is called like a variable, in UTF-16 offsets of the page. */
export interface BareName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** False where it may as well be a word like any other. */
  readonly isSure: boolean;
}

/** Words of code that are one of the names. */
export function bareNames(lines: readonly PageLine[], names: ReadonlySet<string>): readonly BareName[] {
  let isShell = false;
  return lines.flatMap((line) => {
    if (line.kind === 'fence') isShell = languageOf(labelOf(line.text))?.family === 'shell';
    return line.kind === 'code' && isShell ? namesOfLine(line, names) : [];
  });
}

function labelOf(fence: string): string {
  return /(?:`{3,}|~{3,})\s*([\w+-]+)/.exec(fence)?.[1] ?? '';
}

const word = /(?<![\w$./-]|\$\{[!#]?)[A-Za-z_]\w*(?![\w./-])/g;

function namesOfLine({ text, start }: PageLine, names: ReadonlySet<string>): readonly BareName[] {
  const code = withoutProse(text);
  return [...code.matchAll(word)].flatMap(({ 0: name, index }): readonly BareName[] => {
    if (!names.has(name)) return [];
    const isSure = isVariable(code.slice(0, index), code.slice(index + name.length));
    const place = { name, start: start + index, end: start + index + name.length };
    return isSure === undefined ? [] : [{ ...place, isSure }];
  });
}

/** The line with blanks for comments, and for texts in quotes that are more than one word. */
function withoutProse(text: string): string {
  const blank = (found: string): string => ' '.repeat(found.length);
  return text
    .replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, (found) =>
      /^.\w+.$/.test(found) ? ` ${found.slice(1, -1)} ` : blank(found),
    )
    .replace(/(?<=^|\s)#.*$/, blank);
}

const declaring =
  /^\s*(?:export|readonly|local|declare|typeset|unset|read|mapfile|readarray|let|for|select)\s/;

/** Undefined where it is a name of something else: `-e NODE=5` of a container. */
function isVariable(before: string, after: string): boolean | undefined {
  if (before.lastIndexOf('((') > before.lastIndexOf('))')) return true;
  const command = before.split(/[;&|(){}`]|\b(?:then|do|else|elif|if|while|until)\b/).at(-1) ?? '';
  if (declaring.test(command)) return true;
  if (/^(?:\[[^\]]*\])?\+?=/.test(after))
    return /^\s*(?:[A-Za-z_]\w*\+?=\S*\s+)*$/.test(command) ? true : undefined;
  return /(?:^|\s)-v\s+$/.test(before);
}
