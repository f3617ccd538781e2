// Owns whether a run shows that its page works.
import type { RecordedEvent, RunEvent } from '../../../run/event.ts';
import type { RunOptions } from '../../../run/run-options.ts';

/** What a run has proven. */
export interface ProofOfRun {
  /** When it ended, ISO 8601. */
  readonly at: string;
  readonly by: 'run' | 'rehearsal';
  /** The digest of the page, and of those behind it, that it was begun with. */
  readonly digest: string;
}

/** Why something was not run that belongs to what the page says; all other reasons are the page's own. */
const passedOver: ReadonlySet<string> = new Set([
  'operator',
  'policy',
  'manual-policy',
  'rehearsal',
  'dry-run',
  'superseded',
]);

/**
 * What a run proves: it was of the whole page as it is written, succeeded, and nobody passed anything over, said in its
 * place that it was done, changed a command, or went into a shell of the run. A rehearsal proves a page of which it had
 * nothing to leave out. Undefined for all others.
 */
export function proofOfRun(history: readonly RecordedEvent[]): ProofOfRun | undefined {
  const last = history.findLast(({ event }) => event.type === 'RunEnded');
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  if (last?.event.type !== 'RunEnded' || started?.type !== 'RunStarted') return undefined;
  const { outcome } = last.event;
  if (outcome !== 'succeeded' && outcome !== 'rehearsed') return undefined;
  if (started.runbook.section !== undefined) return undefined;
  if (!history.every(({ event }) => isOfThePage(event))) return undefined;
  return {
    at: last.at,
    by: outcome === 'rehearsed' ? 'rehearsal' : 'run',
    digest: started.runbook.digest,
  };
}

/** Whether what has happened is what the page says, and leaves nothing of it out. */
function isOfThePage(event: RunEvent): boolean {
  switch (event.type) {
    case 'RunStarted':
      return isOfAll(event.options);
    case 'RunResumed':
      return event.options === undefined || isOfAll(event.options);
    case 'BlockSkipped':
      return !passedOver.has(event.reason);
    case 'FailureDecided':
      return event.decision !== 'skip' && event.decision !== 'mark-done';
    case 'DoubtResolved':
      return event.as === 'run-again';
    // What was done in a shell stands in no page.
    case 'BlockMarkedDone':
    case 'CommandEdited':
    case 'ShellOpened':
      return false;
    default:
      return true;
  }
}

function isOfAll({ dryRun, selection: { steps, from, until, tags } }: RunOptions): boolean {
  return !dryRun && steps.length + tags.length === 0 && from === undefined && until === undefined;
}
