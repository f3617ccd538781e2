// Owns telling the channels of a run that its process ended without a word.
import { statSync } from 'node:fs';
import { isCodedError } from '../../basics/coded-error.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { PageRules, Plan } from '../../run/plan.ts';
import { linksWithRules } from '../../run/rules/links-with-rules.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { currentActor } from '../current-actor.ts';
import { openRun } from '../session/open-run.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';
import { tellAtRest } from './tell-at-rest.ts';

/** What broke off longer ago is no news to anybody. */
const freshMs = 24 * 60 * 60_000;

/** Tells of a run that broke off where its runbook wants that and nobody has. */
export async function tellOfBreak(run: ListedRun): Promise<void> {
  if (!isNews(run)) return;
  const opened = openRun(run);
  if (!opened.ok) return;
  const { lock, journal, state, history } = opened.value;
  try {
    const recorded = journal.append([{ type: 'RunFoundBrokenOff', by: currentActor() }]);
    const become = await tellAtRest({ journal, state, history }, recorded);
    await journal.sync();
    const words = become.map((event) => describeEvent(event).text);
    writeMessage(`note: ${[`run ${run.id} was interrupted`, ...words].join('; ')}\n`);
  } finally {
    journal.close();
    lock.release();
  }
}

function isNews({ folder }: ListedRun): boolean {
  try {
    if (systemClock.now().getTime() - statSync(folder.journal).mtimeMs > freshMs) return false;
    const { events } = readJournal(folder.journal);
    const plan = readPlan(folder, events);
    return plan.ok && wantsToKnow(plan.value) && isUntold(events);
  } catch (error) {
    // What cannot be read is told of by the commands that are about it.
    if (!isCodedError(error)) throw error;
    return false;
  }
}

function wantsToKnow(plan: Plan): boolean {
  const pages: readonly PageRules[] = [plan, ...linksWithRules(plan).map(({ page }) => page)];
  return pages.some(
    ({ notify = [], escalation = [] }) =>
      notify.some(({ on }) => on.includes('broken-off') || on.includes('failure')) ||
      escalation.some(({ after }) => after === 'failure'),
  );
}

const ofTelling: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'NotificationSent',
  'NotificationFailed',
]);

function isUntold(events: readonly RecordedEvent[]): boolean {
  const last = events.findLast(({ event }) => !ofTelling.has(event.type))?.event.type;
  return last !== undefined && last !== 'RunFoundBrokenOff';
}
