// Owns how tests are told of as JUnit XML.
import { escapeXml } from '../../../surfaces/reports/telling/escape-xml.ts';
import { type CaseReport, hasPassed, problemsOf } from './case-report.ts';

/** All cases as JUnit XML: a suite a runbook, in the form that Jenkins' and GitLab's readers share. */
export function renderJunit(reports: readonly CaseReport[]): string {
  const pages = [...new Set(reports.map(({ page }) => page))];
  const lines = pages.flatMap((page) => {
    const own = reports.filter((report) => report.page === page);
    return [
      `  <testsuite name="${escapeXml(page)}" ${countsOf(own)}>`,
      ...own.flatMap(renderCase),
      '  </testsuite>',
    ];
  });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="runsheet test" ${countsOf(reports)}>`,
    ...lines,
    '</testsuites>',
  ].join('\n')}\n`;
}

function renderCase(report: CaseReport): readonly string[] {
  const { name, page, testFile, durationMs } = report;
  const head =
    `name="${escapeXml(name)}" classname="${escapeXml(page)}" file="${escapeXml(testFile)}" ` +
    `time="${seconds(durationMs)}"`;
  if (hasPassed(report)) return [`    <testcase ${head}/>`];
  const [first = '', ...rest] = problemsOf(report);
  return [
    `    <testcase ${head}>`,
    `      <failure message="${escapeXml(first)}">${escapeXml([first, ...rest].join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

function countsOf(reports: readonly CaseReport[]): string {
  const failures = reports.filter((report) => !hasPassed(report)).length;
  const tookMs = reports.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return `tests="${reports.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(tookMs)}"`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
