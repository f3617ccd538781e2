// Owns which address of a payload people may be led to.

/** The most that an address holds, in UTF-16 code units. */
const mostLink = 2000;

/** The first text that is an address of the web, as a browser would write it. */
export function linkOf(...candidates: readonly (string | undefined)[]): string | undefined {
  for (const text of candidates) {
    if (text === undefined || text.length > mostLink || !URL.canParse(text)) continue;
    const { protocol, href, username, password } = new URL(text);
    const isWeb = protocol === 'https:' || protocol === 'http:';
    if (isWeb && username === '' && password === '') return href;
  }
  return undefined;
}
