// Owns what a server tells monitors of itself.

import type { QueueStatus } from '../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../engine/queue/run-queue.ts';

const counted: readonly QueueStatus[] = ['asking', 'queued', 'running', 'resting'];

/** In the text format of Prometheus; names of runbooks and people are not in it. */
export async function metricsOf(
  queue: RunQueue,
  busy: number,
  slots: number,
  startedAt: number,
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
    '# HELP process_start_time_seconds When the server was started.',
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${startedAt / 1000}`,
    '',
  ].join('\n');
}
