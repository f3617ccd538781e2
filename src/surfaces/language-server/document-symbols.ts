// Owns the outline of a page: its sections, their steps, and the blocks of these.
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { Runbook, Section, Step } from '../../runbook/runbook.ts';
import type { Span } from '../../text/span.ts';
import { type OpenPage, rangeOfSpan } from './pages/open-page.ts';

/** Sections hold the steps that stand in them; what stands in none is at the top. */
export function documentSymbols(page: OpenPage): readonly DocumentSymbol[] {
  const { runbook } = page;
  const own = runbook.sections.filter(({ boundTo }) => boundTo === undefined);
  const sections = own.map((section) => sectionSymbol(page, runbook, section));
  const isHeld = (step: Step) => own.some((section) => holds(section.span, step.span));
  const steps = runbook.steps.filter((step) => !isHeld(step)).map((step) => stepSymbol(page, step));
  return [...sections, ...steps].sort((left, right) => left.range.start.line - right.range.start.line);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function sectionSymbol(page: OpenPage, { steps, sections }: Runbook, section: Section): DocumentSymbol {
  const isInner = (step: Step) =>
    sections.some(
      (other) =>
        other !== section &&
        !other.boundTo &&
        holds(section.span, other.span) &&
        holds(other.span, step.span),
    );
  return {
    name: section.title,
    detail: section.kind,
    kind: SymbolKind.Namespace,
    range: rangeOfSpan(page, section.span),
    selectionRange: rangeOfSpan(page, section.headingSpan),
    children: steps
      .filter((step) => holds(section.span, step.span) && !isInner(step))
      .map((step) => stepSymbol(page, step)),
  };
}

function stepSymbol(page: OpenPage, step: Step): DocumentSymbol {
  const blocks = step.parts.flatMap((part): readonly DocumentSymbol[] => {
    if (part.type !== 'block' || !part.block.runnable) return [];
    const { address, span, risk, language = '' } = part.block;
    const range = rangeOfSpan(page, span);
    const selectionRange = { start: range.start, end: range.start };
    return [
      {
        name: address,
        detail: `${language} ${risk}`.trim(),
        kind: SymbolKind.Function,
        range,
        selectionRange,
      },
    ];
  });
  const bound = [...step.validation, ...step.rollback].map((one) => stepSymbol(page, one));
  const range = rangeOfSpan(page, step.span);
  return {
    name: step.title || step.name,
    detail: step.name,
    kind: SymbolKind.Method,
    range,
    selectionRange: step.headingSpan
      ? within(rangeOfSpan(page, step.headingSpan), range)
      : { start: range.start, end: range.start },
    children: [...blocks, ...bound],
  };
}

/** Editors refuse a symbol whose name stands outside of it. */
function within(inner: DocumentSymbol['range'], outer: DocumentSymbol['range']): DocumentSymbol['range'] {
  const isWithin =
    inner.start.line > outer.start.line ||
    (inner.start.line === outer.start.line && inner.start.character >= outer.start.character);
  return isWithin ? inner : { start: outer.start, end: outer.start };
}
