// Owns telling names in backticks from the words around them.

/** A stretch of a text. */
export interface CodePiece {
  readonly text: string;
  readonly isCode: boolean;
}

/** The pieces of a text in their order; a backtick without its second is a character like others. */
export function codePieces(text: string): readonly CodePiece[] {
  const pieces = text.split('`');
  if (pieces.length % 2 === 0) return [{ text, isCode: false }];
  return pieces.flatMap((piece, index): CodePiece[] => {
    if (index % 2 === 0) return piece === '' ? [] : [{ text: piece, isCode: false }];
    return [piece.trim() === '' ? { text: `\`${piece}\``, isCode: false } : { text: piece, isCode: true }];
  });
}
