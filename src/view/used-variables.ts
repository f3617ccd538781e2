// Owns which known variables a piece of code speaks of; knows nothing of where their values come from.

/** A variable and its value as it may be shown. */
export interface UsedVariable {
  readonly name: string;
  readonly value: string;
}

const mention =
  /\$(?:\{[#!]?)?([A-Za-z_]\w*)|\bos\.environ(?:\.get\(|\[)["'](\w+)|\bprocess\.env\.(\w+)|\bENV\[["'](\w+)|\bgetenv\(["'](\w+)/g;

/** Those of `values` that the code reads, in the order in which it first does. */
export function usedVariables(code: string, values: Readonly<Record<string, string>>): UsedVariable[] {
  const names = [...code.matchAll(mention)].map(
    (found) => found.slice(1).find((name) => name !== undefined) ?? '',
  );
  return [...new Set(names)]
    .filter((name) => Object.hasOwn(values, name))
    .map((name) => ({ name, value: values[name] ?? '' }));
}
