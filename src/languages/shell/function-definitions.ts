// Owns finding the functions that shell code defines, for shells that cannot list them.
import { readShell } from './reader/read-shell.ts';
import type { ShellCode } from './reader/shell-code.ts';

export interface FunctionDefinition {
  readonly name: string;
  /** The whole definition, redirections of its body included. */
  readonly text: string;
  /** False where the code may come to its end without having defined it. */
  readonly isCertain: boolean;
}

const opening: ReadonlySet<string> = new Set(['if', 'case', 'for', 'select', 'while', 'until', '{']);
const closing: ReadonlySet<string> = new Set(['fi', 'esac', 'done', '}']);

interface Keyword {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where the command that it is a part of ends. */
  readonly commandEnd: number;
  readonly isAlone: boolean;
}

/** The definitions `NAME() { … }` and `NAME() ( … )` in the order of the code; bodies of other kinds are not found. */
export function functionDefinitions(code: string): FunctionDefinition[] {
  const keywords = keywordsOf(readShell(code));
  const found: FunctionDefinition[] = [];
  let depth = 0;
  keywords.forEach((keyword, index) => {
    if (opening.has(keyword.text)) depth++;
    else if (closing.has(keyword.text)) depth--;
    else {
      const end = endOfBody(code, keywords, index);
      if (end === undefined) return;
      found.push({
        name: keyword.text,
        text: code.slice(keyword.start, end),
        isCertain: depth === 0 && keyword.isAlone,
      });
    }
  });
  return found;
}

/** The end of the body of the function whose name is the keyword; undefined where it is none, or never ends. */
function endOfBody(code: string, keywords: readonly Keyword[], index: number): number | undefined {
  const [name, body] = [keywords[index], keywords[index + 1]];
  if (name === undefined) return undefined;
  const subshell = /^\s*\(\s*\)\s*(?=\()/.exec(code.slice(name.end));
  if (subshell !== null && /^[A-Za-z_]\w*$/.test(name.text))
    return endOfSubshell(code, name.end + subshell[0].length);
  if (body?.text !== '{') return undefined;
  if (!/^[A-Za-z_]\w*\s*\(\s*\)\s*$/.test(code.slice(name.start, body.start))) return undefined;
  let depth = 0;
  for (let at = index + 1; at < keywords.length; at++) {
    const keyword = keywords[at];
    if (keyword === undefined) break;
    if (opening.has(keyword.text)) depth++;
    if (closing.has(keyword.text)) depth--;
    if (depth === 0) return keyword.commandEnd;
  }
  return undefined;
}

/** Where the subshell that begins there is closed, with the redirections behind it. */
function endOfSubshell(code: string, start: number): number | undefined {
  for (let at = code.indexOf(')', start); at !== -1; at = code.indexOf(')', at + 1)) {
    if (readShell(code.slice(start, at + 1)).open !== undefined) continue;
    const rest = /^[^\n;&|]*/.exec(code.slice(at + 1))?.[0] ?? '';
    return at + 1 + rest.trimEnd().length;
  }
  return undefined;
}

function keywordsOf({ code, commands }: ShellCode): Keyword[] {
  const found: Keyword[] = [];
  let joint: string | undefined;
  for (const { words, end, pipeline, isPiped } of commands) {
    const isAlone =
      pipeline.parent === undefined &&
      !isPiped &&
      !/^(?:&&|\|\||&|\|)$/.test(joint ?? '') &&
      !/^(?:&|\|)$/.test(pipeline.terminator ?? '');
    for (const word of words)
      if (word.role === 'keyword')
        found.push({
          ...{ text: code.slice(word.start, word.end), start: word.start, end: word.end },
          ...{ commandEnd: end, isAlone },
        });
    if (pipeline.parent === undefined) joint = pipeline.terminator;
  }
  return found.sort((one, other) => one.start - other.start);
}
