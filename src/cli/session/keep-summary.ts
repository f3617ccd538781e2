// Owns what lists of runs show of a run while it goes on.
import { type RunSummary, summaryAfter } from '../../engine/journal/run-summary.ts';
import type { RunListener } from '../../engine/run-engine.ts';
import type { RunSession } from './run-session.ts';

/**
 * Keeps what lists of runs show in step with the journal; a failure here costs a list its freshness only. The end of
 * a run is told by `close`, when everything that belongs to it is done.
 */
export function keepSummary({
  store,
  folder,
  summary,
  journal,
}: Pick<RunSession, 'store' | 'folder' | 'summary' | 'journal'>): RunListener & {
  readonly close: () => void;
} {
  let last: RunSummary | undefined;
  const write = (next: RunSummary): void => {
    try {
      store.updateSummary(folder, next);
    } catch {
      // The journal is the truth, and it has just been written.
    }
  };
  return {
    onEvent({ event, at }) {
      const next = summaryAfter(summary, event, at);
      if (!next) return;
      last = next;
      if (next.status !== 'ended') write(next);
    },
    close: () => {
      const { seq: records, hash } = journal.end;
      if (last?.status === 'ended') write({ ...last, end: { records, hash } });
    },
  };
}
