// Owns that what a clock starts is started, once for each due time; of those that no server was there for, the newest.
import type { RuleDecision } from '../../engine/queue/rule-decision.ts';
import type { RunQueue } from '../../engine/queue/run-queue.ts';
import { nextCronTime } from '../../runbook/front-matter/triggers/next-cron-time.ts';
import { type Schedule, tickOf } from '../../surfaces/sources/tick-of.ts';
import { decisionOf, type ReceiverParts } from './receive.ts';

/** Due times that were missed for longer are not made up for: nobody waits for them any more. */
const longestMissMs = 3_600_000;
const minuteMs = 60_000;
/** So long after the beginning of a minute it is looked at the latest, where nothing holds that up. */
const justMs = 5_000;

/**
 * Takes in what has come due since it was looked at last; gives whether there was something. `isLooking`: this server
 * has looked before, so that a schedule which it meets now was not there then.
 */
export async function tick(parts: ReceiverParts, now: number, isLooking = false): Promise<boolean> {
  let isDue = false;
  for (const shelved of parts.library.all())
    for (const rule of shelved.rules) {
      const { schedule } = rule.trigger;
      if (schedule === undefined) continue;
      const subject = `${shelved.path} on[${rule.index}]`;
      // Another schedule begins anew: what would have been due by it is none of its times.
      const name = ['schedule', subject, schedule.cron, schedule.timezone].join(' ');
      const due = await dueSince(parts.queue, name, schedule, { now, isLooking });
      if (due === undefined) continue;
      isDue = true;
      const event = tickOf(schedule, subject, due);
      const [made] = await parts.decide(event, [rule], { now });
      const decisions: RuleDecision[] = made ? [decisionOf(parts, shelved, rule, made.outcome)] : [];
      const accepted = await parts.queue.accept({
        events: [{ event, decisions }],
        raw: new Uint8Array(),
        at: now,
      });
      for (const one of accepted) parts.tally?.accepted(one);
      await parts.queue.setMark(name, String(due));
    }
  return isDue;
}

/**
 * The newest due time that has passed and was not taken in. A schedule that is new begins now; where its minute has just
 * begun, it was put there before that, and this is its first.
 */
async function dueSince(
  queue: RunQueue,
  name: string,
  { cron, timezone }: Schedule,
  { now, isLooking }: { readonly now: number; readonly isLooking: boolean },
): Promise<number | undefined> {
  const kept = await queue.mark(name);
  const minute = now - (now % minuteMs);
  const mark = kept ?? String(isLooking && now - minute < justMs ? minute - 1 : now);
  if (kept === undefined) await queue.setMark(name, mark);
  let newest: number | undefined;
  let from = Math.max(Number(mark), now - longestMissMs);
  for (;;) {
    const next = nextCronTime(cron, timezone, from);
    if (!next.ok || next.value === undefined || next.value > now) return newest;
    newest = next.value;
    from = next.value;
  }
}
