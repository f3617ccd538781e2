// Owns which words of a page's code its prose tells the reader to replace; what becomes of them is not its own.
import { findPlaceholders } from '../../languages/placeholders/find-placeholders.ts';

const verb = /\b(?:replac(?:e|es|ed|ing)|substitut(?:e|es|ed|ing)|chang(?:e|ing)|swap)\b/i;

/**
 * "Replace `my-cluster` with the name of your cluster". What takes the place is the reader's own: "replace
 * `/etc/motd` with the following" edits a file.
 */
const told = new RegExp(
  `${verb.source}((?:[^\\n]|\\n(?!\\s*\\n)){1,200}?)\\b(?:with|by|for|to)\\s+(?:your\\b|the\\s+(?:actual|real|appropriate|correct|desired|right)\\b|the\\s+(?:name|id|identifier|number|address|ip|hostname|url|value|version|region|zone|password|token|key)\\s+(?:of|for)\\s+(?:your|the)\\b|an?\\s+(?:actual|real)\\b)`,
  'gi',
);

/** "where `web-1` is the name of your instance" */
const explained =
  /\bwhere\s+`([\w-]+)`\s+is\s+(?:your\b|the\s+(?:name|id|identifier|number|address|ip|hostname|value|version|region|zone|token)\b)/gi;

/** The words, as they stand between backticks; what is written as a placeholder is asked for anyway. */
export function wordsToReplace(text: string): readonly string[] {
  // Most pages hold neither, and the patterns take a while to make.
  if (!/\b(?:replac|substitut|chang|swap)\w*\s[^`\n]{0,60}`/i.test(text) && !text.includes('where `'))
    return [];
  const words = new Set<string>();
  for (const [, between = ''] of text.matchAll(told))
    for (const [, word = ''] of between.matchAll(/`([^`\n]+)`/g)) words.add(word);
  for (const [, word = ''] of text.matchAll(explained)) words.add(word);
  return [...words].filter((word) => /\w/.test(word) && findPlaceholders(word, 'shell').length === 0);
}

/** The first of the words that stands whole in code, and the line that it stands in, from 0. */
export function firstToReplace(
  words: readonly string[],
  code: string,
): { readonly word: string; readonly line: number } | undefined {
  const lines = words.length === 0 ? [] : code.split('\n');
  for (const [line, written] of lines.entries()) {
    if (/^\s*#/.test(written)) continue;
    const word = words.find((one) => standsIn(one, written));
    if (word !== undefined) return { word, line };
  }
  return undefined;
}

/** Between letters, digits and hyphens it is a part of another word; `NAME=` and `$NAME` are variables. */
function standsIn(word: string, line: string): boolean {
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const before = line.charAt(at - 1);
    const after = line.charAt(at + word.length);
    const isPart = /[\w-]/.test(before) && /^[\w-]/.test(word);
    if (!isPart && !/[$<{[]/.test(before) && !/[\w=-]/.test(after)) return true;
  }
  return false;
}
