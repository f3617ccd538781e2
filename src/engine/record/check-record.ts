// Owns what is wrong with the record of a run: its journal, and everything beside it that the journal speaks of.
import type { EventOf, RecordedEvent } from '../../run/event.ts';
import { type FileOperations, systemErrorCode } from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import type { JournalContent } from '../journal/read-journal.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { readSummary } from '../journal/run-summary.ts';
import { checkCopy, checkLoose, checkStates } from './check-copy.ts';
import { checkOutputs } from './check-outputs.ts';
import { checkSummary } from './check-summary.ts';
import { keptFiles } from './kept-files.ts';
import { readPlan } from './read-plan.ts';
import { damage, note, type RecordFlaw } from './record-flaw.ts';

/** All flaws, those of the journal first; throws the system's errors where a file that is there cannot be read. */
export function checkRecord(
  folder: RunFolder,
  content: JournalContent,
  files: FileOperations = stateFileOperations,
): readonly RecordFlaw[] {
  const { events, end } = content;
  const started = events.find(isStart)?.event;
  const kept = keptFiles(events);
  const hasEnded = endedIn(events);
  const flaws = checkJournal(
    content,
    readSummary(files, folder.summary)?.status === 'ended',
    kept.sealed.at(-1) === true,
  );
  if (started?.type !== 'RunStarted') return flaws;
  return [
    ...flaws,
    ...checkPlan(folder, events, files),
    ...checkCopy(files, folder, started),
    // Where the journal itself is not whole, the summary may well say more.
    ...(content.state.type === 'whole' && flaws.length === 0 ? checkSummary(files, folder, events, end) : []),
    ...checkOutputs(files, folder, kept),
    ...checkStates(files, folder, kept.states, hasEnded),
    ...checkLoose(files, folder, lastSeal(events)),
  ];
}

/** What the last process that came to its rest has recorded of what it left. */
export function lastSeal(events: readonly RecordedEvent[]): EventOf<'RecordSealed'> | undefined {
  const sealed = events.findLast(({ event }) => event.type === 'RecordSealed')?.event;
  return sealed?.type === 'RecordSealed' ? sealed : undefined;
}

/** Whether the run is over, and was not taken up again. */
export function endedIn(events: readonly RecordedEvent[]): boolean {
  const last = events.findLast(
    ({ event }) => event.type === 'RunEnded' || event.type === 'RunResumed' || event.type === 'RunStarted',
  );
  return last?.event.type === 'RunEnded';
}

const isStart = ({ event }: RecordedEvent): boolean => event.type === 'RunStarted';

/** A write that never ended is damage where everything had been written. */
function checkJournal(
  { events, state }: JournalContent,
  saysEnded: boolean,
  isSealed: boolean,
): readonly RecordFlaw[] {
  const before = `the ${events.length} records before it hold`;
  switch (state.type) {
    case 'corrupt':
      return [damage(`line ${state.line} of the journal ${state.reason}; ${before}`)];
    case 'torn': {
      const text = `the last write to the journal was torn (${state.bytes} bytes); ${before}`;
      const isOver = saysEnded || (isSealed && endedIn(events));
      return [isOver ? damage(`${text}, though the run had ended`) : note(text)];
    }
    case 'whole': {
      if (!saysEnded || events.some(({ event }) => event.type === 'RunEnded')) return [];
      const left = `after ${events.length} that hold`;
      return [
        damage(`the run has ended, but its journal does not say so: the last records are gone, ${left}`),
      ];
    }
  }
}

function checkPlan(
  folder: RunFolder,
  events: readonly RecordedEvent[],
  files: FileOperations,
): readonly RecordFlaw[] {
  try {
    const plan = readPlan(folder, events, files);
    return plan.ok ? [] : [damage(plan.error)];
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return [damage('`plan.json` is gone')];
  }
}
