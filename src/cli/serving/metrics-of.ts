// Owns what a server tells monitors of itself.

import type { QueueStatus } from '../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../engine/queue/run-queue.ts';
import type { LibraryState } from './shelf/library.ts';

const counted: readonly QueueStatus[] = ['asking', 'queued', 'running', 'resting'];

/** What the queue does not know. */
export interface ServerFigures {
  readonly busy: number;
  readonly slots: number;
  readonly startedAt: number;
  readonly library: LibraryState;
  /** Of a fleet. */
  readonly more: readonly string[];
}

/** In the text format of Prometheus; names of runbooks and people are not in it. */
export async function metricsOf(
  queue: RunQueue,
  { busy, slots, startedAt, library, more }: ServerFigures,
): Promise<string> {
  const lines = [
    '# HELP runsheet_runs Runs that are not over, by status; 500 means 500 or more.',
    '# TYPE runsheet_runs gauge',
  ];
  for (const status of counted) {
    const { entries } = await queue.runs({ status: [status] }, { limit: 500 });
    lines.push(`runsheet_runs{status="${status}"} ${entries.length}`);
  }
  return [
    ...lines,
    '# HELP runsheet_workers_busy Runs that this server drives now.',
    '# TYPE runsheet_workers_busy gauge',
    `runsheet_workers_busy ${busy}`,
    '# HELP runsheet_workers Runs that it drives at once at most.',
    '# TYPE runsheet_workers gauge',
    `runsheet_workers ${slots}`,
    ...more,
    ...fetchedLines(library),
    '# HELP process_start_time_seconds When the server was started.',
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${startedAt / 1000}`,
    '',
  ].join('\n');
}

/** Nothing of a folder: it is read as it is. */
function fetchedLines({ commit, seenAtMs, trouble }: LibraryState): readonly string[] {
  if (commit === undefined) return [];
  return [
    '# HELP runsheet_library_up_to_date 1 where the last try to fetch the library succeeded.',
    '# TYPE runsheet_library_up_to_date gauge',
    `runsheet_library_up_to_date ${trouble === undefined ? 1 : 0}`,
    '# HELP runsheet_library_fetched_seconds When it was last fetched by this server; 0 if it never was.',
    '# TYPE runsheet_library_fetched_seconds gauge',
    `runsheet_library_fetched_seconds ${(seenAtMs ?? 0) / 1000}`,
  ];
}
