// Owns what is said first of a run that is taken up though its record is not as it was left.
import { errorMessage } from '../../basics/coded-error.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { checkRecord } from '../../engine/record/check-record.ts';
import { writeMessage } from '../write-result.ts';

/** What is run of it is refused elsewhere; this is also what it only shows, such as outputs of blocks. */
export function warnOfDamage(folder: RunFolder): void {
  for (const text of damageOf(folder)) writeMessage(`warning: ${folder.id}: ${text}\n`);
}

/** In words; a record of which a part cannot be read can be taken up all the same. */
function damageOf(folder: RunFolder): readonly string[] {
  try {
    const flaws = checkRecord(folder, readJournal(folder.journal));
    return flaws.flatMap(({ type, text }) => (type === 'damage' ? [text] : []));
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return [`its record could not all be looked at: ${errorMessage(error)}`];
  }
}
