// Owns how a message cites a text that may be long.

/** The most that is cited, in UTF-16 code units. */
const most = 60;

/** The text, or its beginning and an ellipsis where it is longer than a message should cite. */
export function shorten(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
