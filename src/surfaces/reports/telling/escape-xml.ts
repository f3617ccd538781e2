// Owns how text is written in XML.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no way to write most control characters; they are left out. An attribute would lose its newlines. */
export function escapeXml(text: string, isAttribute = true): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(isAttribute ? /[&<>"\n]/g : /[&<>"]/g, (letter) => entities[letter] ?? letter);
}
