// Owns `runsheet check`: everything that is wrong with runbooks or could be better.

import { readFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { type CheckTask, checkLoaded, checkPage, isChecked } from '../checking/check-page.ts';
import type { CheckedPage, Finding } from '../checking/checked-page.ts';
import { type FoundPages, findPages } from '../checking/find-pages.ts';
import { type CheckFormat, renderFindings } from '../checking/render-findings.ts';
import { exitCode } from '../exit-code.ts';
import { loadRunbookText } from '../load/load-runbook.ts';
import { sharePages } from '../load/share-pages.ts';
import { complain } from '../report-diagnostics.ts';
import { mayColour } from '../write-result.ts';

/** What `runsheet check` was given beside the runbooks. */
export interface CheckOptions {
  readonly json?: boolean;
  readonly format: CheckFormat;
  readonly strict?: boolean;
  /** Mends what can be mended for certain; with `dryRun` shows it only. */
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  /** What a page on standard input is called, and where what is beside it is looked for. */
  readonly stdinName?: string;
  readonly stateDir?: string;
}

/** Tells all that is wrong with runbooks or could be better; gives the exit code. */
export async function check(names: readonly string[], options: CheckOptions): Promise<number> {
  if (names.includes('-') && names.length > 1) {
    complain('`-` cannot be combined with files: standard input is one runbook');
    return exitCode.usage;
  }
  const whyNot = whyNoFix(names, options);
  if (whyNot !== undefined) {
    complain(whyNot);
    return exitCode.usage;
  }
  const format = options.json ? 'json' : options.format;
  const text: CheckTask['text'] =
    format !== 'text' ? 'none' : mayColour(process.stderr, process.env) ? 'coloured' : 'plain';
  const of = options.stateDir === undefined ? {} : { stateDir: options.stateDir };
  const isInput = names[0] === '-';
  const found = isInput ? undefined : findPages(names);
  for (const problem of found?.problems ?? []) complain(problem);
  let pages: readonly CheckedPage[];
  if (found === undefined) {
    const page = checkInput(options.stdinName ?? 'stdin.md', { text, ...of });
    if (page === undefined) return exitCode.usage;
    pages = [page];
  } else {
    const task = { named: found.named, text, ...of };
    if (options.fix && !(await fixAll(found, options.dryRun === true))) return exitCode.usage;
    pages = await sharePages(found.paths, task, checkPage, 'check-worker.js');
  }
  const runbooks = pages.filter(({ isRunbook }) => isRunbook);
  const findings = withoutRepeats(runbooks.flatMap((page) => page.findings));
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const counts = {
    runbooks: runbooks.length,
    errors: count('error'),
    warnings: count('warning'),
    hints: count('hint'),
  };
  await renderFindings(findings, counts, format);
  const isWarned = (page: CheckedPage) => page.findings.some(({ severity }) => severity === 'warning');
  const isBad =
    counts.errors > 0 || runbooks.some((page) => (options.strict || page.isStrict) && isWarned(page));
  return isBad || (found?.problems.length ?? 0) > 0 ? exitCode.usage : exitCode.succeeded;
}

function whyNoFix(names: readonly string[], options: CheckOptions): string | undefined {
  if (options.dryRun && !options.fix) return '`--dry-run` shows what `--fix` would do, and goes with it';
  return options.fix && names.includes('-') ? '`--fix` changes files, and standard input is none' : undefined;
}

async function fixAll({ paths, named }: FoundPages, isDry: boolean): Promise<boolean> {
  const { fixPage } = await import('../checking/fix-page.ts');
  let isGood = true;
  for (const path of paths)
    if (named.has(path) || isChecked(path)) isGood = (await fixPage(path, isDry)) && isGood;
  return isGood;
}

function checkInput(name: string, task: Omit<CheckTask, 'named'>): CheckedPage | undefined {
  try {
    return checkLoaded(name, loadRunbookText(name, readFileSync(0)), task);
  } catch (error) {
    complain(`cannot read standard input: ${errorMessage(error)}`);
    return undefined;
  }
}

/** What is wrong with a configuration file is wrong for every page below it, and told once. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const told = new Set<string>();
  return findings.filter(({ path, fingerprint }) => {
    const isNew = !told.has(`${path}\0${fingerprint}`);
    told.add(`${path}\0${fingerprint}`);
    return isNew;
  });
}
