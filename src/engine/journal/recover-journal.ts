// Owns the mending of a journal whose last write never ended.
import { dirname } from 'node:path';
import type { RecordedEvent } from '../../run/event.ts';
import {
  type FileOperations,
  readFrom,
  syncFolder,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import { type JournalPosition, journalStart, readRecords } from './read-journal.ts';

/** A journal that is whole now. */
export interface RecoveredJournal {
  readonly events: readonly RecordedEvent[];
  readonly end: JournalPosition;
  /** What was cut off its end, and the file beside it that keeps those bytes; absent where nothing was. */
  readonly cut?: { readonly bytes: number; readonly keptIn: string };
}

/** A record that was once whole is not any more, so what happened cannot be told; nothing was changed. */
export class JournalCorruption extends Error {
  override readonly name = 'JournalCorruption';
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;

  constructor(path: string, line: number, reason: string) {
    super(`\`${path}\` is damaged: line ${line} ${reason}`);
    this.path = path;
    this.line = line;
  }
}

/**
 * Reads and verifies a journal and cuts a torn end off, once its bytes are safe in a file beside it. The caller
 * holds the run's lock. Throws JournalCorruption, or the system's own errors.
 */
export function recoverJournal(path: string, files: FileOperations = stateFileOperations): RecoveredJournal {
  const descriptor = files.open(path, 'r+');
  try {
    const bytes = readFrom(files, descriptor, 0);
    const { events, state, end } = readRecords(bytes, journalStart);
    if (state.type === 'whole') return { events, end };
    if (state.type === 'corrupt') throw new JournalCorruption(path, state.line, state.reason);
    const keptIn = keepBeside(files, path, bytes.subarray(state.tornAt));
    files.truncate(descriptor, state.tornAt);
    files.sync(descriptor);
    return { events, end, cut: { bytes: state.bytes, keptIn } };
  } finally {
    files.close(descriptor);
  }
}

/** Writes to the first free of `journal.ndjson.torn-1`, `-2` …, and gives its path. */
function keepBeside(files: FileOperations, path: string, bytes: Uint8Array): string {
  for (let number = 1; ; number += 1) {
    const kept = `${path}.torn-${number}`;
    try {
      writeNewFile(files, kept, bytes, 0o600);
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST') continue;
      throw error;
    }
    syncFolder(files, dirname(path));
    return kept;
  }
}
