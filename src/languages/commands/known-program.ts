// Owns the shape of what is known of a program.

/**
 * How a program is given another command.
 *
 * - `command`: the words behind are a command, as behind `sudo`.
 * - `code`: the words behind are shell code, joined by blanks, as behind `ssh host`.
 * - `code-word`: the next word is shell code, as behind `sh -c`.
 * - `sql`, `mongo`: the next word is statements of a database.
 * - `script`: the next word is code of another language, as behind `python3 -c`.
 * - `words`: the next word is a command of the program's own, as behind `asterisk -rx`.
 */
export type LaunchKind = 'command' | 'code' | 'code-word' | 'sql' | 'mongo' | 'script' | 'words';

export interface Launch {
  readonly gives: LaunchKind;
  /** The words that come before it, as a pattern without options: `exec *`; none when absent. */
  readonly behind?: string;
  /** It is the value of one of these options; a command is all behind it up to a `;` or `+`. */
  readonly inOption?: string;
  /** Only where one of these options is given. */
  readonly onlyWith?: string;
  /** Not where one of these options is given. */
  readonly notWith?: string;
  /** Only behind a `--`. */
  readonly isParted?: true;
  /** More words follow it that are not known, as with `xargs`. */
  readonly isExtended?: true;
  /** It is ended after a time. */
  readonly isTimed?: true;
}

/**
 * What is known of a program. Patterns are parted by commas, and their words by blanks:
 *
 * - `a|b`: the next argument that is no option; `*` in it stands for any text.
 * - `...`: any number of arguments. `$`: no more arguments.
 * - `-x|--long`, `--long=value`: one of the options is given, anywhere. `!-x`: none of them is.
 * - `<`: something is piped or redirected into it; `!<`: nothing is.
 *
 * Of the patterns that fit, the one that says most decides whether it looks, prepares, changes or destroys; of two that
 * say as much, the worse. The others add to that.
 */
export interface KnownProgram {
  /** Its names, parted by blanks. */
  readonly name: string;
  /** Options that take the next word, parted by blanks; `*` for all but those of `flags`. */
  readonly values?: string;
  /** Options without a value, where `values` is `*`. */
  readonly flags?: string;
  /** Options of several letters have one dash, and are never several in one. */
  readonly hasLongOptions?: true;
  /** Letter case of its arguments does not count. */
  readonly anyCase?: true;
  readonly looks?: string;
  readonly prepares?: string;
  readonly changes?: string;
  readonly destroys?: string;
  /** Whatever else it is given, it then only looks. */
  readonly spares?: string;
  readonly neverEnds?: string;
  readonly wantsTerminal?: string;
  readonly opensSession?: string;
  readonly launches?: readonly Launch[];
  /** What it takes from a here-document or a pipe where it is given no other code; `arguments` are its own, line by line. */
  readonly reads?: 'code' | 'sql' | 'mongo' | 'script' | 'words' | 'arguments';
}
