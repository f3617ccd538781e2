// Owns what a value of an event is as a text.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { EventPath } from '../../runbook/front-matter/triggers/event-path.ts';
import type { EventValue, ReceivedEvent } from './received-event.ts';

/** The text that a value stands for, or why it stands for none, to follow what the value is. */
export function eventText(value: unknown): Result<string, string> {
  if (typeof value === 'string') return ok(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return ok(String(value));
  if (typeof value === 'number' && Number.isFinite(value)) return ok(String(value));
  if (value === null || value === undefined) return fail('is nothing');
  return fail(Array.isArray(value) ? 'is a list, and no text' : 'is no text');
}

/** What stands at a path of the fields of an event; undefined where nothing does. */
export function valueAtPath(fields: ReceivedEvent['fields'], path: EventPath): EventValue | undefined {
  let found: unknown = fields;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) !== (typeof part === 'number'))
      return undefined;
    found = Object.hasOwn(found, part) ? (found as Record<string | number, unknown>)[part] : undefined;
  }
  return found as EventValue | undefined;
}
