// Owns how `$NAME` and `${NAME}` stand for variables in the texts of a runbook that no shell reads.
import { scopedName } from './scoped-outputs.ts';

/** A stretch of such a text: what is written, or the variable that stands there. */
export type ReferencePiece = { readonly text: string } | { readonly name: string };

const reference = /\\\$|\$\{(?:([\w/-]+)\.)?([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

/** Cuts a text at its references; `\$` is a dollar sign, `${link.NAME}` an output of one use of a linked page. */
export function splitReferences(text: string): readonly ReferencePiece[] {
  const pieces: ReferencePiece[] = [];
  let from = 0;
  for (const { 0: whole, 1: link, 2: braced, 3: bare, index } of text.matchAll(reference)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    const name = link === undefined ? (braced ?? bare) : scopedName(link, braced ?? '');
    pieces.push(name === undefined ? { text: '$' } : { name });
    from = index + whole.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The variables that a text refers to, each as often as it does. */
export function referredNames(text: string): readonly string[] {
  return splitReferences(text).flatMap((piece) => ('name' in piece ? piece.name : []));
}
