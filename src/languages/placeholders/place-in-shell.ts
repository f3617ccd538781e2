// Owns in which quotes, if any, each placeholder of shell code stands.
import type { FoundPlaceholder } from '../found-placeholder.ts';
import { readShell } from '../shell/reader/read-shell.ts';
import type {
  HereDocument,
  PieceKind,
  ShellCommand,
  ShellPiece,
  ShellWord,
} from '../shell/reader/shell-code.ts';
import { maskPlaceholders } from './mask-placeholders.ts';

/** Pieces of text: what stands in any other can become code. */
const textual = [
  'word',
  'double-quotes',
  'single-quotes',
  'ansi-c-quotes',
  'here-document',
  'quoted-here-document',
  'arithmetic',
  'comment',
] as const satisfies readonly PieceKind[];

/** The quotes, or what else is special, around a place; in an `expansion` nothing can be put by construction. */
export type ShellContext = (typeof textual)[number] | 'expansion';

export interface PlacedPlaceholder {
  readonly placeholder: FoundPlaceholder;
  readonly context: ShellContext;
  /** Absent in comments. */
  readonly command?: ShellCommand;
  readonly word?: ShellWord;
  readonly hereDocument?: HereDocument;
}

export interface ShellPlaces {
  readonly placed: readonly PlacedPlaceholder[];
  readonly commands: readonly ShellCommand[];
}

/** Finds out where the placeholders, which are in order, stand. */
export function placeInShell(code: string, placeholders: readonly FoundPlaceholder[]): ShellPlaces {
  const { pieces, commands } = readShell(maskPlaceholders(code, placeholders));
  let index = 0;
  const placed = placeholders.map((placeholder): PlacedPlaceholder => {
    while ((pieces[index]?.end ?? code.length) <= placeholder.start) index += 1;
    const piece = pieces[index];
    if (piece === undefined) return { placeholder, context: 'expansion' };
    const { command, word, hereDocument } = piece;
    return {
      placeholder,
      context: contextOf(piece, placeholder),
      ...(command && { command }),
      ...(word && { word }),
      ...(hereDocument && { hereDocument }),
    };
  });
  return { placed, commands };
}

/** A placeholder that is no text as a whole is refused. */
function contextOf({ kind, end }: ShellPiece, placeholder: FoundPlaceholder): ShellContext {
  return (placeholder.end <= end && textual.find((one) => one === kind)) || 'expansion';
}
