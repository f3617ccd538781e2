// Owns keeping that the tests of a page have all passed, as a proof of it.
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { UnsafeFolder } from '../../engine/files/require-safe-folder.ts';
import { ProofStore } from '../../engine/journal/proof-store.ts';
import { digestOfRun } from '../load/digest-of-runbook.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { systemClock } from '../system-clock.ts';
import type { Suite } from './load-cases.ts';
import { type CaseReport, hasPassed } from './results/case-report.ts';

/** The digests of the pages that are to be tested, by their path. */
export function digestsOfPages(suites: readonly Suite[]): ReadonlyMap<string, string> {
  return new Map(
    suites.flatMap(({ page }) => {
      const { runbook } = loadRunbook(page);
      return runbook === undefined ? [] : [[page, digestOfRun(runbook, loadPlan(runbook).plan)] as const];
    }),
  );
}

/**
 * Keeps a proof of each page all of whose cases have passed, one of them with a run of the whole page that proves it by
 * the rule for every run: then all that the page validates was validated. `digests` are of before the tests. Gives why
 * nothing can be kept, where that is so.
 */
export function provePages(
  reports: readonly CaseReport[],
  digests: ReadonlyMap<string, string>,
  stateFolder: string,
): string | undefined {
  try {
    const store = new ProofStore(stateFolder);
    for (const [page, digest] of digests) {
      const cases = reports.filter((report) => report.page === page);
      if (!cases.every(hasPassed) || !cases.some(({ records: [own] }) => own?.isProof)) continue;
      store.keep(page, { at: systemClock.now().toISOString(), digest, cases: cases.length });
    }
    return undefined;
  } catch (error) {
    if (error instanceof UnsafeFolder) return error.message;
    if (error instanceof Error && systemErrorCode(error) !== undefined) return error.message;
    throw error;
  }
}
