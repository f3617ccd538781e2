// Owns the writing of a journal: an event is in the file when `append` returns, and on the device when `sync` does.
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { Journal } from '../../run/journal.ts';
import { type FileOperations, systemErrorCode, writeFully } from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import { BoundedJournal } from './bounded-journal.ts';
import { formatRecord } from './journal-record.ts';
import { JournalWriteFailure } from './journal-write-failure.ts';
import type { JournalPosition } from './read-journal.ts';
import { type Replica, replicaOfProcess } from './replica.ts';
import { ReplicatedJournal } from './replicated-journal.ts';

/** What a journal is opened with beside its path. */
export interface JournalOptions {
  /** Wall time of the records. */
  readonly now: () => Date;
  readonly files?: FileOperations;
  /** Where it is kept a second time; that of this process where it has one. */
  readonly replica?: Replica;
}

/**
 * Goes on with a journal whose records end, whole, at `end`: that of a new run, which is empty, at `journalStart`; see
 * `recoverJournal` for how to be sure of any other.
 */
export function continueJournal(path: string, end: JournalPosition, options: JournalOptions): BoundedJournal {
  const files = options.files ?? stateFileOperations;
  const descriptor = files.open(path, 'r+');
  const file = new JournalFile(path, descriptor, end, options.now, files);
  const replica = options.replica ?? replicaOfProcess();
  return new BoundedJournal(replica ? new ReplicatedJournal(file, path, replica) : file, path);
}

class JournalFile implements Journal {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #now: () => Date;
  readonly #files: FileOperations;
  #end: JournalPosition;
  /** Sequence number of the first record that is not known to be on the device. */
  #unsynced: number | undefined;
  /** Set while records are on their way to the device. */
  #syncing: Promise<void> | undefined;
  /** Set once what is in the file cannot be known any more. */
  #lost: JournalWriteFailure | undefined;

  constructor(
    path: string,
    descriptor: number,
    end: JournalPosition,
    now: () => Date,
    files: FileOperations,
  ) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#end = end;
    this.#now = now;
    this.#files = files;
  }

  get end(): JournalPosition {
    return this.#end;
  }

  append(events: readonly RunEvent[]): readonly RecordedEvent[] {
    if (this.#lost) throw this.#lost;
    if (events.length === 0) return [];
    const at = this.#now().toISOString();
    const first = this.#end.seq + 1;
    // All that one power cut can tear is one batch: everything since the last sync.
    const batch = this.#unsynced ?? first;
    const records = events.map((event, index) => ({ seq: first + index, at, event }));
    let previousHash = this.#end.hash;
    let text = '';
    for (const record of records) {
      const { line, hash } = formatRecord(record, batch, previousHash);
      text += `${line}\n`;
      previousHash = hash;
    }
    const bytes = new TextEncoder().encode(text);
    this.#put(bytes);
    this.#unsynced = batch;
    this.#end = {
      offset: this.#end.offset + bytes.length,
      seq: this.#end.seq + records.length,
      hash: previousHash,
    };
    return records;
  }

  async sync(): Promise<void> {
    const { seq } = this.#end;
    while (this.#unsynced !== undefined && this.#unsynced <= seq) {
      if (this.#lost) throw this.#lost;
      // What was appended while the device was at work may not be there with it.
      this.#syncing ??= this.#syncAll();
      await this.#syncing;
    }
    if (this.#lost) throw this.#lost;
  }

  /** The device works while whoever asked prepares what is to come. */
  async #syncAll(): Promise<void> {
    const upTo = this.#end.seq;
    try {
      await this.#files.syncLater(this.#descriptor);
    } catch (error) {
      // After a failed sync the system may hold the pages for clean, so that a second sync would lie; and the
      // records have been told to everybody, so that they cannot be taken back.
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      this.#lost = new JournalWriteFailure(this.#path, code, false, error);
      throw this.#lost;
    } finally {
      this.#syncing = undefined;
    }
    // Somebody has removed it, and with it all that a later process could know of the run.
    if (!this.#files.hasName(this.#descriptor)) {
      this.#lost = new JournalWriteFailure(this.#path, 'ENOENT', false);
      throw this.#lost;
    }
    this.#unsynced = this.#end.seq > upTo ? upTo + 1 : undefined;
  }

  close(): void {
    const close = (): void => this.#files.close(this.#descriptor);
    // The number of a file that is closed is soon another's.
    if (this.#syncing === undefined) close();
    else this.#syncing.then(close, close);
  }

  #put(bytes: Uint8Array): void {
    try {
      writeFully(this.#files, this.#descriptor, bytes, this.#end.offset);
    } catch (error) {
      throw this.#takeBack(error);
    }
  }

  /** Cuts off what was written of records that are not to be. Where that fails too, the journal is given up. */
  #takeBack(cause: unknown): unknown {
    const code = systemErrorCode(cause);
    if (code === undefined) return cause;
    let cut = true;
    try {
      this.#files.truncate(this.#descriptor, this.#end.offset);
    } catch (error) {
      if (systemErrorCode(error) === undefined) return error;
      cut = false;
    }
    const failure = new JournalWriteFailure(this.#path, code, cut, cause);
    if (!failure.usable) this.#lost = failure;
    return failure;
  }
}
