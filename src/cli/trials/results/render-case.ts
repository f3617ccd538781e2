// Owns how tests are told of as text.
import type { Palette } from '../../../view/layout/palette.ts';
import { counted } from '../../../view/words/quoted.ts';
import { type CaseReport, hasPassed, problemsOf } from './case-report.ts';

/** A case as a line, and what is wrong with it below. */
export function renderCase(report: CaseReport, palette: Palette): string {
  const { symbols, paint } = palette;
  const passed = hasPassed(report);
  const mark = passed
    ? paint(symbols.passed, { tone: 'good' })
    : paint(symbols.failed, { tone: 'bad', bold: true });
  const took = paint(` ${(report.durationMs / 1000).toFixed(1)} s`, { tone: 'muted' });
  const lines = problemsOf(report).map((line) => {
    const tone = /^\s*\+/.test(line) ? 'good' : /^\s*-/.test(line) ? 'bad' : undefined;
    return `      ${tone === undefined ? line : paint(line, { tone })}`;
  });
  const place = passed ? [] : [paint(`      ${report.testFile}:${report.line}`, { tone: 'muted' })];
  return `${[`  ${mark} ${report.name}${took}${faultWords(report)}`, ...lines, ...place].join('\n')}\n`;
}

function faultWords({ faults }: CaseReport): string {
  if (faults.length === 0) return '';
  const good = faults.filter(({ problems }) => problems.length === 0);
  const lasting = new Set(good.filter(({ isIrreversible }) => isIrreversible).map(({ address }) => address));
  const kept = lasting.size === 0 ? '' : `, ${lasting.size} irreversible`;
  return ` · ${good.length} of ${counted(faults.length, 'failure')} undone${kept}`;
}

/** The last line: how many cases there were, and how many of them are well. */
export function renderSummary(reports: readonly CaseReport[]): string {
  const passed = reports.filter(hasPassed).length;
  const failed = reports.length - passed;
  return `${counted(reports.length, 'case')}: ${passed} passed${failed === 0 ? '' : `, ${failed} failed`}\n`;
}
