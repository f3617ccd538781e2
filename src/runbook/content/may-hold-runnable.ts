// Owns telling quickly that a text holds no block that could run.
import { languageOf } from '../../languages/languages.ts';
import { parseFenceInfo } from '../attributes/parse-fence-info.ts';
import { endOfFrontMatter } from '../markdown/next-boundary.ts';

/**
 * False only where no block of the text can be one that runs: no line has the marks of a fence with a language that
 * something runs, by the table or by `interpreters`, or with attributes, and no heading can make blocks without a
 * language run. True says nothing: what looks like a fence may be none.
 */
export function mayHoldRunnable(text: string, interpreters: ReadonlySet<string>): boolean {
  // Front matter can make any label one that runs; a backslash there can hide its name from a search.
  if (/interpreters|\\/.test(text.slice(0, endOfFrontMatter(text)))) return true;
  if (/\{[^\r\n]*run/i.test(text)) return true;
  // A fence is the first run of such marks on its line: no container begins with them.
  for (const { 0: line, 1: info = '', index } of text.matchAll(/(?:`{3,}|~{3,})[ \t]*([^\r\n]*)/g)) {
    if (info === '') continue;
    const end = index + line.length;
    const { language, attributes } = parseFenceInfo(text, end - info.length, index + line.trimEnd().length);
    if (attributes.length > 0) return true;
    if (language !== undefined && (languageOf(language) !== undefined || interpreters.has(language)))
      return true;
  }
  return false;
}
