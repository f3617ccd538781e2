// Owns the reading of a journal: which records hold, and whether what does not hold is a torn end or damage.
import { isUtf8 } from 'node:buffer';
import type { RecordedEvent } from '../../run/event.ts';
import { type FileOperations, nodeFileOperations, readFrom } from '../files/file-operations.ts';
import { genesisHash, type JournalRecord, looksWhole, parseRecord, recordStart } from './journal-record.ts';

/** A place between two records, from which reading can go on. */
export interface JournalPosition {
  /** Bytes before it. */
  readonly offset: number;
  /** Records before it. */
  readonly seq: number;
  /** Hash of the record before it. */
  readonly hash: string;
}

export const journalStart: JournalPosition = { offset: 0, seq: 0, hash: genesisHash };

export type JournalState =
  | { readonly type: 'whole' }
  /** The last write never ended: `bytes` from `tornAt` on are no records, and nothing was written after them. */
  | { readonly type: 'torn'; readonly tornAt: number; readonly bytes: number }
  /** A record that was once whole is not any more. Line counted from 1. */
  | { readonly type: 'corrupt'; readonly line: number; readonly reason: string };

export interface JournalContent {
  /** All records up to the first that does not hold. */
  readonly events: readonly RecordedEvent[];
  readonly state: JournalState;
  /** Where the records that hold end. */
  readonly end: JournalPosition;
}

/** Reads and verifies a journal, from a position on where one is given. Throws only the system's own errors. */
export function readJournal(
  path: string,
  from: JournalPosition = journalStart,
  files: FileOperations = nodeFileOperations,
): JournalContent {
  const descriptor = files.open(path, 'r');
  try {
    return readRecords(readFrom(files, descriptor, from.offset), from);
  } finally {
    files.close(descriptor);
  }
}

/** Reads records from bytes that begin at `from`. */
export function readRecords(bytes: Uint8Array, from: JournalPosition): JournalContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const sound = isUtf8(buffer);
  const events: RecordedEvent[] = [];
  let { offset, seq, hash } = from;
  let at = 0;
  while (at < buffer.length) {
    const newline = buffer.indexOf(10, at);
    const line = newline < 0 ? undefined : textOf(buffer, at, newline, sound);
    const record = line === undefined ? 'has no end' : parseRecord(line, seq + 1, hash);
    if (typeof record === 'string') {
      const state = judge(buffer, at, offset, seq + 1, record);
      return { events, state, end: { offset, seq, hash } };
    }
    events.push({ seq: record.seq, at: record.at, event: record.event });
    at = newline + 1;
    offset = from.offset + at;
    seq = record.seq;
    hash = record.hash;
  }
  return { events, state: { type: 'whole' }, end: { offset, seq, hash } };
}

/**
 * Tells a torn end from damage. A record is written only after those of the write before it are on the device, so
 * one that stands behind the bad place and was not written together with it proves that the place was whole once.
 */
function judge(buffer: Buffer, at: number, offset: number, seq: number, reason: string): JournalState {
  for (const record of wholeLines(buffer, at)) {
    const writtenTogether = record.seq > seq && record.batch <= seq;
    if (!writtenTogether) return { type: 'corrupt', line: seq, reason };
  }
  return { type: 'torn', tornAt: offset, bytes: buffer.length - at };
}

/** Records as they begin, wherever that is, since it may be a newline that was changed. */
function* wholeLines(buffer: Buffer, from: number): Generator<JournalRecord> {
  for (let at = buffer.indexOf(recordStart, from); at >= 0; at = buffer.indexOf(recordStart, at + 1)) {
    const end = buffer.indexOf(10, at);
    const record = end < 0 ? undefined : looksWhole(textOf(buffer, at, end, false) ?? '');
    if (record !== undefined) yield record;
  }
}

/**
 * The text of some bytes; `undefined` where they are not UTF-8, which would otherwise hide a changed byte. Not
 * looked at again where the whole is known to be sound.
 */
function textOf(buffer: Buffer, from: number, to: number, sound: boolean): string | undefined {
  return sound || isUtf8(buffer.subarray(from, to)) ? buffer.toString('utf8', from, to) : undefined;
}
