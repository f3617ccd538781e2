// Owns how long a run waits for its journal.
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { Journal } from '../../run/journal.ts';
import { JournalWriteFailure } from './journal-write-failure.ts';
import type { JournalPosition } from './read-journal.ts';

/**
 * How long one sync may take. A device that still answers, be it a disk that has to spin up or a file system behind
 * a network that stumbled, has answered by then; one that has not leaves the operator before a run that stands still.
 */
const syncLimitMs = 30_000;

/** A journal that knows where its records end. */
interface PlacedJournal extends Journal {
  readonly end: JournalPosition;
}

/** A journal that is given up, as after a failed sync, when the device has not answered for `limitMs`. */
export class BoundedJournal implements Journal {
  readonly #journal: PlacedJournal;
  readonly #path: string;
  readonly #limitMs: number;
  #lost: JournalWriteFailure | undefined;

  /** `path` is what the failure calls the journal by. */
  constructor(journal: PlacedJournal, path: string, limitMs = syncLimitMs) {
    this.#journal = journal;
    this.#path = path;
    this.#limitMs = limitMs;
  }

  /** Where its records end by now. */
  get end(): JournalPosition {
    return this.#journal.end;
  }

  append(events: readonly RunEvent[]): readonly RecordedEvent[] {
    if (this.#lost) throw this.#lost;
    return this.#journal.append(events);
  }

  /** Rejects with a JournalWriteFailure when time is up; a late answer of the device changes nothing any more. */
  async sync(): Promise<void> {
    if (this.#lost) throw this.#lost;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#lost ??= new JournalWriteFailure(this.#path, 'ETIMEDOUT', false);
        reject(this.#lost);
      }, this.#limitMs);
    });
    try {
      await Promise.race([this.#journal.sync(), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#journal.close();
  }
}
