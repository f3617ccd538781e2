// Owns what a server does by the clock: what comes due, runs that were answered elsewhere, and what is too old.
import { errorMessage } from '../../basics/coded-error.ts';
import type { PeopleAsker } from './asking/people-asker.ts';
import type { PlaceOfRuns } from './drives/runs-here.ts';
import type { ReceiverParts } from './receive.ts';
import { tick } from './tick.ts';

const lookMs = 1_000;
/** Events, and what the queue of one machine knows of runs that are over, are kept for 90 days; records are not touched. */
const keptMs = 90 * 86_400_000;
const tidiedAtOnce = 500;

/** What is looked at. */
export interface LookParts {
  readonly place: PlaceOfRuns;
  readonly hasWorker: boolean;
  readonly receiver: ReceiverParts;
  readonly asker: PeopleAsker;
  readonly tell: (line: string) => void;
}

/** Looks until the function that it gives is called; never twice at once. */
export function lookNowAndThen({ place, hasWorker, receiver, asker, tell }: LookParts): () => void {
  const { now } = place;
  let isLooking = false;
  let minute = Number.NaN;
  let hour = Number.NaN;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const at = now();
      const isWoken = await place.look(at, hasWorker);
      // Nothing is due within a minute.
      const isDue = minute !== Math.floor(at / 60_000) && (await tick(receiver, at, !Number.isNaN(minute)));
      minute = Math.floor(at / 60_000);
      if (isWoken || isDue) receiver.wake();
      // A mail server that is slow holds up nothing else.
      if (hasWorker || place.asksAlways) void asker.look();
      if (hour !== Math.floor(at / 3_600_000)) while (await place.tidy(at - keptMs, tidiedAtOnce));
      hour = Math.floor(at / 3_600_000);
    } catch (error) {
      tell(`cannot look at what is due: ${errorMessage(error)}`);
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  void look();
  return () => clearInterval(timer);
}
