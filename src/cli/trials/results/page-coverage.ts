// Owns what of runbooks a suite of tests has run: steps, ways of choices, undos.
import type { CaseRecord } from '../../../surfaces/scripted/case-record.ts';
import type { CaseReport } from './case-report.ts';

/** Of how many things how many were run, and those that were not. */
export interface Covered {
  readonly total: number;
  readonly covered: number;
  /** Such as `line 52: install`. */
  readonly missing: readonly string[];
}

/** What a suite has run of one runbook. */
export interface PageCoverage {
  readonly page: string;
  readonly steps: Covered;
  readonly branches: Covered;
  readonly undos: Covered;
}

/** What the runs of each runbook have run of it, those that failed on purpose among them. */
export function coverageOf(reports: readonly CaseReport[]): readonly PageCoverage[] {
  const pages = [...new Set(reports.map(({ page }) => page))];
  return pages.map((page) => {
    const records = reports.filter((report) => report.page === page).flatMap((report) => report.records);
    const items = [
      ...new Map(records.flatMap(({ items: all }) => all.map((item) => [item.address, item]))).values(),
    ];
    const counted = items.filter(({ kind }) => kind !== 'runbook');
    const ran = new Set(
      records.flatMap(({ items: all }) => all.filter((item) => item.ran).map(({ address }) => address)),
    );
    const of = (some: typeof counted): Covered =>
      coveredOf(
        some.map(({ address, line, file }) => [
          address,
          `${file ?? ''}${file ? ':' : 'line '}${line}: ${address}`,
        ]),
        ran,
      );
    return {
      page,
      steps: of(counted.filter(({ phase }) => phase !== 'rollback')),
      branches: branchesOf(counted, records),
      undos: of(counted.filter(({ phase }) => phase === 'rollback')),
    };
  });
}

function branchesOf(items: CaseRecord['items'], records: readonly CaseRecord[]): Covered {
  const all = [...new Set(items.flatMap(({ ways }) => ways))];
  const taken = new Set(
    records.flatMap((record) => record.items.flatMap(({ ran, ways }) => (ran ? ways : []))),
  );
  return coveredOf(
    all.map((way) => [way, way]),
    taken,
  );
}

function coveredOf(
  all: readonly (readonly [key: string, words: string])[],
  ran: ReadonlySet<string>,
): Covered {
  const missing = all.filter(([key]) => !ran.has(key)).map(([, words]) => words);
  return { total: all.length, covered: all.length - missing.length, missing };
}

/** The share of everything that was run, in whole percent, rounded down; 100 where there is nothing to run. */
export function percentOf(pages: readonly PageCoverage[]): number {
  const parts = pages.flatMap(({ steps, branches, undos }) => [steps, branches, undos]);
  const sum = (of: 'total' | 'covered') => parts.reduce((all, part) => all + part[of], 0);
  return sum('total') === 0 ? 100 : Math.floor((100 * sum('covered')) / sum('total'));
}

/** A line a runbook, what was not run below it. */
export function renderCoverage(pages: readonly PageCoverage[]): string {
  const head = ['', 'steps', 'branches', 'undos', ''];
  const share = ({ covered, total }: Covered): string => `${covered}/${total}`;
  const rows = pages.map((page) => [
    page.page,
    share(page.steps),
    share(page.branches),
    share(page.undos),
    `${percentOf([page])} %`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const lines = pages.flatMap(({ steps, branches, undos }, index) => [
    line(rows[index] ?? []),
    ...[...steps.missing, ...branches.missing, ...undos.missing].map((words) => `    not run: ${words}`),
  ]);
  return `\n${[line(head), ...lines].join('\n')}\n`;
}
