// Owns the form of one line of a journal: JSON whose hash binds it to all lines before it.
import { hash } from 'node:crypto';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';

/** What the hash of the first line is chained to; another version of the form has another. */
export const genesisHash = hash('sha256', 'runsheet journal, version 1\n', 'hex');

/** A line of a journal as it was read. */
export interface JournalRecord extends RecordedEvent {
  /** Sequence number of the first record that was written in the same write as this one. */
  readonly batch: number;
  /** SHA-256 in hexadecimal of the hash before it followed by the line's bytes up to `,"hash"`. */
  readonly hash: string;
}

/** How every line begins; inside an event the same letters would be escaped or be no line. */
export const recordStart = '{"seq":';

const hashKey = ',"hash":"';
const tailLength = hashKey.length + 64 + '"}'.length;

/** The line of a record, without its newline, and its hash. `batch` is left out where the record was written alone. */
export function formatRecord(
  record: RecordedEvent,
  batch: number,
  previousHash: string,
): { readonly line: string; readonly hash: string } {
  const together = batch === record.seq ? '' : `,"batch":${batch}`;
  const { seq, at, event } = record;
  const body = `${recordStart}${seq},"at":${JSON.stringify(at)},"event":${JSON.stringify(event)}${together}`;
  const ownHash = hash('sha256', previousHash + body, 'hex');
  return { line: `${body}${hashKey}${ownHash}"}`, hash: ownHash };
}

/**
 * Reads one line that must follow a record with `previousHash` and have number `seq`. Gives the reason, in words for
 * a person, where it is not that record.
 */
export function parseRecord(line: string, seq: number, previousHash: string): JournalRecord | string {
  const record = looksWhole(line);
  if (record === undefined) return 'is not a record';
  if (record.seq !== seq) return `is record ${record.seq} where record ${seq} belongs`;
  const bodyLength = line.length - tailLength;
  const expected = hash('sha256', previousHash + line.slice(0, bodyLength), 'hex');
  const sealed = record.hash === expected && line.startsWith(hashKey, bodyLength) && line.endsWith('"}');
  return sealed ? record : 'does not match its hash: it, or a record before it, was changed';
}

/** The line read for its form alone, without its place in the chain. */
export function looksWhole(line: string): JournalRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Partial<Record<string, unknown>>> = { ...value };
  const { seq, at, event, batch = seq, hash: ownHash } = fields;
  if (!isCount(seq) || !isCount(batch) || typeof at !== 'string' || typeof ownHash !== 'string')
    return undefined;
  return isTrustedEvent(event) ? { seq, at, event, batch, hash: ownHash } : undefined;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/**
 * The hash vouches for what is inside an event: its form is that of the version that wrote it, and its texts were
 * masked before they were written.
 */
const isTrustedEvent = (value: unknown): value is RunEvent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
