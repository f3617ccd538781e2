// Owns a journal that counts as written when it is kept a second time, too.
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { Journal } from '../../run/journal.ts';
import type { JournalWriteFailure } from './journal-write-failure.ts';
import type { JournalPosition } from './read-journal.ts';
import { notKept, type Replica } from './replica.ts';

/** A journal that knows where its records end. */
interface PlacedJournal extends Journal {
  readonly end: JournalPosition;
}

export class ReplicatedJournal implements PlacedJournal {
  readonly #journal: PlacedJournal;
  readonly #path: string;
  readonly #replica: Replica;
  #kept = 0;
  #lost: JournalWriteFailure | undefined;

  constructor(journal: PlacedJournal, path: string, replica: Replica) {
    this.#journal = journal;
    this.#path = path;
    this.#replica = replica;
  }

  get end(): JournalPosition {
    return this.#journal.end;
  }

  append(events: readonly RunEvent[]): readonly RecordedEvent[] {
    if (this.#lost) throw this.#lost;
    return this.#journal.append(events);
  }

  async sync(): Promise<void> {
    if (this.#lost) throw this.#lost;
    const { offset } = this.#journal.end;
    await this.#journal.sync();
    if (offset <= this.#kept) return;
    try {
      await this.#replica.commit(offset);
    } catch (error) {
      // Whoever has the run now goes on from what was kept: nothing of what follows here may be acted upon.
      this.#lost ??= notKept(this.#path, error);
      throw this.#lost;
    }
    this.#kept = Math.max(this.#kept, offset);
  }

  close(): void {
    this.#journal.close();
  }
}
