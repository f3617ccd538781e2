// Owns making one piece of text that is read bit by bit.
import type { Parameter, PieceKind, ShellPiece } from './shell-code.ts';
import type { BodyFrame, ListFrame } from './shell-frame.ts';

/** Kinds of which pieces side by side are one. */
const joined: ReadonlySet<PieceKind> = new Set([
  ...(['word', 'double-quotes', 'single-quotes', 'ansi-c-quotes', 'here-document', 'arithmetic'] as const),
  ...(['quoted-here-document', 'space', 'expansion'] as const),
]);

/** The pieces of shell code, in order. */
export class PieceList {
  readonly #pieces: ShellPiece[] = [];

  get pieces(): readonly ShellPiece[] {
    return this.#pieces;
  }

  /** Adds a piece right behind the last one; `owner` is what it is read in. */
  add(
    kind: PieceKind,
    start: number,
    end: number,
    owner: ListFrame | BodyFrame,
    parameter?: Parameter,
  ): void {
    const isCode = kind !== 'comment' && kind !== 'space';
    const isBody = owner.type === 'body';
    const inner = isBody ? owner : owner.builder;
    const command = isCode ? inner.command : undefined;
    const word = isBody || !isCode ? undefined : owner.builder.word;
    const hereDocument = isBody ? owner.document : undefined;
    const last = this.#pieces.at(-1);
    if (
      last?.kind === kind &&
      last.command === command &&
      last.word === word &&
      last.hereDocument === hereDocument &&
      joined.has(kind)
    )
      last.end = end;
    else this.#pieces.push({ kind, start, end, command, word, hereDocument, parameter });
  }
}
