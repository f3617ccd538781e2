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
    const isBody = owner.type === 'body';
    const isCode = kind !== 'comment' && kind !== 'space';
    const command = isBody ? owner.command : owner.builder.command;
    const word = isBody ? undefined : owner.builder.word;
    const piece: ShellPiece = {
      kind,
      start,
      end,
      ...(isCode && command && { command }),
      ...(isCode && word && { word }),
      ...(isBody && { hereDocument: owner.document }),
      ...(parameter && { parameter }),
    };
    const last = this.#pieces.at(-1);
    if (last !== undefined && isOneWith(last, piece)) last.end = end;
    else this.#pieces.push(piece);
  }
}

function isOneWith(last: ShellPiece, next: ShellPiece): boolean {
  return (
    joined.has(next.kind) &&
    last.kind === next.kind &&
    last.command === next.command &&
    last.word === next.word &&
    last.hereDocument === next.hereDocument
  );
}
