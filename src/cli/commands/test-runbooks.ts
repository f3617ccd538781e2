// Owns `runsheet test`: the cases of runbooks are run, and what is not as expected is told.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { errorMessage } from '../../basics/coded-error.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { findTestFiles } from '../trials/find-test-files.ts';
import { loadCases } from '../trials/load-cases.ts';
import { digestsOfPages, provePages } from '../trials/prove-pages.ts';
import { type CaseReport, hasPassed } from '../trials/results/case-report.ts';
import { coverageOf, percentOf, renderCoverage } from '../trials/results/page-coverage.ts';
import { renderCase, renderSummary } from '../trials/results/render-case.ts';
import { renderJunit } from '../trials/results/render-junit.ts';
import { renderTap } from '../trials/results/render-tap.ts';
import { testSuites } from '../trials/test-suites.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet test` was given beside the runbooks. */
export interface TestCommandOptions {
  readonly jobs?: number;
  readonly filter?: string;
  readonly failEach?: boolean;
  readonly format: 'text' | 'tap' | 'json';
  readonly report: readonly string[];
  readonly coverage?: boolean;
  readonly minCoverage?: number;
  readonly watch?: boolean;
  readonly stateDir?: string;
}

/** Runs the tests of runbooks; gives the exit code. */
export async function testRunbooks(paths: readonly string[], options: TestCommandOptions): Promise<number> {
  const reports = readReports(options.report);
  if (reports === undefined) return exitCode.usage;
  const named = paths.length === 0 ? ['.'] : paths;
  if (options.watch) {
    const { watchTests } = await import('../trials/watch-tests.ts');
    return watchTests(named, (only, signal) => runOnce(only, options, reports, signal));
  }
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    return await runOnce(named, options, reports, stop.signal);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}

/** The files that JUnit reports go to; undefined after saying what is wrong with them. */
function readReports(asked: readonly string[]): readonly string[] | undefined {
  const wrong = asked.find((one) => !/^junit=./.test(one));
  if (wrong === undefined) return asked.map((one) => one.slice('junit='.length));
  complain(`--report: expected junit=FILE; got \`${wrong}\``);
  return undefined;
}

async function runOnce(
  paths: readonly string[],
  options: TestCommandOptions,
  junit: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const places = findTestFiles(paths);
  if (!places.ok) return refuse(places.error);
  if (places.value.length === 0)
    return refuse({ message: 'there are no tests here', help: 'those of `name.md` are in `name.test.yaml`' });
  const suites = loadCases(places.value, options.filter);
  if (!suites.ok) return suites.error;
  if (suites.value.every(({ cases }) => cases.length === 0))
    return refuse({ message: `no case has \`${options.filter ?? ''}\` in its name` });
  const digests = options.filter === undefined ? digestsOfPages(suites.value) : new Map<string, string>();
  const palette = choosePalette(process.stdout, process.env);
  let shown = '';
  const tell = (report: CaseReport): void => {
    if (options.format !== 'text') return;
    if (report.page !== shown) writeResult(`${shown === '' ? '' : '\n'}${report.page}\n`);
    shown = report.page;
    writeResult(renderCase(report, palette));
  };
  const jobs = options.jobs ?? Math.max(1, availableParallelism());
  const reports = await testSuites(suites.value, { jobs, signal, failEach: options.failEach === true }, tell);
  if (signal.aborted) {
    writeMessage('interrupted; nothing is left behind\n');
    return exitCode.interrupted;
  }
  const whyNot = provePages(reports, digests, chosenStateFolder(options.stateDir));
  if (whyNot !== undefined) writeMessage(`warning: that the tests passed is not kept: ${whyNot}\n`);
  return finish(reports, options, junit);
}

function finish(
  reports: readonly CaseReport[],
  options: TestCommandOptions,
  junit: readonly string[],
): number {
  const coverage = coverageOf(reports);
  if (options.format === 'text') writeResult(`\n${renderSummary(reports)}`);
  if (options.format === 'tap') writeResult(renderTap(reports));
  if (options.format === 'json') writeResult(`${JSON.stringify(toJson(reports, coverage), null, 2)}\n`);
  if (options.coverage && options.format === 'text') writeResult(renderCoverage(coverage));
  for (const file of junit)
    try {
      writeFileSync(file, renderJunit(reports));
    } catch (error) {
      complain(`the report cannot be written: ${errorMessage(error)}`);
      return exitCode.failed;
    }
  const percent = percentOf(coverage);
  const isEnough = options.minCoverage === undefined || percent >= options.minCoverage;
  if (!isEnough) complain(`${percent} % is covered; ${options.minCoverage} % is required`);
  return reports.every(hasPassed) && isEnough ? exitCode.succeeded : exitCode.failed;
}

function toJson(reports: readonly CaseReport[], coverage: ReturnType<typeof coverageOf>): object {
  return {
    version: 1,
    cases: reports.map((report) => {
      const { page, testFile, line, name, durationMs, problems, faults } = report;
      return { page, testFile, line, name, passed: hasPassed(report), durationMs, problems, faults };
    }),
    coverage: { percent: percentOf(coverage), pages: coverage },
  };
}
