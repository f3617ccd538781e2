// Owns deciding an event once more, with the runbooks and rules of now.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Person } from '../../surfaces/web/person.ts';
import type { WebRefusal } from '../../surfaces/web/web-port.ts';
import { decisionsOf, type ReceiverParts } from './receive.ts';

/** Gives the event's name; a run that is there by its dedup key stays the only one. */
export async function replay(
  parts: ReceiverParts,
  id: string,
  { name }: Person,
  now: number,
): Promise<Result<string, WebRefusal>> {
  const found = /^\d{1,15}$/.test(id) ? await parts.queue.event(Number(id)) : undefined;
  if (found === undefined) return fail({ status: 404, message: 'There is no such event.' });
  if (found.told.type !== 'event')
    return fail({ status: 422, message: 'What came could not be read, so that there is nothing to decide.' });
  const decisions = await decisionsOf(parts, parts.library.all(), found.told, now);
  await parts.queue.replay(found.id, { decisions, by: name, again: false, at: now });
  parts.wake();
  return ok(id);
}
