// Owns how an expectation on a JSON document is written.
import { readJsonPath } from './json-path.ts';

const jsonOperators = ['<=', '>=', '==', '!=', '<', '>', '='] as const;
export type JsonOperator = (typeof jsonOperators)[number];

/** A place in a JSON document, and what must stand there; without an operator it must be there and be true. */
export interface JsonExpectation {
  /** Names and indices from the root; empty for the whole document. */
  readonly path: readonly (string | number)[];
  readonly comparison?: {
    readonly operator: JsonOperator;
    readonly operand: unknown;
    /** The operand as it is written. */
    readonly written: string;
  };
}

/**
 * Reads `.items[0].state == "ready"`, `.items.length >= 3`, `["a key"].ok` or `.ok`. What stands on the right is
 * JSON, or a text without quotes. Undefined when it is written otherwise: nothing of it is ever passed over.
 */
export function parseJsonExpectation(text: string): JsonExpectation | undefined {
  const written = text.trim();
  const place = readJsonPath(written);
  if (place === undefined) return undefined;
  const { path, end } = place;
  const rest = written.slice(end).trim();
  if (rest === '') return written === '' ? undefined : { path };
  const operator = jsonOperators.find((candidate) => rest.startsWith(candidate));
  if (operator === undefined) return undefined;
  const right = rest.slice(operator.length).trim();
  const operand = readOperand(right);
  return operand && { path, comparison: { operator, operand: operand.value, written: right } };
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
