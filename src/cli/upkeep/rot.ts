// Owns `runsheet rot`: which runbooks below a folder are unproven, not reviewed, wrong, or fail in a rehearsal.
import { existsSync } from 'node:fs';
import { stalenessOf } from '../../runbook/front-matter/upkeep.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type CheckTask, checkPage } from '../checking/check-page.ts';
import type { CheckedPage } from '../checking/checked-page.ts';
import { findPages } from '../checking/find-pages.ts';
import { exitCode } from '../exit-code.ts';
import { KeptProofs } from '../history/kept-proofs.ts';
import { sharePages } from '../load/share-pages.ts';
import { outputColumns } from '../output-columns.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { noRunbooks } from './no-runbooks.ts';
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
  const format = options.json ? 'json' : options.format;
  // A report of what nobody has would pass for one of a bad page.
  const missing = names.filter((name) => !existsSync(name));
  for (const name of missing) complain(`\`${visibleText(name)}\` does not exist`);
  if (missing.length > 0) return exitCode.usage;
  const found = findPages(names);
  for (const problem of found.problems) complain(problem);
  const task: CheckTask = {
    named: found.named,
    text: 'none',
    withUpkeep: true,
    ...(options.stateDir !== undefined && { stateDir: options.stateDir }),
  };
  const checked = await sharePages(found.paths, task, checkPage, 'check-worker.js');
  const runbooks = checked.filter(({ isRunbook }) => isRunbook);
  if (runbooks.length === 0) {
    if (found.problems.length === 0) complain(noRunbooks(names));
    if (format === 'json') writeResult('[]\n');
    return exitCode.usage;
  }
  const rehearsals = options.rehearse ? await rehearseAll(runbooks, options) : new Map<string, Rehearsal>();
  if (rehearsals === undefined) return exitCode.interrupted;
  // A rehearsal may just have proven a page.
  const isNew = [...rehearsals.values()].some(({ passed }) => passed);
  const renewed = isNew ? new KeptProofs(options.stateDir) : undefined;
  const pages = runbooks.flatMap((page) => rottingPage(page, rehearsals.get(page.path), renewed) ?? []);
  if (format === 'json') writeResult(`${JSON.stringify(pages, null, 2)}\n`);
  else if (format === 'markdown') writeResult(renderRotMarkdown(pages, systemClock.now().toISOString()));
  else writeResult(renderRotTable(pages, outputColumns()));
  if (found.problems.length > 0) return exitCode.usage;
  return pages.some((page) => page.rot.length > 0) ? exitCode.failed : exitCode.succeeded;
}

function rottingPage(
  { path, findings, upkeep }: CheckedPage,
  rehearsal: Rehearsal | undefined,
  renewed: KeptProofs | undefined,
): RottingPage | undefined {
  if (upkeep === undefined) return undefined;
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const check = { errors: count('error'), warnings: count('warning'), hints: count('hint') };
  const { title, owner, times } = upkeep;
  const known = (rehearsal?.passed && renewed?.known(path)) || upkeep.known;
  const { lastProof } = known;
  const stale = stalenessOf(times, known);
  return {
    path,
    title,
    ...(owner !== undefined && { owner }),
    ...(lastProof !== undefined && lastProof !== 'none' && { lastProof }),
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
