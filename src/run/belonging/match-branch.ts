// Owns which branch of a choice a word means.

interface Named {
  readonly name: string;
  readonly title: string;
}

/** Words without case and marks, each set apart by one blank. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The name of the one branch that is called so: by its name, by its title, or by words at the beginning, else anywhere
 * in its title, such as `primary` for "On the primary". Undefined where none is, or several are.
 */
export function matchBranch(branches: readonly Named[], value: string): string | undefined {
  const wanted = words(value);
  if (wanted === '') return undefined;
  const tests: readonly ((branch: Named) => boolean)[] = [
    ({ name }) => name === value,
    ({ name, title }) => words(title) === wanted || words(name) === wanted,
    ({ name, title }) => words(title).startsWith(`${wanted} `) || words(name).startsWith(`${wanted} `),
    ({ title }) => ` ${words(title)} `.includes(` ${wanted} `),
  ];
  for (const test of tests) {
    const found = branches.filter(test);
    if (found.length > 0) return found.length === 1 ? found[0]?.name : undefined;
  }
  return undefined;
}
