// Owns finding words in single braces that no shell expands: `/srv/{tenant}/cache`.
import { readShell } from '../shell/reader/read-shell.ts';
import type { ShellCommand, ShellPiece, ShellWord } from '../shell/reader/shell-code.ts';
import { codeReaders } from './code-readers.ts';

/** Such a word, with its braces; UTF-16 offsets. */
export interface Braces {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A comma or two dots would make it an expansion; `${x}`, `%{x}`, `@{x}`, `#{x}` and `^{x}` are those of shells and
 * programs, and `{fd}>` opens a file.
 */
const braces =
  /(?<![$%@#^\\{])\{([A-Za-z\u0080-\uffff][\w\u0080-\uffff-]*(?: [\w\u0080-\uffff-]+){0,5})\}(?![}<>])/g;

/** Words of templates, and of jsonpath. */
const ofTemplates = /^(?:range|end|else|if|with|define|block|template|break|continue)\b/;

const nextToName = /[\w/.:=@-]/;

/** What looks for texts, and what puts others in their place: the braces are of the text. */
const searching = /^(?:[efz]?grep|rg|ag|ack|sed|[gm]?awk|jq|yq|perl|rename)$/;

/** Those of shell code, in order; not in here-documents, nor where a program reads its own code. */
export function findBraces(code: string): readonly Braces[] {
  const matches = [...code.matchAll(braces)];
  if (matches.length === 0) return [];
  const { pieces } = readShell(code);
  const known = new Map<ShellCommand, Use>();
  const useOf = (command: ShellCommand): Use => {
    const use = known.get(command) ?? readUse(code, command);
    known.set(command, use);
    return use;
  };
  let index = 0;
  return matches.flatMap(({ index: start, 0: text, 1: name = '' }): readonly Braces[] => {
    const end = start + text.length;
    while ((pieces[index]?.end ?? code.length) <= start) index += 1;
    const piece = pieces[index];
    if (piece?.command === undefined || ofTemplates.test(name)) return [];
    return isName(code, piece, useOf(piece.command), start, end) ? [{ name, start, end }] : [];
  });
}

/** What a command makes of braces. */
interface Use {
  readonly searches: boolean;
  readonly readsCode: boolean;
  readonly rereads: boolean;
  /** What `xargs -I {file} …` puts lines in the place of. */
  readonly own: ReadonlySet<string>;
  /** `--set x={a}` is a list of Helm's. */
  readonly lists: ReadonlySet<ShellWord>;
}

function readUse(code: string, { words }: ShellCommand): Use {
  const texts = words.map((one) => code.slice(one.start, one.end));
  const names = texts.map((one) => one.replace(/^\\|["']/g, '').replace(/^.*\//, ''));
  const { codeReading, rereading, shells } = codeReaders;
  const own = texts.flatMap((one, at) =>
    /^(?:-I|--replace)$/.test(texts[at - 1] ?? '') ? [one] : (/^(?:-I|--replace=)(\{.*\})$/.exec(one) ?? []),
  );
  const isSet = (at: number) => /^--set/.test(texts[at] ?? '');
  return {
    searches: names.some((one) => searching.test(one)),
    readsCode: names.some((one) => codeReading.has(one)),
    rereads: names.some((one) => rereading.has(one) || shells.test(one)),
    own: new Set(own),
    lists: new Set(words.filter((_, at) => isSet(at) || isSet(at - 1))),
  };
}

function isName(code: string, { kind, word }: ShellPiece, use: Use, start: number, end: number): boolean {
  const own = code.slice(start, end);
  if (word === undefined || use.searches || use.own.has(own) || use.lists.has(word)) return false;
  const isWhole = word.start === start && word.end === end;
  if (kind === 'word') return !isWhole || word.role === 'argument' || word.role === 'redirect';
  if ((kind !== 'single-quotes' && kind !== 'double-quotes') || use.readsCode || /\s/.test(own)) return false;
  // What is read again may hold programs of its own in quotes.
  return !use.rereads || nextToName.test(code.charAt(start - 1)) || nextToName.test(code.charAt(end));
}
