// Owns a run as a JUnit XML report, for systems that show test results.

import type { PlanItem } from '../../run/plan.ts';
import type { ItemState, RunState } from '../../run/state.ts';
import { findingWords } from '../../view/words/finding-words.ts';
import { reasonWords, skipWords } from '../../view/words/reason-words.ts';

/**
 * A run as JUnit XML: a suite a phase, a case an item. Items that the selection left out are not reported; what
 * nobody came to is skipped. The form is the one that Jenkins' and GitLab's readers share; there is no standard.
 */
export function renderJunit(state: RunState): string {
  const suites = new Map<string, string[]>();
  const counts = { tests: 0, failures: 0, skipped: 0 };
  state.plan.items.forEach((item, index) => {
    const known = state.items[index];
    if (!known || known.status === 'excluded') return;
    const outcome = outcomeOf(known);
    counts.tests += 1;
    if (outcome?.kind === 'failure') counts.failures += 1;
    if (outcome?.kind === 'skipped') counts.skipped += 1;
    const cases = suites.get(item.phase) ?? [];
    cases.push(renderCase(item, known, outcome));
    suites.set(item.phase, cases);
  });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(state.plan.title)}" tests="${counts.tests}" failures="${counts.failures}" skipped="${counts.skipped}">`,
  ];
  for (const [phase, cases] of suites) {
    lines.push(`  <testsuite name="${phase}" tests="${cases.length}">`, ...cases, '  </testsuite>');
  }
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

interface CaseOutcome {
  readonly kind: 'failure' | 'skipped';
  readonly message: string;
  readonly detail?: string;
}

function outcomeOf(known: ItemState): CaseOutcome | undefined {
  switch (known.status) {
    case 'failed':
    case 'failed-continued': {
      const message = known.reason ? reasonWords(known.reason) : 'failed';
      const detail =
        known.reason?.type === 'expectation'
          ? (known.reason.difference ??
            `expected:\n${known.reason.expected}\nactual:\n${known.reason.actual}`)
          : undefined;
      return { kind: 'failure', message, ...(detail !== undefined && { detail }) };
    }
    case 'in-doubt':
    case 'running':
    case 'retrying':
      return { kind: 'failure', message: 'started, and nobody knows how it ended' };
    case 'skipped':
      return {
        kind: 'skipped',
        message: known.note ?? (known.skipReason ? skipWords(known.skipReason) : 'skipped'),
      };
    case 'pending':
      return { kind: 'skipped', message: 'the run did not come to it' };
    default:
      return undefined;
  }
}

function renderCase(item: PlanItem, known: ItemState, outcome: CaseOutcome | undefined): string {
  const seconds = ((known.result?.durationMs ?? 0) / 1000).toFixed(3);
  const open = `    <testcase name="${escapeXml(item.address)}" classname="${escapeXml(item.stepTitle)}" time="${seconds}"`;
  if (known.status === 'passed' && known.result?.finding)
    return `${open}><system-out>${escapeXml(findingWords(known.result))}</system-out></testcase>`;
  if (!outcome) return `${open}/>`;
  const inner = `<${outcome.kind} message="${escapeXml(outcome.message)}"`;
  const body =
    outcome.detail === undefined ? `${inner}/>` : `${inner}>${escapeXml(outcome.detail)}</${outcome.kind}>`;
  return `${open}>${body}</testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no way to write most control characters; they are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"\n]/g, (letter) => entities[letter] ?? letter);
}
