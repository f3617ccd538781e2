// Owns what is said first of a run that is taken up though its record is not as it was left.
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { checkRecord } from '../../engine/record/check-record.ts';
import { writeMessage } from '../write-result.ts';

/** What is run of it is refused elsewhere; this is also what it only shows, such as outputs of blocks. */
export function warnOfDamage(folder: RunFolder): void {
  for (const { type, text } of checkRecord(folder, readJournal(folder.journal)))
    if (type === 'damage') writeMessage(`warning: ${folder.id}: ${text}\n`);
}
