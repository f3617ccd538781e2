// Owns the beginning of a journal for tests: the empty file that a new run has, opened.
import { writeFileSync } from 'node:fs';
import type { BoundedJournal } from '../../../src/engine/journal/bounded-journal.ts';
import { continueJournal, type JournalOptions } from '../../../src/engine/journal/continue-journal.ts';
import { journalStart } from '../../../src/engine/journal/read-journal.ts';

export function newJournal(path: string, options: JournalOptions): BoundedJournal {
  writeFileSync(path, '', { mode: 0o600, flag: 'wx' });
  return continueJournal(path, journalStart, options);
}
