// Owns `runsheet verify`: whether the record of a run is whole and unaltered.
import { basename, dirname, resolve } from 'node:path';
import type { RunId } from '../../basics/address.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { checkPage } from '../../engine/record/check-page.ts';
import { checkRecord, lastSeal } from '../../engine/record/check-record.ts';
import { keptFiles } from '../../engine/record/kept-files.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import { note, type RecordFlaw } from '../../engine/record/record-flaw.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { LinkedFile } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { exitCode } from '../exit-code.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';
import { findRun } from '../load/find-run.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet verify` was given beside the run. */
export interface VerifyOptions {
  readonly stateDir?: string;
}

/** Says whether all that the record of a run consists of is whole and unaltered; gives the exit code. */
export async function verify(name: string | undefined, options: VerifyOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { id, folder } = found.value;
  const content = readJournal(folder.journal);
  const record = checkRecord(folder, content);
  const written = [...checkWritten(id, content.events), ...checkLinked(folder, content.events)];
  // That the page was not looked at follows from what is told already.
  const flaws = record.length > 0 && !isSealed(content.events) ? record : [...record, ...written];
  for (const { type, text } of flaws)
    if (type === 'damage') complain(`${id}: ${text}`);
    else writeMessage(`note: ${id}: ${text}\n`);
  if (flaws.some(({ type }) => type === 'damage')) return exitCode.failed;
  const { events, end } = content;
  writeResult(`${id}: ${events.length} records, whole and unaltered; last hash ${end.hash}\n`);
  return exitCode.succeeded;
}

/** Whether the last process of the run left its record whole. */
function isSealed(events: readonly RecordedEvent[]): boolean {
  return keptFiles(events).sealed.at(-1) === true;
}

/** What stands of the run in its page. */
function checkWritten(id: RunId, events: readonly RecordedEvent[]): readonly RecordFlaw[] {
  if (events.length === 0 || endsWith(events)?.log === 'none') return [];
  if (!isSealed(events))
    return [note('its page was not looked at: the process that last wrote it did not come to its rest')];
  const written = lastSeal(events)?.document;
  if (written === undefined) return [];
  const page = basename(written.path);
  const { runbook } = loadRunbook(written.path);
  if (runbook === undefined) return [note(`\`${page}\` cannot be read, so its results were not looked at`)];
  return checkPage(page, runbook, id, written);
}

/** Linked pages that are others by now: what ran of them is in the plan, which its digest covers. */
function checkLinked(folder: RunFolder, events: readonly RecordedEvent[]): readonly RecordFlaw[] {
  const started = events.find(({ event }) => event.type === 'RunStarted')?.event;
  const linked = linkedOf(folder, events);
  if (started?.type !== 'RunStarted') return [];
  return linked.flatMap(({ file, digest }): readonly RecordFlaw[] => {
    const { runbook } = loadRunbook(resolve(dirname(started.runbook.path), file));
    if (runbook === undefined) return [note(`the linked runbook \`${file}\` cannot be read any more`)];
    if (digestOfRunbook(runbook) === digest) return [];
    return [note(`the linked runbook \`${file}\` is another by now than the one that was run`)];
  });
}

/** That a plan cannot be read, or is another, is told by who checks the record. */
function linkedOf(folder: RunFolder, events: readonly RecordedEvent[]): readonly LinkedFile[] {
  try {
    const plan = readPlan(folder, events);
    return plan.ok ? (plan.value.linked ?? []) : [];
  } catch {
    return [];
  }
}

/** The options that the run last went on with. */
function endsWith(events: readonly RecordedEvent[]): RunOptions | undefined {
  const last = events.findLast(({ event }) => 'options' in event && event.options !== undefined)?.event;
  return last && 'options' in last ? last.options : undefined;
}
