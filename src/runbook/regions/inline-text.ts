// Owns how foreign text stands inside one line of Markdown without meaning anything.
import { showInvisible } from './screen-lines.ts';

/** Longer texts (a pasted log as a note, say) are cut; the journal has all of it. */
const lengthLimit = 600;

/**
 * An underscore inside a word and an ampersand that begins no reference mean nothing and stay legible. Braces are code of
 * JavaScript where a page is read as MDX.
 */
const escaped = /[\\`*[\]>~${}]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu;

/**
 * Foreign text as one line of Markdown prose: line breaks become blanks, invisible characters visible, and every
 * character that Markdown or HTML would read is escaped, also inside a table cell.
 */
export function inlineText(text: string): string {
  return escapeLine(oneLine(text));
}

function escapeLine(line: string): string {
  return line.replace(escaped, '\\$&').replace(/\|/gu, '&#124;').replace(/</gu, '&lt;');
}

/** Foreign text as a code span where it fits into one, else as escaped prose. */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  return line === '' || /[`|<]/u.test(line) ? inlineText(line) : `\`${line}\``;
}

/** Foreign words as one line of Markdown; what stands in backticks in them is code, where all of them are in pairs. */
export function inlineWords(text: string): string {
  const pieces = oneLine(text).split('`');
  if (pieces.length % 2 === 0) return inlineText(text);
  return pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escapeLine(piece);
      return piece.trim() === '' || /[|<]/u.test(piece) ? escapeLine(`\`${piece}\``) : `\`${piece}\``;
    })
    .join('');
}

function oneLine(text: string): string {
  const line = showInvisible(text.replace(/\s+/gu, ' ').trim());
  const characters = [...line];
  return characters.length <= lengthLimit ? line : `${characters.slice(0, lengthLimit).join('')}…`;
}
