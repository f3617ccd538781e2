// Owns how a place in a JSON document is written: `.items[0]["a key"]`.

const segment = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\.?\[("(?:[^"\\]|\\.)*")\]/y;

export interface JsonPath {
  /** Names and indices from the root; empty for the whole document. */
  readonly path: readonly (string | number)[];
  /** Where in the text it ends, and what is no part of it begins. */
  readonly end: number;
}

/** Reads the path that `written` begins with; undefined where two names stand without a dot between them. */
export function readJsonPath(written: string): JsonPath | undefined {
  let at = written.startsWith('$') ? 1 : 0;
  const path: (string | number)[] = [];
  for (;;) {
    segment.lastIndex = at;
    const match = segment.exec(written);
    if (!match) break;
    const [, name, index, quoted] = match;
    // A first name may stand without its dot, a later one may not: `a.b`, and never `ab`.
    if (name !== undefined && at > 0 && written[at] !== '.') return undefined;
    const key = name ?? (index === undefined ? unquote(quoted ?? '') : Number(index));
    if (key === undefined) return undefined;
    path.push(key);
    at = segment.lastIndex;
  }
  if (path.length === 0 && written[at] === '.') at += 1;
  return { path, end: at };
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
