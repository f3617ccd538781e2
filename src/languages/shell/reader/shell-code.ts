// Owns the structure of shell code, as data. All places are UTF-16 offsets of the code.

/** What a piece of shell code is; those of text are named for the quotes around them. */
export type PieceKind =
  /** Text outside of all quotes. */
  | 'word'
  | 'double-quotes'
  | 'single-quotes'
  | 'ansi-c-quotes'
  | 'here-document'
  | 'quoted-here-document'
  | 'arithmetic'
  | 'comment'
  /** Blanks, newlines and continued lines. */
  | 'space'
  | 'operator'
  /** The marks that open and close quotes. */
  | 'quote'
  /** A backslash and what it escapes. */
  | 'escape'
  /** The delimiter of a here-document, at its redirection and at its end. */
  | 'delimiter'
  /** `$NAME`, or the head of `${NAME…}`. */
  | 'parameter'
  /** What opens or closes a substitution, a name or pattern in `${…}`, and what the reader makes nothing of. */
  | 'expansion';

/** The smallest part of shell code that is told apart; all pieces, one after the other, are the code. */
export interface ShellPiece {
  readonly kind: PieceKind;
  readonly start: number;
  end: number;
  readonly command: ShellCommand | undefined;
  readonly word: ShellWord | undefined;
  /** The here-document whose body it is a part of. */
  readonly hereDocument: HereDocument | undefined;
  readonly parameter: Parameter | undefined;
}

/** The variable that a piece expands. */
export interface Parameter {
  readonly name: string;
  /** `${NAME:-…}` and its kind say what to do without a value. */
  readonly hasDefault: boolean;
}

/** What a word does in its command. */
export type WordRole =
  /** `if`, `then`, `done`, `{`, and what belongs to them: the name of a function, the variable of a loop. */
  | 'keyword'
  | 'assignment'
  /** `sudo`, `env` and their kind with their options: how the command is run. */
  | 'wrapper'
  | 'name'
  | 'argument'
  /** The file of a redirection, or the number of its descriptor. */
  | 'redirect'
  /** A pattern of `case`. */
  | 'pattern'
  /** An element of an array, or a part of a pattern in brackets. */
  | 'element';

export interface ShellWord {
  readonly start: number;
  end: number;
  role: WordRole;
}

export interface ShellRedirect {
  readonly start: number;
  /** `<`, `>>`, `<<-`, `&>` and so on, without the number of the descriptor. */
  readonly operator: string;
  readonly hereDocument?: HereDocument;
}

/** The redirection of a here-document, and its body. */
export interface HereDocument {
  readonly delimiter: string;
  /** Its delimiter is quoted, so that nothing in it is expanded. */
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  /** Where its delimiter is written, quotes included. */
  readonly delimiterStart: number;
  readonly delimiterEnd: number;
  bodyStart: number;
  bodyEnd: number;
}

/** Commands joined by pipes. */
export interface ShellPipeline {
  /** The pipeline around it, of a subshell or a substitution. */
  readonly parent: ShellPipeline | undefined;
  /** The operator that ended it, such as `&&`, `&`, `)` or a newline; none at the end of the code or of brackets. */
  terminator: string | undefined;
}

/** A simple command, with the keywords before it. */
export interface ShellCommand {
  readonly start: number;
  /** Where its last word or redirection ends. */
  end: number;
  readonly words: ShellWord[];
  readonly redirects: ShellRedirect[];
  readonly pipeline: ShellPipeline;
  /** False for the first command of its pipeline. */
  readonly isPiped: boolean;
}

/** Why the code cannot end where it does. */
export type OpenEnd = 'continued-line' | 'operator' | 'quotes' | 'here-document' | 'brackets' | 'compound';

export interface ShellCode {
  readonly code: string;
  readonly pieces: readonly ShellPiece[];
  /** By their start; those in substitutions stand behind the one that they are a part of. */
  readonly commands: readonly ShellCommand[];
  readonly open?: OpenEnd;
}
