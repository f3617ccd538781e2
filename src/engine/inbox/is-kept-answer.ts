// Owns what is kept of the answers that a run has taken, and whether it is from who is said to have given them.
import { basename, join } from 'node:path';
import type { Actor } from '../../run/event.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import { parsePostedCommand } from './posted-command.ts';
import { readPostedFile } from './read-posted-file.ts';

/** Where answers that were taken are kept. */
export const answersOf = (runFolder: string): string => join(runFolder, 'answers');

/** Whether the file that is kept of an answer is from who is said to have given it, to that request of this run. */
export function isKeptAnswer(
  runFolder: string,
  address: string,
  { by, of, file }: { readonly by: Actor; readonly of?: string; readonly file?: string },
): boolean {
  if (file === undefined || of === undefined || basename(file) !== file) return false;
  try {
    const read = readPostedFile(join(answersOf(runFolder), file));
    if (!read.ok || read.value.uid !== (by.via?.uid ?? by.uid)) return false;
    const said = parsePostedCommand(read.value.text, basename(runFolder));
    if (said?.onBehalf?.way !== by.via?.way || (by.via && said?.onBehalf?.person !== by.user)) return false;
    return said?.type === 'GiveApproval' && said.address === address && said.of === of;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}
