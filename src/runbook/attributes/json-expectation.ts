// Owns how an expectation on a JSON document is written.

const jsonOperators = ['<=', '>=', '==', '!=', '<', '>', '='] as const;
export type JsonOperator = (typeof jsonOperators)[number];

/** A place in a JSON document, and what must stand there; without an operator it must be there and be true. */
export interface JsonExpectation {
  /** Names and indices from the root; empty for the whole document. */
  readonly path: readonly (string | number)[];
  readonly comparison?: { readonly operator: JsonOperator; readonly operand: unknown };
}

const segment = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\.?\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Reads `.items[0].state == "ready"`, `.items.length >= 3`, `["a key"].ok` or `.ok`. What stands on the right is
 * JSON, or a text without quotes. Undefined when it is written otherwise: nothing of it is ever passed over.
 */
export function parseJsonExpectation(text: string): JsonExpectation | undefined {
  const written = text.trim();
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
  const rest = written.slice(at).trim();
  if (rest === '') return written === '' ? undefined : { path };
  const operator = jsonOperators.find((candidate) => rest.startsWith(candidate));
  if (operator === undefined) return undefined;
  const operand = readOperand(rest.slice(operator.length).trim());
  return operand === undefined ? undefined : { path, comparison: { operator, operand: operand.value } };
}

function readOperand(text: string): { readonly value: unknown } | undefined {
  if (text === '') return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // What begins as JSON and is none is a slip, not a text.
    return /^["[{=<>!~]/.test(text) ? undefined : { value: text };
  }
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
