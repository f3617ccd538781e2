// Owns parsing a text in a test, and a short form of a runbook in which whole outcomes can be compared.

import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import type { Part, Runbook, Step } from '../../src/runbook/runbook.ts';
import { renderDiagnostics } from '../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../src/text/source-file.ts';
import type { Span } from '../../src/text/span.ts';

export function parse(text: string) {
  const { source } = decodeSource('book.md', new TextEncoder().encode(text));
  return parseRunbook(source);
}

export function textAt(runbook: Runbook, span: Span): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    runbook.source.bytes.subarray(span.start, span.end),
  );
}

/** Diagnostics as a user sees them. */
export function problems(text: string): string {
  const { runbook, diagnostics } = parse(text);
  return renderDiagnostics(diagnostics, runbook.source);
}

/** Steps as lines: section, rule, name, title; below them their parts. */
export function outlineOf(runbook: Runbook): string[] {
  const lines = (step: Step, indent: string): string[] => [
    `${indent}${step.section} ${step.rule} ${step.name}${step.manual ? ' (manual)' : ''}: ${step.title}`,
    ...step.parts.map((part) => `${indent}  ${partLine(runbook, part)}`),
    ...step.validation.flatMap((bound) => lines(bound, `${indent}  validates: `)),
    ...step.rollback.flatMap((bound) => lines(bound, `${indent}  undoes: `)),
  ];
  return runbook.steps.flatMap((step) => lines(step, ''));
}

function partLine(runbook: Runbook, part: Part): string {
  switch (part.type) {
    case 'prose':
      return `prose ${JSON.stringify(textAt(runbook, part.span))}`;
    case 'block': {
      const { block } = part;
      const code = JSON.stringify(block.console?.commands ?? block.code);
      return block.runnable ? `run ${block.address} ${block.risk} ${code}` : `show ${block.address} ${code}`;
    }
    case 'checklist': {
      const items = part.checklist.items.map((item) => `[${item.ticked ? 'x' : ' '}] ${item.text}`);
      return `checklist ${part.checklist.address} ${items.join('; ')}`;
    }
    case 'runbook-link':
      return `link ${part.link.address} ${part.link.target} ${JSON.stringify(part.link.text)}`;
  }
}

export function sectionsOf(runbook: Runbook): string[] {
  return runbook.sections.map(
    ({ kind, title, depth, word, boundTo }) =>
      `${'#'.repeat(depth)} ${title}: ${kind} by "${word}"${boundTo === undefined ? '' : ` of ${boundTo}`}`,
  );
}
