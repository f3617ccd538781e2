// Owns finding characters in shell code that look like those of the shell and are others: what an editor of texts, a
// site or a chat has put in their place.
import { firstPieceFrom, readShell, wordText } from './read-shell.ts';
import type { ShellCode, ShellPiece, ShellWord } from './shell-code.ts';

/** What a character, or the word that it stands in, is taken for. */
export type LookalikeKind = 'quote' | 'dash' | 'blank' | 'invisible' | 'entity';

/** The first of them. */
export interface Lookalike {
  readonly kind: LookalikeKind;
  /** As it is written; the word around it where it is a quote or a dash. */
  readonly written: string;
  /** The line that it stands in, from 0. */
  readonly line: number;
}

const blanks = '\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000';
/** Those that join letters and emoji of some languages are left out. */
const invisibles = '\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff';
const quotes = '\u2018-\u201f';
const dashes = '\u2010-\u2015\u2212\uff0d';

const mayHold = new RegExp(`[${blanks}${invisibles}${quotes}${dashes}]|&(?:amp|lt|gt|quot|apos|nbsp|#39);`);
const candidates = new RegExp(mayHold.source, 'g');
/** `—name`, `–-rm`: a dash within a word, or alone, is one of a text. */
const option = new RegExp(`^-*[${dashes}][-${dashes}]*[A-Za-z0-9]`);
/** A quote where one would open or close: that of `it’s` stands between letters. */
const quoted = new RegExp(`(?:^|[=:,(])[${quotes}]|[${quotes}]$`);
/** What prints texts for people. */
const prints = /^(?:echo|printf|say|notify-send|wall|logger)$/;

/** The first; text in quotes, comments and here-documents is for people, and only what nobody sees is found in quotes. */
export function findLookalike(code: string): Lookalike | undefined {
  if (!mayHold.test(code)) return undefined;
  const read = readShell(code);
  for (const { 0: character, index } of code.matchAll(candidates)) {
    const piece = read.pieces[firstPieceFrom(read.pieces, index + 1) - 1];
    const kind = piece === undefined ? undefined : kindOf(character, piece, read);
    if (kind === undefined) continue;
    const word = kind === 'quote' || kind === 'dash' ? piece?.word : undefined;
    const written = word === undefined ? character : wordText(read, word);
    return { kind, written, line: code.slice(0, index).split('\n').length - 1 };
  }
  return undefined;
}

function kindOf(character: string, piece: ShellPiece, read: ShellCode): LookalikeKind | undefined {
  if (piece.kind === 'comment' || piece.hereDocument !== undefined) return undefined;
  if (new RegExp(`[${invisibles}]`).test(character)) return 'invisible';
  if (character.startsWith('&')) return piece.kind === 'operator' ? 'entity' : undefined;
  if (piece.kind !== 'word' && piece.kind !== 'space') return undefined;
  // The reader takes these for blanks, too; no shell does.
  if (new RegExp(`[${blanks}]`).test(character)) return 'blank';
  if (piece.word === undefined || isPrinted(piece, read)) return undefined;
  const text = read.code.slice(piece.word.start, piece.word.end);
  if (option.test(text)) return 'dash';
  return quoted.test(text) ? 'quote' : undefined;
}

function isPrinted({ command }: ShellPiece, read: ShellCode): boolean {
  const name = command?.words.find(({ role }: ShellWord) => role === 'name');
  return name !== undefined && prints.test(wordText(read, name));
}
