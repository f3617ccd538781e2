// Owns names on their way through valibot, which leaves out three of them without a word.

/** A mapping in a mapping in a mapping is as deep as names of the author's stand. */
const deepest = 4;

/** Data with a mark behind each name that valibot would leave out, and behind those that have the mark. */
export function escapeNames(data: unknown): unknown {
  return renamed(
    data,
    (name) => (/^(?:__proto__|prototype|constructor)_*$/.test(name) ? `${name}_` : name),
    deepest,
  );
}

/** What `escapeNames` was given. */
export function restoreNames<Value>(data: Value): Value {
  return renamed(data, restoreName, deepest) as Value;
}

export function restoreName(name: string): string {
  return /^(?:__proto__|prototype|constructor)_+$/.test(name) ? name.slice(0, -1) : name;
}

function renamed(data: unknown, rename: (name: string) => string, levels: number): unknown {
  if (levels === 0 || typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [rename(name), renamed(value, rename, levels - 1)]),
  );
}
