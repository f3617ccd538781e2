// Owns what is told of a case that was tested.
import type { CaseRecord } from '../../../surfaces/scripted/case-record.ts';

/** One block that was made to fail, and what the rollback made of it. */
export interface FaultReport {
  readonly address: string;
  readonly when: 'before' | 'after';
  /** What is not proven, in lines; none where the state came back. */
  readonly problems: readonly string[];
  /** It stays changed, and the tests say so. */
  readonly isIrreversible?: true;
}

/** A case that was run. */
export interface CaseReport {
  /** The runbook, as it was named. */
  readonly page: string;
  readonly name: string;
  /** One-based line of its file. */
  readonly line: number;
  readonly testFile: string;
  readonly durationMs: number;
  /** What is not as expected, in lines; none where the case has passed. */
  readonly problems: readonly string[];
  readonly faults: readonly FaultReport[];
  /** What was run of the page, the runs with a fault among them. */
  readonly records: readonly CaseRecord[];
  readonly interrupted?: true;
}

/** Whether a case has passed, and everything that was to be proven of it. */
export function hasPassed({ problems, faults }: CaseReport): boolean {
  return problems.length === 0 && faults.every((fault) => fault.problems.length === 0);
}

/** All that is not as it should be, in lines. */
export function problemsOf({ problems, faults }: CaseReport): readonly string[] {
  return [
    ...problems,
    ...faults
      .filter((fault) => fault.problems.length > 0)
      .flatMap(({ address, when, problems: lines }) => [
        `where \`${address}\` fails ${when === 'before' ? 'before it has run' : 'after it has run'}:`,
        ...lines.map((line) => `  ${line}`),
      ]),
  ];
}
