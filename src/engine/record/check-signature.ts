// Owns whether a record is signed as far as it goes, and by somebody whose signature counts.
import { readFileSync } from 'node:fs';
import type { JournalContent } from '../journal/read-journal.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { damage, note, type RecordFlaw } from './record-flaw.ts';
import { lastSigned, signerOf } from './sign-record.ts';

/** What is known of the signatures of a record. */
export interface SignatureCheck {
  readonly flaws: readonly RecordFlaw[];
  /** Who has signed all of it; absent where nobody has, or where it is not known. */
  readonly signer?: string;
}

/**
 * Looks at the last signature. `isOver` says that the run has ended and everything about it was done, which is when it
 * has to be signed.
 */
export async function checkSignature(
  folder: RunFolder,
  { state, end }: JournalContent,
  { allowedSigners, isOver }: { readonly allowedSigners: string | undefined; readonly isOver: boolean },
): Promise<SignatureCheck> {
  const records = lastSigned(folder);
  const one = (flaw: RecordFlaw): SignatureCheck => ({ flaws: [flaw] });
  if (allowedSigners === undefined) {
    if (records === undefined) return one(note(unsigned));
    return one(note('it is signed; whose signatures count only a file of allowed signers can say'));
  }
  const missing = isOver ? damage : note;
  if (records === undefined) return one(missing('it is not signed'));
  if (records > end.seq)
    return one(damage(`the last records are gone: ${records} were signed, and ${end.seq} are left`));
  const hash = records === end.seq ? end.hash : hashAt(folder.journal, records);
  const signer = await signerOf(folder, allowedSigners, { records, hash });
  if (!signer.ok) return one(damage(`the signature does not hold: ${signer.error}`));
  if (records === end.seq && state.type === 'whole') return { flaws: [], signer: signer.value };
  return one(missing(`only the first ${records} of ${end.seq} records are signed, by ${signer.value}`));
}

const unsigned =
  'it is not signed: whoever can write to the state folder and the page could have made all of it anew';

/** The hash of a record of a journal that holds. */
function hashAt(journal: string, records: number): string {
  const line = readFileSync(journal, 'utf8').split('\n')[records - 1] ?? '{}';
  return String((JSON.parse(line) as { readonly hash?: string }).hash);
}
