// Owns finding the page of a run that a worker is about to begin.
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { QueuedRun } from '../../../engine/queue/queued-run.ts';
import type { Library } from './library.ts';
import { digestOfFile } from './request-of.ts';

/** Its absolute path, as long as it holds the very text that was asked for; else why it is not run, in words. */
export function pageOfRun(library: Library, { runbook }: Pick<QueuedRun, 'runbook'>): Result<string, string> {
  const page = library.pageAt(runbook);
  const digest = page === undefined ? undefined : digestOfFile(page);
  if (page === undefined || digest === undefined) return fail('the library has no such runbook any more');
  // What was decided, and checked, was of another text.
  return runbook.digest === digest ? ok(page) : fail('the runbook has changed since it was asked for');
}
