// Owns comparing the copy of the runbook, shell states and results without a place with what the journal says of them.
import { join } from 'node:path';
import type { EventOf } from '../../run/event.ts';
import type { FileOperations } from '../files/file-operations.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { compareFile } from './compare-file.ts';
import { digestOfFile } from './digest-of-file.ts';
import type { KeptState } from './kept-files.ts';
import { note, type RecordFlaw } from './record-flaw.ts';

/** The copy of the runbook; the plan is compared by who reads it. */
export function checkCopy(
  files: FileOperations,
  folder: RunFolder,
  { copyDigest }: EventOf<'RunStarted'>,
): readonly RecordFlaw[] {
  const what = 'the runbook that the run was started with';
  if (copyDigest === undefined) return [note('`runbook.md` has no digest: an earlier version has kept it')];
  return compareFile(files, { path: folder.runbook, name: 'runbook.md', what }, copyDigest);
}

/** Results that had no place in the page. */
export function checkLoose(
  files: FileOperations,
  folder: RunFolder,
  sealed: EventOf<'RecordSealed'> | undefined,
): readonly RecordFlaw[] {
  if (sealed?.looseDigest === undefined) return [];
  const name = 'unplaced-results.md';
  return compareFile(
    files,
    { path: join(folder.path, name), name, what: 'what the run has left' },
    sealed.looseDigest,
  );
}

/** All states that are kept; once the run has ended they may be gone. */
export function checkStates(
  files: FileOperations,
  folder: RunFolder,
  states: readonly KeptState[],
  hasEnded: boolean,
): readonly RecordFlaw[] {
  return states.flatMap(({ state: { file, digest }, whose }): readonly RecordFlaw[] => {
    const path = join(folder.path, file);
    if (hasEnded && digestOfFile(files, path) === undefined) return [];
    if (digest === undefined) return [note(`\`${file}\` has no digest: an earlier version has kept it`)];
    return compareFile(files, { path, name: file, what: `the shell state that ${whose} left` }, digest);
  });
}
