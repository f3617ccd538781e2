// Owns telling text of plain letters, digits, signs and blanks from all other: the classes of Unicode are slow to set
// up, and most text needs none of them.

/** True for text of printable ASCII alone. */
export function isPrintableAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
