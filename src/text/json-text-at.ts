// Owns what stands at a place in a JSON document, as a text.

/** One token: a text, a mark, or a number or a word. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

export type JsonTextAt =
  | { readonly type: 'text'; readonly text: string }
  /** Nothing stands there, or `null`; or the document is no JSON. */
  | { readonly type: 'missing' | 'null' | 'no-json' };

/**
 * The text that stands at `path`: of a text its characters, of anything else what the document says, without blanks.
 * Numbers stay as they are written, however long: reading them would round them.
 */
export function jsonTextAt(document: string, path: readonly (string | number)[]): JsonTextAt {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return { type: 'no-json' };
  }
  for (const key of path) {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    // As in expectations.
    if (isThere && Array.isArray(value) && key === 'length' && key === path.at(-1))
      return { type: 'text', text: String(value.length) };
    if (!isThere || Array.isArray(value) !== (typeof key === 'number')) return { type: 'missing' };
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  if (value === null) return { type: 'null' };
  if (typeof value === 'string') return { type: 'text', text: value };
  const all = document.match(tokens) ?? [];
  const start = path.reduce((at: number, key) => placeIn(all, at, key), 0);
  return { type: 'text', text: all.slice(start, endOf(all, start)).join('') };
}

/** The token behind the value that begins at `start`. */
function endOf(all: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; ; at += 1) {
    const token = all[at];
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
}

/** Where the value of `key` begins in the object or list that begins at `start` and has it. */
function placeIn(all: readonly string[], start: number, key: string | number): number {
  let found = -1;
  let at = start + 1;
  for (let index = 0; all[at] !== '}' && all[at] !== ']'; index += 1) {
    const isNamed = all[at + 1] === ':';
    const name: unknown = isNamed ? JSON.parse(all[at] ?? '') : index;
    if (isNamed) at += 2;
    // Of a name that is there twice the last one counts, as to all who read JSON with JavaScript.
    if (name === key) found = at;
    at = endOf(all, at);
    if (all[at] === ',') at += 1;
  }
  return found;
}
