// Owns the line by which people know an event.

/** The most that a title holds, in UTF-16 code units. */
const mostTitle = 300;
/** The most that is looked at of one part, of which all but the title may be blanks. */
const mostRead = 10_000;

/** A title of one line, made of the parts that are there; `fallback` where none is. */
export function titleOf(parts: readonly (string | undefined)[], fallback: string): string {
  const written = parts.map(inOneLine).filter((part) => part !== '');
  const title = written.length === 0 ? inOneLine(fallback) : written.join(': ');
  return title.length <= mostTitle
    ? title
    : `${title.slice(0, mostTitle - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Control characters and what turns the direction of a line around are blanks. */
function inOneLine(text: string | undefined): string {
  return (text ?? '')
    .slice(0, mostRead)
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, ' ')
    .trim();
}
