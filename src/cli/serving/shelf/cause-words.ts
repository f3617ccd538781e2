// Owns the words for what started a run of a server.
import type { QueuedRun } from '../../../engine/queue/queued-run.ts';

/** What started a run, in one line. */
export function causeWords({ origin }: Pick<QueuedRun, 'origin'>): string {
  if (origin.type === 'person') return `a start by ${origin.person} on the ${origin.via}`;
  const { source, event, title, rule, letBegin } = origin;
  const permitted = letBegin === undefined ? '' : `, which ${letBegin} let begin`;
  return `${source} event ${event}: ${title} (${rule})${permitted}`;
}
