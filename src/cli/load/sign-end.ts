// Owns signing the record of a run that rests, where the configuration names a key.
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import { checkSignature } from '../../engine/record/check-signature.ts';
import { lastSigned, signRecord, trySigning } from '../../engine/record/sign-record.ts';
import type { Complaint } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { loadConfiguration } from './load-configuration.ts';

/** The key that the records of a runbook are signed with. */
function keyFor(runbook: string): string | undefined {
  return loadConfiguration(runbook).configuration.sign?.key;
}

/** Signs as far as the journal goes; false, after saying why, where that is wanted and cannot be had. */
export async function signEnd({
  folder,
  summary,
  journal,
}: {
  readonly folder: RunFolder;
  readonly summary: RunSummary;
  readonly journal: BoundedJournal;
}): Promise<boolean> {
  const key = keyFor(summary.runbook);
  if (key === undefined) return true;
  const { seq: records, hash } = journal.end;
  const signed = await signRecord(folder, key, { records, hash });
  if (signed.ok) return true;
  complain(
    `the record is not signed: ${signed.error}`,
    `it is kept; \`runsheet resume ${folder.id}\` signs it once the key can be used`,
  );
  return false;
}

/** Why the record of a run could not be signed in the end, found before it begins. */
export async function refuseUnsignable(runbook: string): Promise<Complaint | undefined> {
  const key = keyFor(runbook);
  const tried = key === undefined ? undefined : await trySigning(key);
  if (tried === undefined || tried.ok) return undefined;
  return {
    message: `the record of the run could not be signed: ${tried.error}`,
    help: 'passphrases are not asked for: name the public key of a key that an agent holds, or remove `sign` from the configuration',
  };
}

/** Why a run is not taken up that was signed, and whose signature does not hold. */
export async function refuseForged({ id, folder, summary }: ListedRun): Promise<Complaint | undefined> {
  const allowedSigners = summary && loadConfiguration(summary.runbook).configuration.sign?.allowedSigners;
  if (allowedSigners === undefined || lastSigned(folder) === undefined) return undefined;
  const { flaws } = await checkSignature(folder, readJournal(folder.journal), {
    allowedSigners,
    isOver: false,
  });
  const forged = flaws.find(({ type }) => type === 'damage');
  return forged && { message: `run \`${id}\` cannot be resumed: ${forged.text}` };
}
