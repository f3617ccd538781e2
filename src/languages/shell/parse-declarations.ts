// Owns reading what bash's `declare -p` writes.
import type { ByteText } from './byte-text.ts';

export interface Declaration {
  readonly flags: string;
  readonly name: string;
  readonly source?: ByteText;
}

/** Reads the lines of `declare -p`; values may span lines. Stops at the first thing that is no declaration. */
export function parseDeclarations(text: ByteText): Declaration[] {
  const found: Declaration[] = [];
  let at = 0;
  while (text.startsWith('declare -', at)) {
    const space = text.indexOf(' ', at + 9);
    let lineEnd = text.indexOf('\n', space);
    if (lineEnd === -1) lineEnd = text.length;
    if (space === -1) break;
    const letters = text.slice(at + 9, space);
    const flags = letters === '-' ? '' : letters;
    const equals = text.indexOf('=', space);
    if (equals === -1 || equals > lineEnd) {
      found.push({ flags, name: text.slice(space + 1, lineEnd) });
      at = lineEnd + 1;
      continue;
    }
    const end = endOfValue(text, equals + 1);
    found.push({ flags, name: text.slice(space + 1, equals), source: text.slice(equals + 1, end) });
    at = end + 1;
  }
  return found;
}

function endOfValue(text: ByteText, start: number): number {
  if (text[start] === '(') {
    let at = start + 1;
    while (at < text.length && text[at] !== ')') at = endOfPiece(text, at);
    return at + 1;
  }
  let at = start;
  while (at < text.length && text[at] !== '\n') at = endOfPiece(text, at);
  return at;
}

/** The end of one quoted piece, escaped character or plain character of a shell word. */
export function endOfPiece(text: ByteText, at: number): number {
  const character = text[at];
  if (character === '\\') return at + 2;
  if (character === '"') return endOfQuote(text, at + 1, '"');
  if (character === '$' && text[at + 1] === "'") return endOfQuote(text, at + 2, "'");
  if (character === "'") {
    const end = text.indexOf("'", at + 1);
    return end === -1 ? text.length : end + 1;
  }
  return at + 1;
}

function endOfQuote(text: ByteText, start: number, quote: string): number {
  let at = start;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) return text.length;
    let backslashes = 0;
    while (end - backslashes - 1 >= start && text[end - backslashes - 1] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}

const ansiEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** The text that a scalar's right-hand side stands for; nothing for arrays. */
export function unquoteScalar(source: ByteText): ByteText | undefined {
  if (source.startsWith('(')) return undefined;
  let value = '';
  let at = 0;
  while (at < source.length) {
    const end = endOfPiece(source, at);
    const piece = source.slice(at, end);
    if (piece.startsWith('"')) value += piece.slice(1, -1).replace(/\\([$`"\\])/g, '$1');
    else if (piece.startsWith("$'")) value += unquoteAnsi(piece.slice(2, -1));
    else if (piece.startsWith("'")) value += piece.slice(1, -1);
    else if (piece.startsWith('\\')) value += piece.slice(1);
    else value += piece;
    at = end;
  }
  return value;
}

function unquoteAnsi(body: ByteText): ByteText {
  return body.replace(/\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/gs, (whole, octal, hex, letter) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return ansiEscapes[letter] ?? whole;
  });
}
