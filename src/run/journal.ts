// Owns what a journal is to a run: where its events are kept before anything acts on them.
import type { RecordedEvent, RunEvent } from './event.ts';

/** The run's journal: what survives the tool, and after `sync` also the machine. */
export interface Journal {
  /** Returns when the events are in the file: a killed tool has not lost them. */
  append(events: readonly RunEvent[]): readonly RecordedEvent[];
  /**
   * Resolves when everything that was appended before the call is on the device: nothing is done on the strength of
   * it sooner. Events may be appended meanwhile, and it may be called again.
   */
  sync(): Promise<void>;
  close(): void;
}
