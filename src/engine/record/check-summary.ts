// Owns comparing what lists show of a run with its journal.
import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '../../run/event.ts';
import { type FileOperations, readFully, systemErrorCode } from '../files/file-operations.ts';
import type { JournalPosition } from '../journal/read-journal.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { parseSummary, type RunSummary, summaryAfter } from '../journal/run-summary.ts';
import { damage, note, type RecordFlaw } from './record-flaw.ts';

const name = '`meta.json`';

/** A summary is written after the journal, so that it may be behind it where a process was killed. */
export function checkSummary(
  files: FileOperations,
  folder: RunFolder,
  events: readonly RecordedEvent[],
  end: JournalPosition,
): readonly RecordFlaw[] {
  const text = readText(files, folder.summary);
  if (text === undefined) return [damage(`${name} is gone`)];
  const summary = parseSummary(text);
  if (summary === undefined || !isAsWritten(text, summary)) return [damage(`${name} was changed`)];
  const { end: known, ...told } = summary;
  const all = summariesOf(events, told);
  const fitting = all.findLastIndex((one) => isDeepStrictEqual(one, told));
  if (fitting === -1) return [damage(`${name} does not say what the journal says`)];
  if (fitting < all.length - 1) return [note(`${name} is behind the journal, as a killed process leaves it`)];
  return known === undefined ? [] : compareEnd(known, end);
}

function compareEnd(known: JournalPositionOf, { seq, hash }: JournalPosition): readonly RecordFlaw[] {
  if (known.records > seq) return [damage(`the last records are gone: ${seq} of ${known.records} are left`)];
  if (known.records < seq)
    return [
      note(`${seq - known.records} records came after the end of the run, as a killed process leaves them`),
    ];
  return known.hash === hash ? [] : [damage('the journal ends in another record than the run did')];
}

type JournalPositionOf = NonNullable<RunSummary['end']>;

function readText(files: FileOperations, path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFully(files, path));
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Nothing else stands in it, and it stands in the form in which it is written. */
function isAsWritten(text: string, summary: RunSummary): boolean {
  const value: unknown = JSON.parse(text);
  return isDeepStrictEqual(value, { ...summary }) && text === `${JSON.stringify(value, null, 2)}\n`;
}

/** What lists showed of the run, one after the other; what an earlier version did not record is taken from `told`. */
function summariesOf(events: readonly RecordedEvent[], told: RunSummary): readonly RunSummary[] {
  const summaries: RunSummary[] = [];
  for (const { event, at } of events) {
    if (event.type === 'RunStarted') {
      const { run, runbook, by, mode, options, startedAt = told.startedAt } = event;
      const { path, title } = runbook;
      const rehearsed = options.rehearse && { rehearsed: true as const };
      const who = `${by.user}@${by.host}`;
      summaries.push({
        id: run,
        runbook: path,
        title,
        by: who,
        mode,
        startedAt,
        status: 'open',
        ...rehearsed,
      });
      continue;
    }
    const last = summaries.at(-1);
    const next = last && summaryAfter(last, event, at);
    if (next) summaries.push(next);
  }
  return summaries;
}
