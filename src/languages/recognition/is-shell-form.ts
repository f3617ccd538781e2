// Owns which lines are written in the grammar of a shell, whatever their words are.

/** A list of JSON, which begins as a test of a shell does. */
const list = /^\[\s*(?:(?:"[^"$]*"|[-\d.]+|null|true|false|\{.*\})\s*(?:,|\]|$))/;

const forms: readonly RegExp[] = [
  // A test, to its end or to where it goes on.
  /^\[\[?\s.*\s\]\]?(?:$|\s*(?:[;&|#)}]|\d?>))/,
  /^\[\[?\s.*(?:&&|\|\||\\)$/,
  /^:(?:$|[\s;])/,
  /^\{\s+\S.*;\s*\}/,
  // The end of a list, and where what it prints goes.
  /^[)}]\s*(?:\||&&?|\d?[<>]|;|always \{)/,
  /^(?:;;&?|;&|(?:while|until) :|\d?>{1,2}\s*["'])/,
  /^"\$[\w@*{(]/,
  /^[a-z_][\w.-]*\$[\w{(]/,
  // An assignment of quoted text, an expansion or nothing.
  /^[A-Za-z_]\w*(?:\[.*\])?\+?=(?:["'$`(]|$)/,
  /^(?:echo|printf)(?:\s|$)/,
  // Commands that an operator ends.
  /^[a-z_][\w./-]*(?:\s+[\w./-]+)?(?:;;?|\s&)(?:$|\s*(?:[a-z_][\w./-]*(?:[\s;]|$)|[}#&]))/,
];

/** True for what only a shell reads so. */
export function isShellForm(line: string): boolean {
  return !list.test(line) && forms.some((form) => form.test(line));
}
