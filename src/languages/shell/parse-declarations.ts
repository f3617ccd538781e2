// Owns reading what bash's `declare -p` writes.
import type { ByteText } from './byte-text.ts';

export interface Declaration {
  readonly flags: string;
  readonly name: string;
  readonly source?: ByteText;
  /** Where it ends in the text, its end of line included. */
  readonly end: number;
}

/** Reads the lines of `declare -p`; values may span lines. Stops at the first thing that is no declaration. */
export function parseDeclarations(text: ByteText): Declaration[] {
  const found: Declaration[] = [];
  let at = 0;
  for (let next = readDeclaration(text, at); next !== undefined; next = readDeclaration(text, at)) {
    found.push(next);
    at = next.end;
  }
  return found;
}

/**
 * True when `text` declares what `before` did, but for variables that `isOpen`; `known` are the declarations of
 * `before`. Only what differs is read: a declaration ends with the first end of line outside quotes, so that one that
 * begins with all letters of another is the other.
 */
export function declaresTheSame(
  text: ByteText,
  { text: before, known }: { readonly text: ByteText; readonly known: readonly Declaration[] },
  isOpen: (name: string) => boolean,
): boolean {
  let at = 0;
  let start = 0;
  for (const { name, end } of known) {
    if (end <= before.length && text.slice(at, at + end - start) === before.slice(start, end))
      at += end - start;
    else {
      const other = isOpen(name) ? readDeclaration(text, at) : undefined;
      if (other?.name !== name) return false;
      at = other.end;
    }
    start = end;
  }
  return at >= text.length;
}

function readDeclaration(text: ByteText, at: number): Declaration | undefined {
  const space = text.startsWith('declare -', at) ? text.indexOf(' ', at + 9) : -1;
  if (space === -1) return undefined;
  const letters = text.slice(at + 9, space);
  const flags = letters === '-' ? '' : letters;
  const newline = text.indexOf('\n', space);
  const lineEnd = newline === -1 ? text.length : newline;
  const equals = text.indexOf('=', space);
  if (equals === -1 || equals > lineEnd)
    return { flags, name: text.slice(space + 1, lineEnd), end: lineEnd + 1 };
  const end = endOfValue(text, equals + 1);
  return { flags, name: text.slice(space + 1, equals), source: text.slice(equals + 1, end), end: end + 1 };
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
