// Owns what is known of shell code that holds placeholders, as data.
import type { FoundPlaceholder } from '../found-placeholder.ts';

/** The quotes, or what else is special, around a place in shell code. */
export type ShellContext =
  | 'word'
  | 'double-quotes'
  | 'single-quotes'
  | 'ansi-c-quotes'
  | 'here-document'
  | 'quoted-here-document'
  | 'arithmetic'
  | 'comment'
  /** Where nothing can be put by construction: a parameter's name or pattern, quotes in quotes in an expansion. */
  | 'expansion';

/** The redirection of a here-document whose delimiter is quoted, so that nothing in it is expanded. */
export interface HereDocument {
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  /** Where its delimiter is written, quotes included. */
  readonly delimiterStart: number;
  readonly delimiterEnd: number;
  bodyStart: number;
  bodyEnd: number;
}

/** A simple command as it is written. */
export interface ShellCommand {
  readonly words: ShellWord[];
  /** Commands joined by pipes have the same number, in their order. */
  readonly pipeline: number;
  /** The pipeline that the command's subshell or substitution is a part of. */
  readonly parent?: number;
}

export interface ShellWord {
  readonly start: number;
  end: number;
}

export interface PlacedPlaceholder {
  readonly placeholder: FoundPlaceholder;
  readonly context: ShellContext;
  /** Absent in comments. */
  readonly command?: ShellCommand;
  readonly word?: ShellWord;
  readonly hereDocument?: HereDocument;
}

export interface ShellReading {
  readonly placed: readonly PlacedPlaceholder[];
  readonly commands: readonly ShellCommand[];
}
