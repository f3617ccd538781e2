// Owns what a single line can be in Markdown when one look decides it.

export interface PlainLine {
  /** Behind its content. */
  readonly end: number;
  /** Behind its newline. */
  readonly next: number;
}

/** The line that starts at `start`; lines end with `\n` or `\r\n`. */
export function lineAt(text: string, start: number): PlainLine {
  const newline = text.indexOf('\n', start);
  if (newline === -1) return { end: text.length, next: text.length };
  const end = newline > start && text.charCodeAt(newline - 1) === 0x0d ? newline - 1 : newline;
  return { end, next: newline + 1 };
}

/** Blank to Markdown, to which no other space is one. */
export function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

/**
 * Whether text begins a paragraph: with a letter, or with marks that only ever stand inside a line. `next` is where the
 * line below it begins.
 */
export function opensParagraph(line: string, text: string, next: number): boolean {
  return opening.test(line) && !headsTable(line, text, next);
}

/** Whether a further line goes on with a paragraph, and can neither end it nor turn it into something else. */
export function continuesParagraph(line: string, text: string, next: number): boolean {
  return continuing.test(line) && !headsTable(line, text, next);
}

/** Whether a line may be the head of a table: the line below that of one holds nothing but rules and bars. */
function headsTable(line: string, text: string, next: number): boolean {
  return line.includes('|') && /^[ \t>]*[-:|][-:| \t]*$/.test(text.slice(next, lineAt(text, next).end));
}

/** Whether a line is a heading of the form `## title`. */
export function isHeading(line: string): boolean {
  return /^#{1,6}(?:[ \t]|$)/.test(line);
}

/*
 * No character outside ASCII means anything to the block structure. `[` begins a definition or a footnote unless
 * it is that of a link; a digit begins an ordered list unless more than a delimiter follows.
 */
const opening =
  /^(?:[A-Za-z"'($@%/.,;?!{:]|[^\x00-\x7f]|\*{1,2}[A-Za-z`"]|\*{1,2}[^\x00-\x7f]|_{1,2}[A-Za-z]|`{1,2}[^`]|\d+[^\d.)\s]|\[[^\][^]*\][([]|\[![A-Z]+\]$)/;
const continuing =
  /^[ \t]*(?:[A-Za-z"'($@%/.,;?!{\]]|[^\x00-\x7f]|\[(?!\^)|\*{1,2}[A-Za-z`"]|\*{1,2}[^\x00-\x7f]|_{1,2}[A-Za-z]|`{1,2}[^`]|\d+[^\d.)\s])/;
