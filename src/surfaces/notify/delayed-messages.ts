// Owns escalations that wait whether somebody sees to what has happened.
import { startTimer, type Timer } from '../../engine/start-timer.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { RunState } from '../../run/state.ts';
import type { WantedNotification } from '../../run/telling/notifications-of.ts';
import { isOfGate, isSeenTo, stillStands } from '../../run/telling/still-stands.ts';

/** What comes of one that waits. */
export interface DelayedOutcomes {
  /** Nobody has seen to it; `why` says for how long, or that nobody will. */
  readonly tell: (wanted: WantedNotification, recorded: RecordedEvent, why: string) => void;
  /** It is not told; `why` says so to people. */
  readonly drop: (wanted: WantedNotification, why: string) => void;
}

interface Waiting {
  readonly wanted: WantedNotification;
  readonly recorded: RecordedEvent;
  readonly timer: Timer;
}

/** The escalations of a run that wait, as long as this process works on it. */
export class DelayedMessages {
  readonly #outcomes: DelayedOutcomes;
  readonly #waiting = new Set<Waiting>();

  constructor(outcomes: DelayedOutcomes) {
    this.#outcomes = outcomes;
  }

  /** `waitMs` is what is left of its delay; all of it where nothing is said. */
  add(wanted: WantedNotification, recorded: RecordedEvent, waitMs?: number): void {
    const { written, ms } = wanted.delay ?? { written: '', ms: 0 };
    const timer = startTimer(
      () => {
        this.#waiting.delete(waiting);
        this.#outcomes.tell(wanted, recorded, `nobody has handled it for ${written}`);
      },
      waitMs ?? ms,
      { holds: false },
    );
    const waiting = { wanted, recorded, timer };
    this.#waiting.add(waiting);
  }

  /** Lets go of what somebody has seen to; at the rest of a run, nobody is left to wait. */
  onEvent(event: RunEvent, state: RunState): void {
    for (const waiting of this.#waiting) {
      const { wanted, recorded } = waiting;
      if (isSeenTo(recorded.event, event) || !stillStands(recorded.event, state)) this.#end(waiting);
      else if (event.type === 'RunEnded' || event.type === 'RunPaused') {
        this.#end(waiting);
        if (isWatchedAtRest(state)) continue;
        if (isOfGate(recorded.event))
          this.#outcomes.drop(wanted, `the run paused or ended before ${wanted.delay?.written} were over`);
        else this.#outcomes.tell(wanted, recorded, 'nobody works on the run any more');
      }
    }
  }

  stop(): void {
    for (const waiting of this.#waiting) this.#end(waiting);
  }

  #end(waiting: Waiting): void {
    waiting.timer.stop();
    this.#waiting.delete(waiting);
  }
}

/** The server that has started a run waits on while it rests. */
export function isWatchedAtRest({ lifecycle, options }: RunState): boolean {
  return lifecycle === 'paused' && options.servedBy !== undefined;
}
