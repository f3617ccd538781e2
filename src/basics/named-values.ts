// Owns records whose names somebody else chose: `constructor` and `__proto__` are names like any other in them.

/** A record that has no names but those that are set, and in which every name can be set. */
export function namedValues<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

/** The value of that name; undefined where the record has none of its own. */
export function namedValue<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
