// Owns reading what bash's `declare -p` writes.
import type { ByteText } from './byte-text.ts';
import type { ShellVariable } from './shell-state.ts';

export interface Declaration {
  readonly name: string;
  readonly variable: ShellVariable;
  /** All of it, its end of line included. */
  readonly written: ByteText;
}

/**
 * Reads the lines of `declare -p`; values may span lines. Stops at the first thing that is no declaration. Those that are
 * written as in `known`, which was read before, are the very ones of `known`: a declaration ends with the first end of
 * line outside quotes, so that one that begins with all letters of another is the other.
 */
export function parseDeclarations(text: ByteText, known: readonly Declaration[] = []): Declaration[] {
  const found: Declaration[] = [];
  let next = 0;
  let places: ReadonlyMap<string, number> | undefined;
  for (let at = 0; ; ) {
    const expected = known[next];
    if (expected !== undefined && isWrittenAt(expected, text, at)) {
      found.push(expected);
      at += expected.written.length;
      next += 1;
      continue;
    }
    const read = readDeclaration(text, at);
    if (read === undefined) return found;
    at += read.written.length;
    if (expected === undefined) {
      found.push(read);
      continue;
    }
    // One that has changed, one that is new, or the one behind those that are gone.
    if (expected.name !== read.name)
      places ??= new Map(known.map(({ name }, index) => [name, index] as const));
    const place = expected.name === read.name ? next : places?.get(read.name);
    const before = place === undefined ? undefined : known[place];
    found.push(before?.written === read.written ? before : read);
    if (place !== undefined) next = place + 1;
  }
}

/** What is cut off at the end of its text may be the beginning of another one. */
function isWrittenAt({ written }: Declaration, text: ByteText, at: number): boolean {
  return text.startsWith(written, at) && written.endsWith('\n');
}

function readDeclaration(text: ByteText, at: number): Declaration | undefined {
  const space = text.startsWith('declare -', at) ? text.indexOf(' ', at + 9) : -1;
  if (space === -1) return undefined;
  const letters = text.slice(at + 9, space);
  const flags = letters === '-' ? '' : letters;
  const exported = flags.includes('x');
  const newline = text.indexOf('\n', space);
  const lineEnd = newline === -1 ? text.length : newline;
  const equals = text.indexOf('=', space);
  if (equals === -1 || equals > lineEnd) {
    const variable = { flags, exported };
    return { name: text.slice(space + 1, lineEnd), variable, written: text.slice(at, lineEnd + 1) };
  }
  const end = endOfValue(text, equals + 1);
  const variable = { flags, exported, source: text.slice(equals + 1, end) };
  return { name: text.slice(space + 1, equals), variable, written: text.slice(at, end + 1) };
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
