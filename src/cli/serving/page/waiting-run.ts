// Owns what the page shows of a run that waits for its turn: no journal tells of it yet.
import { runId } from '../../../basics/address.ts';
import type { QueuedRun } from '../../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { formatMoment } from '../../../runbook/regions/format-duration.ts';
import type { PageTable } from '../../../surfaces/reports/page/page.ts';
import type { WebPort, WebQuestion, WebRun } from '../../../surfaces/web/web-port.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { causeWords } from '../shelf/cause-words.ts';
import { originWords } from './shown-run.ts';

/** Grows as a run comes nearer to its turn; the shortest journal is longer than the last of these. */
export function waitingMark({ status }: QueuedRun): number {
  return ['asking', 'queued', 'running', 'resting', 'cancelled', 'ended'].indexOf(status);
}

/** As lists have it. */
export function waitingOf(run: QueuedRun): WebRun {
  return {
    id: run.id,
    title: run.runbook.path,
    status: run.status === 'asking' ? 'waits for permission' : run.status,
    startedBy: originWords(run.origin),
    startedAt: new Date(run.queuedAt).toISOString(),
  };
}

/** A run that waits for its turn has a page, too; undefined where the queue has none of this id. */
export async function waitingRun(queue: RunQueue, id: string): ReturnType<WebPort['run']> {
  const run = await queue.run(runId(id));
  if (run === undefined) return undefined;
  return {
    ...waitingOf(run),
    cause: causeWords(run),
    mark: waitingMark(run),
    isLive: false,
    isUnbegun: true,
    isOpen: run.status === 'asking' || run.status === 'queued',
    questions: run.status === 'asking' ? [permission(run.reason ?? '', run.runbook.path)] : [],
    report: {
      title: run.runbook.path,
      blocks: [{ type: 'paragraph', text: `It has not begun${whyNot(run)}.` }, factsOf(run)],
    },
    running: [],
    canGoOn: false,
    outputs: [],
  };
}

function whyNot({ status, reason, outcome }: QueuedRun): string {
  if (status === 'queued' && reason === undefined)
    return ': it waits for its turn, by a free worker and the limits of its runbook';
  return `${reason === undefined ? '' : `: ${visibleText(reason)}`}${outcome ? `: ${visibleText(outcome)}` : ''}`;
}

/** What whoever lets it begin, or drops it, has to know. */
function factsOf({ id, runbook, inputs, queuedAt, dueAt, status }: QueuedRun): PageTable {
  const given = Object.entries(inputs).map(([name, value]) => visibleText(`${name}=${value}`));
  const at = (time: number): string => formatMoment(new Date(time).toISOString());
  return {
    type: 'table',
    head: [],
    rows: [
      ['run', id],
      ['runbook', visibleText(runbook.path)],
      ['asked for', at(queuedAt)],
      ...(status === 'queued' && dueAt !== undefined && dueAt > queuedAt ? [['not before', at(dueAt)]] : []),
      ['inputs', given.length === 0 ? 'none given' : given.join(', ')],
    ],
  };
}

/** The question whether a run may begin. */
export const permissionName = 'may-begin';

function permission(reason: string, path: string): WebQuestion {
  const asked = `${reason}; may the run begin?`;
  return {
    ...{ type: 'question', id: permissionName, place: path, asked, shown: [], words: ['begin', 'drop'] },
    meanings: { begin: 'it runs as if it had just been asked for', drop: 'it is not run' },
  };
}
