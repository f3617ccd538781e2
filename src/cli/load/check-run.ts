// Owns looking at all that the record of a run consists of: its folder, its page and its signatures.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { RunId } from '../../basics/address.ts';
import { type JournalContent, readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import { checkPage } from '../../engine/record/check-page.ts';
import { checkRecord, lastSeal } from '../../engine/record/check-record.ts';
import { checkSignature } from '../../engine/record/check-signature.ts';
import { keptFiles } from '../../engine/record/kept-files.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import { damage, note, type RecordFlaw } from '../../engine/record/record-flaw.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { LinkedFile } from '../../run/plan.ts';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { loadConfiguration } from './load-configuration.ts';
import { loadRunbook } from './load-runbook.ts';

/** What was found of a record. */
export interface CheckedRun {
  readonly content: JournalContent;
  readonly flaws: readonly RecordFlaw[];
  /** Who has signed it. */
  readonly signer?: string;
}

/** Looks at everything; without a file of allowed signers, at the one that the configuration of the runbook names. */
export async function checkRun(
  { id, folder, summary }: ListedRun,
  allowedSigners: string | undefined,
): Promise<CheckedRun> {
  const content = readJournal(folder.journal);
  const record = checkRecord(folder, content);
  // That the page was not looked at, or is not signed, follows from what is told already.
  const isSealed = keptFiles(content.events).sealed.at(-1) === true;
  const written = [...checkWritten(id, content.events, isSealed), ...checkLinked(folder, content.events)];
  const page = record.length > 0 && !isSealed ? [] : written;
  const named = summary && loadConfiguration(summary.runbook).configuration.sign?.allowedSigners;
  const { flaws, signer } = await checkSignature(folder, content, {
    allowedSigners: allowedSigners ?? named,
    isOver: summary?.status === 'ended',
  });
  const found = [...record, ...page];
  // Who knows of damage has no use for what cannot be known.
  const isDamaged = found.some(({ type }) => type === 'damage');
  const more = isDamaged ? flaws.filter(({ type }) => type === 'damage') : flaws;
  return { content, flaws: [...found, ...more], ...(signer !== undefined && { signer }) };
}

/** What stands of the run in its page. */
function checkWritten(id: RunId, events: readonly RecordedEvent[], isSealed: boolean): readonly RecordFlaw[] {
  if (events.length === 0 || writesNothing(events)) return [];
  if (!isSealed)
    return [note('its page was not looked at: the process that last wrote it did not finish its work')];
  const written = lastSeal(events)?.document;
  if (written === undefined) return [];
  const page = basename(written.path);
  const { runbook } = loadRunbook(written.path);
  const unread = `\`${page}\` cannot be read, so its results were not looked at`;
  if (runbook === undefined) return [existsSync(written.path) ? damage(unread) : note(unread)];
  return checkPage(page, runbook, id, written);
}

/** Whether the run last went on with `--log none`. */
function writesNothing(events: readonly RecordedEvent[]): boolean {
  const last = events.findLast(({ event }) => 'options' in event && event.options !== undefined)?.event;
  return last !== undefined && 'options' in last && last.options?.log === 'none';
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
    return [note(`the linked runbook \`${file}\` has changed since it was run`)];
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
