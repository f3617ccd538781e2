// Owns the order in which processes of one state folder come to something that they wait for.
import { join } from 'node:path';
import {
  type FileOperations,
  removeIfPossible,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import { lifeOf, nameOf, ownIdentity } from './process-identity.ts';
import { readIdentity } from './process-lock.ts';

/** The place of this process among those that wait. */
export interface Ticket {
  /** Whether nobody who lives came before. */
  isNext(): boolean;
  /** Leaves the queue. */
  drop(): void;
}

/**
 * Draws the next number: `ticket.1`, `ticket.2` …, each a file with its process in it, which one process alone can
 * make. Numbers of processes that have died are passed over; those of other hosts count for as long as they lie there.
 */
export function drawTicket(folder: string, files: FileOperations = stateFileOperations): Ticket {
  const own = ownIdentity();
  const draft = join(folder, `.ticket-${nameOf(own)}`);
  removeIfPossible(files, draft);
  writeNewFile(files, draft, new TextEncoder().encode(JSON.stringify(own)), 0o600, 'in-memory');
  try {
    for (;;) {
      const number = Math.max(0, ...numbersIn(folder, files)) + 1;
      try {
        files.link(draft, ticketFile(folder, number));
      } catch (error) {
        if (systemErrorCode(error) === 'EEXIST') continue;
        throw error;
      }
      return {
        isNext: () =>
          numbersIn(folder, files).every((other) => other >= number || isGone(folder, other, files)),
        drop: () => removeIfPossible(files, ticketFile(folder, number)),
      };
    }
  } finally {
    removeIfPossible(files, draft);
  }
}

const ticketFile = (folder: string, number: number): string => join(folder, `ticket.${number}`);

const numbersIn = (folder: string, files: FileOperations): readonly number[] =>
  files.list(folder).flatMap((name) => {
    const number = /^ticket\.([1-9]\d{0,14})$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

/** Removes the ticket of a process that has died. */
function isGone(folder: string, number: number, files: FileOperations): boolean {
  const file = ticketFile(folder, number);
  const holder = readIdentity(file, files);
  if (holder !== undefined && lifeOf(holder) !== 'dead') return false;
  removeIfPossible(files, file);
  return true;
}
