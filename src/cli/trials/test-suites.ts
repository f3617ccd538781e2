// Owns running the cases of all suites, several at once, in the order in which they stand.

import { type CaseOptions, type PlacedCase, runCase } from './cases/run-case.ts';
import { Slots } from './cases/slots.ts';
import { failEach } from './fail-each.ts';
import { judgeCase } from './judge-case.ts';
import type { Suite } from './load-cases.ts';
import { type CaseReport, hasPassed } from './results/case-report.ts';

/** How cases are run. */
export interface TestOptions {
  readonly jobs: number;
  readonly failEach: boolean;
  readonly signal: AbortSignal;
}

/** Runs all cases; each is told of as soon as those before it have been. */
export async function testSuites(
  suites: readonly Suite[],
  { jobs, signal, ...options }: TestOptions,
  tell: (report: CaseReport) => void,
): Promise<readonly CaseReport[]> {
  const slots = new Slots(jobs);
  const all = suites.flatMap((suite) => suite.cases.map((placed) => ({ suite, placed })));
  const reports: CaseReport[] = [];
  let told = 0;
  await Promise.all(
    all.map(async ({ suite, placed }, index) => {
      reports[index] = await testCase(suite, placed, { slots, signal, ...options });
      for (let ready = reports[told]; ready !== undefined; ready = reports[++told]) tell(ready);
    }),
  );
  return reports;
}

async function testCase(
  { page, testFile }: Suite,
  placed: PlacedCase,
  options: Omit<TestOptions, 'jobs'> & CaseOptions,
): Promise<CaseReport> {
  let began = performance.now();
  const { test } = placed;
  const run = await runCase(placed, options, {
    // Until then it has waited for room.
    before: async () => {
      began = performance.now();
    },
    after: (found) => judgeCase(test, found),
  });
  const head = { page, testFile, name: test.name, line: test.line };
  const tookMs = (): number => Math.round(performance.now() - began);
  if (!run.ok)
    return {
      ...{ ...head, durationMs: tookMs(), problems: run.why, faults: [], records: [] },
      ...(run.interrupted && { interrupted: run.interrupted }),
    };
  const report = { ...head, durationMs: tookMs(), problems: run.value, faults: [], records: [run.record] };
  const isTried = options.failEach && test.failEach && run.record.outcome === 'succeeded';
  if (!isTried || !hasPassed(report)) return report;
  const { faults, records } = await failEach(placed, run.record, options);
  return { ...report, durationMs: tookMs(), faults, records: [run.record, ...records] };
}
