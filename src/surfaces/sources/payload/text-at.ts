// Owns taking texts, lists and records out of a payload, whatever stands in their place.
import type { EventValue } from '../../../run/triggers/received-event.ts';

/** An object of a payload. */
export type EventRecord = { readonly [name: string]: EventValue };

/** What stands at a path of names; undefined where nothing does. */
function valueAt(value: EventValue | undefined, path: readonly string[]): EventValue | undefined {
  let found = value;
  for (const name of path) found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

/** The text at a path; numbers and truth values as they are written; undefined for all else and for an empty one. */
export function textAt(value: EventValue | undefined, ...path: readonly string[]): string | undefined {
  const text = textOf(valueAt(value, path));
  return text === '' ? undefined : text;
}

/** The object at a path, empty where there is none. */
export function recordAt(value: EventValue | undefined, ...path: readonly string[]): EventRecord {
  const found = valueAt(value, path);
  return isRecord(found) ? found : recordOf([]);
}

/** The list at a path, empty where there is none. */
export function listAt(value: EventValue | undefined, ...path: readonly string[]): readonly EventValue[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** Whether a value of a payload is an object. */
export function isRecord(value: EventValue | undefined): value is EventRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object without a prototype, of those entries that have a value. */
export function recordOf<Value extends EventValue>(
  entries: Iterable<readonly [string, Value | undefined]>,
): { readonly [name: string]: Value } {
  const record: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) if (value !== undefined) record[name] = value;
  return record;
}

/** What is flat in an object, as texts; its lists and objects are left out. */
export function textsOf(record: EventRecord): Readonly<Record<string, string>> {
  return recordOf(Object.entries(record).map(([name, value]) => [name, textOf(value)] as const));
}

function textOf(value: EventValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
