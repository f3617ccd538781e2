// Owns deciding an event once more, with the runbooks and rules of now.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Decided } from '../../engine/queue/rule-decision.ts';
import { decisionsOf, type ReceiverParts } from './receive.ts';

/** What deciding needs. */
export type ReplayParts = Pick<ReceiverParts, 'queue' | 'library' | 'people' | 'queues' | 'decide' | 'wake'>;

/** Why it was not decided: there is none, or nothing that could be read. */
export interface NotDecided {
  readonly type: 'unknown' | 'unreadable';
  readonly message: string;
}

/** What came of it, by whom; a run that is there by its dedup key stays the only one, but where it is to be `again`. */
export async function replay(
  parts: ReplayParts,
  id: string,
  { name, again }: { readonly name: string; readonly again: boolean },
  now: number,
): Promise<Result<readonly Decided[], NotDecided>> {
  const found = /^[1-9]\d{0,14}$/.test(id) ? await parts.queue.event(Number(id)) : undefined;
  if (found === undefined) return fail({ type: 'unknown', message: `there is no event \`${id}\`` });
  if (found.told.type !== 'event')
    return fail({
      type: 'unreadable',
      message: `event ${id} could not be read, so that there is nothing to decide`,
    });
  const decisions = await decisionsOf(parts, parts.library.all(), found.told, now);
  const decided = await parts.queue.replay(found.id, { decisions, by: name, again, at: now });
  if (decided === 'no-such-event') return fail({ type: 'unknown', message: `there is no event \`${id}\`` });
  parts.wake();
  return ok(decided);
}
