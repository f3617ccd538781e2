// Owns the quick look that tells most code from code with placeholders in it; it finds none itself.

/** What each kind of placeholder cannot be without. */
const signs =
  /<[^<>]{1,102}>|\{\{|your[-_]|YOUR[-_]|CHANGE|REPLACE|=\[|path\/to\/|(?:PATH-TO|NAME-OF)-|[-_]HERE|\{%|(?<![$%@#^\\{])\{[A-Za-z\u0080-\uffff]/;

/** False only where `findPlaceholders` would find nothing. */
export function mayHoldPlaceholder(code: string): boolean {
  return signs.test(code);
}
