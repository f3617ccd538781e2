// Owns how tests are told of as TAP, version 14.
import { type CaseReport, hasPassed, problemsOf } from './case-report.ts';

/** All cases as a TAP document. */
export function renderTap(reports: readonly CaseReport[]): string {
  const lines = reports.flatMap((report, index) => [
    `${hasPassed(report) ? 'ok' : 'not ok'} ${index + 1} - ${withoutDirective(`${report.page}: ${report.name}`)}`,
    ...(hasPassed(report) ? [] : diagnosis(report)),
  ]);
  return `${['TAP version 14', `1..${reports.length}`, ...lines].join('\n')}\n`;
}

function diagnosis(report: CaseReport): readonly string[] {
  const { testFile, line, durationMs } = report;
  return [
    '  ---',
    `  at: ${JSON.stringify(`${testFile}:${line}`)}`,
    `  duration_ms: ${durationMs}`,
    '  message: |-',
    ...problemsOf(report).map((text) => `    ${text}`),
    '  ...',
  ];
}

/** `#` begins a directive. */
function withoutDirective(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
