// Owns what a command that tells of a run says beside it where the record is not as it was left.
import type { JournalContent } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { checkRecord } from '../../engine/record/check-record.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';

/** Complains of all damage; gives the exit code. */
export function tellDamage(folder: RunFolder, content: JournalContent): number {
  const found = checkRecord(folder, content).filter(({ type }) => type === 'damage');
  for (const { text } of found) complain(`${folder.id}: ${text}`);
  return found.length === 0 ? exitCode.succeeded : exitCode.failed;
}
