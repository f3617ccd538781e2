// Owns text with a meaning for each of its parts.
import { displayWidth } from '../../text/display-width.ts';

/** What a piece of text is; a palette turns it into a look. */
export type Tone =
  | 'muted'
  | 'accent'
  | 'good'
  | 'bad'
  | 'warn'
  | 'code'
  | 'link'
  | 'heading'
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'variable'
  | 'function';

/** How a piece of text is to stand out; nothing of it is plain text. */
export interface Style {
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  /** Light text on a full ground: the chosen line of a list, a key to press. */
  readonly inverse?: boolean;
}

/** A piece of text in one style; it never holds a newline or a control character. */
export interface StyledRun {
  readonly text: string;
  readonly style: Style;
  /** Address that the text leads to, for terminals that can follow one. */
  readonly href?: string;
}

/** The pieces of one line. */
export type StyledLine = readonly StyledRun[];

/** Plain text. */
export const noStyle: Style = {};

/** A piece of text in a style. */
export function styled(text: string, style: Style = noStyle): StyledRun {
  return { text, style };
}

/** Columns of a line. */
export function lineWidth(line: StyledLine): number {
  return line.reduce((width, { text }) => width + displayWidth(text), 0);
}

/** The line's text without its styles. */
export function unstyledText(line: StyledLine): string {
  return line.map(({ text }) => text).join('');
}
