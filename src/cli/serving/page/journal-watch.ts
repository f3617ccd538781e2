// Owns noticing that runs have more in their journals, whoever writes them.
import { type FSWatcher, watch } from 'node:fs';
import { runId } from '../../../basics/address.ts';
import { systemErrorCode } from '../../../engine/files/file-operations.ts';
import type { RunStore } from '../../../engine/journal/run-store.ts';

/** A system that sends no notices is looked at so often. */
const lookMs = 2_000;

interface Watched {
  readonly callbacks: Set<(size: number) => void>;
  size(): number;
  close(): void;
}

/** Watches journals as long as somebody wants to know. */
export class JournalWatch {
  readonly #store: RunStore;
  readonly #watched = new Map<string, Watched>();

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Calls back with a number that grows whenever the journal of the run does; gives what ends that. */
  watch(id: string, onChange: (size: number) => void): () => void {
    const entry = this.#watched.get(id) ?? this.#begin(id);
    entry.callbacks.add(onChange);
    onChange(entry.size());
    return () => {
      entry.callbacks.delete(onChange);
      if (entry.callbacks.size > 0) return;
      entry.close();
      this.#watched.delete(id);
    };
  }

  #begin(id: string): Watched {
    const folder = this.#store.folder(runId(id));
    const sizeNow = (): number => this.#store.journalSize(folder);
    const callbacks: Watched['callbacks'] = new Set();
    let known = sizeNow();
    const look = (): void => {
      const size = sizeNow();
      if (size === known) return;
      known = size;
      for (const callback of callbacks) callback(size);
    };
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(folder.journal, look);
      watcher.on('error', () => watcher?.close());
    } catch (error) {
      // It has not begun, or notices cannot be had: it is looked at.
      if (systemErrorCode(error) === undefined) throw error;
    }
    const timer = setInterval(look, lookMs);
    const entry = {
      callbacks,
      size: () => known,
      close: () => {
        clearInterval(timer);
        watcher?.close();
      },
    };
    this.#watched.set(id, entry);
    return entry;
  }
}
