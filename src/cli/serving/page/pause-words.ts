// Owns what a run that rests waits for, in a few words for lists.
import { readJournal } from '../../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../../engine/journal/run-folder.ts';
import type { PauseReason } from '../../../run/belonging/pause-reason.ts';

const words: Readonly<Record<PauseReason, string>> = {
  operator: 'somebody has paused it',
  drained: 'its server has ended',
  'manual-step': 'a person has something to do',
  approval: 'waits for approval',
  confirmation: 'waits for a yes',
  'in-doubt': 'how a block ended is not known',
  doubtful: 'does a part of the page belong to it?',
  failure: 'a step failed',
  interrupt: 'it was interrupted',
  hangup: 'it was interrupted',
  terminate: 'it was interrupted',
  changed: 'its runbook has changed: keep or take?',
  document: 'its page could not be written',
  journal: 'its record could not be written',
};

/** Read from the journal; undefined for one that does not rest. */
export function pauseWords(folder: RunFolder): string | undefined {
  const paused = readJournal(folder.journal).events.findLast(({ event }) => event.type === 'RunPaused');
  return paused?.event.type === 'RunPaused' ? words[paused.event.reason] : undefined;
}
