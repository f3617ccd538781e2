// Owns reading what shells list of their traps and limits, and giving it back as shell text.
import type { ByteText } from './byte-text.ts';
import { endOfPiece } from './parse-declarations.ts';

export interface ListedTrap {
  /** As the shell quotes it. */
  readonly action: ByteText;
  /** Without `SIG`. */
  readonly signal: string;
}

/** Reads the lines `trap -- ACTION SIGNAL` that `trap` writes; an action may span lines. What is else is passed over. */
export function listedTraps(text: ByteText): ListedTrap[] {
  const found: ListedTrap[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && text[end] !== '\n') end = endOfPiece(text, end);
    const line = text.slice(at, end);
    const signal = / (?:SIG)?([A-Z][A-Z0-9+-]*)$/.exec(line);
    if (line.startsWith('trap -- ') && signal !== null)
      found.push({ action: line.slice('trap -- '.length, signal.index), signal: signal[1] ?? '' });
    at = end + 1;
  }
  return found;
}

/** Commands that set the limits listed as `-Sn 1024` and `-Hn 4096`, softer ones first. */
export function renderLimits(text: ByteText): ByteText {
  const limits = text.split('\n').filter((line) => /^-[SH][a-z] (?:\d+|unlimited)$/.test(line));
  const order = [...limits.filter((line) => line[1] === 'S'), ...limits.filter((line) => line[1] === 'H')];
  return order.map((line) => `ulimit ${line}`).join('\n');
}

/** What a shell holds beside the rest, by kind; empty text is left out. */
export function moreOf(kinds: Readonly<Record<string, ByteText>>): ReadonlyMap<string, ByteText> {
  return new Map(Object.entries(kinds).filter(([, text]) => text !== ''));
}
