// Owns a journal in memory whose device answers when a test says so.
import type { RecordedEvent, RunEvent } from '../../src/run/event.ts';
import type { Journal } from '../../src/run/journal.ts';

export class HandJournal implements Journal {
  readonly events: RunEvent[] = [];
  /** Whether the device keeps everybody waiting. */
  holds = false;
  #waiting: (() => void)[] = [];
  #called: (() => void)[] = [];

  append(events: readonly RunEvent[]): readonly RecordedEvent[] {
    const before = this.events.length;
    this.events.push(...events);
    return events.map((event, index) => ({
      seq: before + index + 1,
      at: '2026-11-21T02:13:22.000Z',
      event,
    }));
  }

  sync(): Promise<void> {
    const synced = this.holds
      ? new Promise<void>((resolve) => {
          this.#waiting.push(resolve);
        })
      : Promise.resolve();
    for (const tell of this.#called.splice(0)) tell();
    return synced;
  }

  /** Resolves at the next call of `sync`. */
  nextSync(): Promise<void> {
    return new Promise((resolve) => {
      this.#called.push(resolve);
    });
  }

  /** The device answers everybody who waits, and from now on at once. */
  release(): void {
    this.holds = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  close(): void {}

  /** Types of the events, with the address where there is one. */
  trail(): string[] {
    return this.events.map((event) => ('address' in event ? `${event.type} ${event.address}` : event.type));
  }
}
