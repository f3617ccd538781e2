// Owns the first line of a script that names what runs it.

/** The argument vector of a `#!` line, `env` and its options taken off; `undefined` where the code has none. */
export function shebangOf(code: string): readonly string[] | undefined {
  const written = /^#!\s*(\/\S+(?:[ \t]+\S+)*)[ \t]*(?:\r?\n|$)/.exec(code)?.[1];
  if (written === undefined) return undefined;
  const words = written.split(/[ \t]+/);
  if (!/(?:^|\/)env$/.test(words[0] ?? '')) return words;
  const from = words.findIndex((word, index) => index > 0 && !/^-|^\w+=/.test(word));
  return from === -1 ? undefined : words.slice(from);
}

/** The name of the program that a `#!` line starts, without its folder and version: `python`, `bash`. */
export function programOf(shebang: readonly string[]): string {
  const name = (shebang[0] ?? '').split('/').at(-1) ?? '';
  return name.replace(/(?<=[a-z])[\d.]+$/, '').toLowerCase();
}
