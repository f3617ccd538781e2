// Owns the choice among the forms in which findings are told.
import { relative, resolve, sep } from 'node:path';
import { writeMessage, writeResult } from '../write-result.ts';
import type { Finding } from './checked-page.ts';

/** The forms of `--format`: for people, for programs, and for the services that show findings beside a change. */
const checkFormats = ['text', 'json', 'sarif', 'github', 'gitlab'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** How many of each kind were found, in how many runbooks. */
export interface CheckCounts {
  readonly runbooks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
}

/** Prints findings: results on stdout, what is for people on stderr. */
export async function renderFindings(
  findings: readonly Finding[],
  counts: CheckCounts,
  format: CheckFormat,
): Promise<void> {
  switch (format) {
    case 'text':
      for (const { rendered } of findings) writeMessage(`${rendered}\n`);
      writeMessage(`${summaryOf(counts)}\n`);
      return;
    case 'json':
      writeJson(describedFindings(findings, counts));
      return;
    case 'github': {
      const { githubFindings } = await import('./github-findings.ts');
      writeResult(githubFindings(findings.map(fromHere)));
      writeMessage(`${summaryOf(counts)}\n`);
      return;
    }
    case 'gitlab': {
      const { gitlabFindings } = await import('./gitlab-findings.ts');
      writeJson(gitlabFindings(findings.map(fromHere)));
      return;
    }
    case 'sarif': {
      const { sarifFindings } = await import('./sarif-findings.ts');
      writeJson(sarifFindings(findings.map(fromHere)));
    }
  }
}

function writeJson(value: object): void {
  writeResult(`${JSON.stringify(value, null, 2)}\n`);
}

/** What `--format json` prints; docs/check.schema.json describes it. */
function describedFindings(findings: readonly Finding[], counts: CheckCounts): object {
  const diagnostics = findings.map(({ rendered: _rendered, ...rest }) => rest);
  return { version: 1, summary: counts, diagnostics };
}

function summaryOf({ runbooks, errors, warnings, hints }: CheckCounts): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const parts = [count(errors, 'error'), count(warnings, 'warning'), count(hints, 'hint')];
  return `${count(runbooks, 'runbook')} checked: ${parts.join(', ')}`;
}

/** Services look for files from the folder that the check was started in, where they are below it. */
function fromHere(finding: Finding): Finding {
  const near = relative(process.cwd(), resolve(finding.path));
  return { ...finding, path: (near.startsWith('..') ? finding.path : near).split(sep).join('/') };
}
