// Owns what a place in shell code can be inside of, as data.
import type { CommandBuilder } from './command-builder.ts';
import type { HereDocument, PieceKind, ShellCommand } from './shell-code.ts';

/** Commands up to what closes them, or the words of an array. */
export interface ListFrame {
  readonly type: 'list';
  readonly closer: ')' | '`' | undefined;
  readonly builder: CommandBuilder;
}

/** The body of a here-document, with the command that it is redirected into. */
export interface BodyFrame {
  readonly type: 'body';
  readonly document: HereDocument;
  readonly command: ShellCommand | undefined;
}

/** What the reader is inside of; `text` is what plain text is there. */
export type ShellFrame =
  | ListFrame
  | BodyFrame
  | { readonly type: 'single' | 'ansi' | 'double'; readonly text: PieceKind }
  | {
      readonly type: 'parameter';
      readonly text: PieceKind;
      readonly isQuoted: boolean;
      readonly takesValue: boolean;
    }
  | { readonly type: 'arithmetic'; readonly closer: '))' | ']'; depth: number }
  /** Backticks in quotes: whether quotes count between them differs from shell to shell. */
  | { readonly type: 'backticks' }
  | { readonly type: 'too-deep' };
