// Owns the choice of a handler by an event's type, so that a table of handlers is checked for completeness.
import type { RunEvent } from '../run/event.ts';

type EventType = RunEvent['type'];
type Events = { readonly [Event in RunEvent as Event['type']]: Event };

/** The events of the given types; all of them without. */
export type EventOf<Type extends EventType = EventType> = {
  [Name in Type]: { readonly type: Name } & Events[Name];
}[Type];

/** One handler for each type of event, what is known beside the event in `Rest`. */
export type EventHandlers<Result, Rest extends readonly unknown[] = []> = {
  readonly [Type in EventType]: (event: Events[Type], ...rest: Rest) => Result;
};

/** The result of the handler for the event's type. */
export function handleEvent<Type extends EventType, Result, Rest extends readonly unknown[]>(
  handlers: EventHandlers<Result, Rest>,
  event: EventOf<Type>,
  ...rest: Rest
): Result {
  return handlers[event.type](event, ...rest);
}

/** As `handleEvent`, of handlers for some types; undefined for all others. */
export function handleSomeEvents<Type extends EventType, Result, Rest extends readonly unknown[]>(
  handlers: Partial<EventHandlers<Result, Rest>>,
  event: EventOf<Type>,
  ...rest: Rest
): Result | undefined {
  return handlers[event.type]?.(event, ...rest);
}
