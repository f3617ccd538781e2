// Owns `runsheet rot`: which runbooks below a folder are unproven, not reviewed, wrong, or fail in a rehearsal.
import { type CheckTask, checkPage } from '../checking/check-page.ts';
import type { CheckedPage } from '../checking/checked-page.ts';
import { findPages } from '../checking/find-pages.ts';
import { exitCode } from '../exit-code.ts';
import { KeptProofs } from '../history/kept-proofs.ts';
import { loadForList } from '../load/load-runbook.ts';
import { sharePages } from '../load/share-pages.ts';
import { outputColumns } from '../output-columns.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { listedPage } from './listed-page.ts';
import { type Rehearsal, rehearsePage } from './rehearse-page.ts';
import { renderRotMarkdown, renderRotTable } from './render-rot-table.ts';
import { type RottingPage, rotOf } from './rotting-page.ts';

/** What `runsheet rot` was given beside the runbooks. */
export interface RotOptions {
  readonly rehearse?: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  readonly format: 'table' | 'markdown' | 'json';
  readonly json?: boolean;
  readonly stateDir?: string;
}

/** Tells which runbooks go bad; gives the exit code. */
export async function rot(names: readonly string[], options: RotOptions): Promise<number> {
  const found = findPages(names);
  for (const problem of found.problems) complain(problem);
  const task: CheckTask = {
    named: found.named,
    text: 'none',
    ...(options.stateDir !== undefined && { stateDir: options.stateDir }),
  };
  const checked = await sharePages(found.paths, task, checkPage, 'check-worker.js');
  const runbooks = checked.filter(({ isRunbook }) => isRunbook);
  const rehearsals = options.rehearse ? await rehearseAll(runbooks, options) : new Map<string, Rehearsal>();
  if (rehearsals === undefined) return exitCode.interrupted;
  // A rehearsal may just have proven a page.
  const proofs = new KeptProofs(options.stateDir);
  const pages = runbooks.map((page) => rottingPage(page, rehearsals.get(page.path), proofs));
  const format = options.json ? 'json' : options.format;
  if (format === 'json') writeResult(`${JSON.stringify(pages, null, 2)}\n`);
  else if (format === 'markdown') writeResult(renderRotMarkdown(pages, systemClock.now().toISOString()));
  else writeResult(renderRotTable(pages, outputColumns()));
  if (found.problems.length > 0) return exitCode.usage;
  return pages.some((page) => page.rot.length > 0) ? exitCode.failed : exitCode.succeeded;
}

function rottingPage(
  { path, findings }: CheckedPage,
  rehearsal: Rehearsal | undefined,
  proofs: KeptProofs,
): RottingPage {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const check = { errors: count('error'), warnings: count('warning'), hints: count('hint') };
  // What cannot be read has no title, and an error that says so.
  const page = loadForList(path) ?? { title: path, steps: 0, blocks: 0 };
  const { title, owner, lastProof, stale } = listedPage({ path, ...page }, proofs);
  return {
    path,
    title,
    ...(owner !== undefined && { owner }),
    ...(lastProof && { lastProof }),
    stale,
    check,
    ...(rehearsal && { rehearsal }),
    rot: rotOf({ check, stale, ...(rehearsal && { rehearsal }) }),
  };
}

/** One after the other, since they may look at the same machines; undefined where they were interrupted. */
async function rehearseAll(
  pages: readonly CheckedPage[],
  { timeout, stateDir }: RotOptions,
): Promise<ReadonlyMap<string, Rehearsal> | undefined> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  const rehearsals = new Map<string, Rehearsal>();
  try {
    for (const { path } of pages) {
      const options = {
        timeoutMs: timeout,
        signal: stop.signal,
        ...(stateDir !== undefined && { stateDir }),
      };
      rehearsals.set(path, await rehearsePage(path, options));
      if (!stop.signal.aborted) continue;
      writeMessage('interrupted\n');
      return undefined;
    }
    return rehearsals;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
