// Owns figures of many digits for people.

/** A whole number as people read it: `131,072`. By hand, since a formatter of `Intl` takes as long to make as a page takes to read. */
export function groupedDigits(count: number): string {
  return String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
}
