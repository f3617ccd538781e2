// Owns a run as a JUnit XML report, for systems that show test results.

import type { RecordedEvent } from '../../../run/event.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { RunState } from '../../../run/state.ts';
import type { ReadOutput } from '../document-log.ts';
import { escapeXml } from './escape-xml.ts';
import { type JunitCase, junitCases } from './junit-cases.ts';

/** What the report is made of; the whole journal, and what reads its outputs. */
interface JunitRun {
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  readonly read: ReadOutput;
}

/**
 * A run as JUnit XML: a suite a phase, a case a part of a step, and each of its hosts and items. Items that the selection left out are not reported; what
 * nobody came to is skipped. The form is the one that Jenkins' and GitLab's readers share; there is no standard.
 */
export function renderJunit({ state, history, read }: JunitRun): string {
  const suites = new Map<string, Suite>();
  const all = emptySuite();
  state.plan.items.forEach((item, index) => {
    const known = state.items[index];
    if (!known || known.status === 'excluded') return;
    const suite = suites.get(item.phase) ?? emptySuite();
    suites.set(item.phase, suite);
    for (const one of junitCases(state, item, known, read)) {
      suite.cases.push(renderCase(item, one));
      for (const counts of [all, suite]) {
        counts.tests += 1;
        if (one.outcome?.kind === 'failure') counts.failures += 1;
        if (one.outcome?.kind === 'skipped') counts.skipped += 1;
        counts.tookMs += one.durationMs;
      }
    }
  });
  const [first] = history;
  const since = first === undefined ? '' : ` timestamp="${escapeXml(first.at)}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(state.plan.title)}" ${countsOf(all)}${since}>`,
  ];
  for (const [phase, suite] of suites)
    lines.push(`  <testsuite name="${phase}" ${countsOf(suite)}${since}>`, ...suite.cases, '  </testsuite>');
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

/** What is counted of a phase, with its cases. */
interface Suite {
  tests: number;
  failures: number;
  skipped: number;
  tookMs: number;
  readonly cases: string[];
}

const emptySuite = (): Suite => ({ tests: 0, failures: 0, skipped: 0, tookMs: 0, cases: [] });

function countsOf({ tests, failures, skipped, tookMs }: Suite): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds(tookMs)}"`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function renderCase({ stepTitle }: PlanItem, { name, durationMs, outcome, says }: JunitCase): string {
  const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(stepTitle)}" time="${seconds(durationMs)}"`;
  const printed = says === undefined ? '' : `<system-out>${escapeXml(says, false)}</system-out>`;
  if (!outcome) return printed === '' ? `${open}/>` : `${open}>${printed}</testcase>`;
  const inner = `<${outcome.kind} message="${escapeXml(outcome.message)}"`;
  const body =
    outcome.detail === undefined
      ? `${inner}/>`
      : `${inner}>${escapeXml(outcome.detail, false)}</${outcome.kind}>`;
  return `${open}>${body}${printed}</testcase>`;
}
