// Owns that what a bundle holds is the record of one whole run before anything believes it.
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { nodeFileOperations } from '../files/file-operations.ts';
import { type JournalContent, readJournal } from '../journal/read-journal.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { readSummary } from '../journal/run-summary.ts';
import { checkRecord } from './check-record.ts';
import { type OpenBundle, unpackBundle } from './open-bundle.ts';

/** Unpacks a run into `draft`, which is there and empty; gives its journal, or says in words what is wrong with it. */
export function unpackRun(bundle: OpenBundle, draft: RunFolder): Result<JournalContent, string> {
  const unpacked = unpackBundle(bundle, draft.path);
  if (!unpacked.ok) return unpacked;
  const { run } = bundle.head;
  try {
    const content = readJournal(draft.journal);
    const [first] = content.events;
    if (first?.event.type !== 'RunStarted' || first.event.run !== run)
      return fail('holds another run than it says');
    if (readSummary(nodeFileOperations, draft.summary)?.id !== run)
      return fail('holds another run than it says');
    const damage = checkRecord(draft, content).find(({ type }) => type === 'damage');
    return damage === undefined ? ok(content) : fail(`holds a run whose record is damaged: ${damage.text}`);
  } catch (error) {
    // A stranger's journal may hold events of any form.
    const isForeign = error instanceof SyntaxError || error instanceof TypeError;
    if (!isCodedError(error) && !isForeign) throw error;
    return fail(`holds a run that is not whole: ${errorMessage(error)}`);
  }
}
