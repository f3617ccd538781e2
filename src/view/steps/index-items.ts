// Owns where in the runbook each item of a plan comes from, and its number for people.
import { type Address, address as toAddress } from '../../basics/address.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import type { Part, Runbook, Step } from '../../runbook/runbook.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Span } from '../../text/span.ts';

/** A step and the place of an item within it. */
export interface PlacedItem {
  readonly step: Step;
  /** What the spans of the step are places in. */
  readonly source: SourceFile;
  /** Index into `step.parts`; undefined for a manual step, which is the whole of it. */
  readonly part: number | undefined;
}

/** Steps by what a run addresses in them, nested validation and rollback included. */
function indexSteps(runbook: Runbook): ReadonlyMap<Address, PlacedItem> {
  const placed = new Map<Address, PlacedItem>();
  const { source } = runbook;
  const visit = (step: Step): void => {
    for (const [part, { address }] of step.parts.map((part, index) => [index, addressed(part)] as const)) {
      if (address !== undefined) placed.set(address, { step, source, part });
    }
    const own = toAddress(step.name);
    if (!placed.has(own)) placed.set(own, { step, source, part: undefined });
    for (const below of [...step.validation, ...step.rollback]) visit(below);
  };
  for (const step of runbook.steps) visit(step);
  return placed;
}

/** The same for all items of a run: those of linked runbooks are found in their own runbooks. */
export function indexItems(
  runbook: Runbook,
  plan: Plan,
  linked: ReadonlyMap<string, Runbook> = new Map(),
): ReadonlyMap<Address, PlacedItem> {
  const placed = new Map(indexSteps(runbook));
  const known = new Map([...linked].map(([file, other]) => [file, indexSteps(other)]));
  for (const item of plan.items) {
    const { address, within, file } = item;
    const beside = item.kind === 'manual' ? item.ask?.usedBy : undefined;
    const place = beside === undefined ? undefined : placed.get(beside);
    if (place !== undefined) placed.set(address, place);
    if (within === undefined || file === undefined) continue;
    const found = known.get(file)?.get(toAddress(address.slice(within.length + 1)));
    if (found !== undefined) placed.set(address, found);
  }
  return placed;
}

function addressed(part: Part): { readonly address?: Address } {
  switch (part.type) {
    case 'block':
      return part.block;
    case 'checklist':
      return part.checklist;
    case 'runbook-link':
      return part.link;
    case 'prose':
      return part.asks ?? {};
  }
}

/** `1` of `3`: the place of an undo item in the rollback under way, without what was left out of it. */
export function undoNumber(
  state: RunState,
  item: PlanItem,
): { readonly number: number; readonly of: number } {
  const order = (state.rollback?.order ?? []).filter((index) => state.items[index]?.status !== 'excluded');
  return { number: order.findIndex((index) => state.plan.items[index] === item) + 1, of: order.length };
}

/** What a runbook says before its first step: its introduction, and what stands before that step. */
export function openingSpans(runbook: Runbook): readonly Span[] {
  return [...runbook.intro, ...(firstStep(runbook)?.leadIn ?? [])];
}

/** The step that stands first in the document. */
export function firstStep({ steps }: Runbook): Step | undefined {
  return [...steps].sort((left, right) => left.span.start - right.span.start)[0];
}

/** What a runbook says after its last step; results and logs of earlier runs are left out. */
export function closingSpans({ steps, regions, source }: Runbook): readonly Span[] {
  const end = Math.max(0, ...steps.map(({ span }) => span.end));
  return without({ start: end, end: source.bytes.length }, regions);
}

function without(span: Span, regions: readonly { readonly span: Span }[]): Span[] {
  const kept: Span[] = [];
  let { start } = span;
  for (const { span: region } of regions) {
    if (region.end <= start || region.start >= span.end) continue;
    if (region.start > start) kept.push({ start, end: region.start });
    start = region.end;
  }
  if (start < span.end) kept.push({ start, end: span.end });
  return kept;
}

const frontMatter = /^\ufeff?---[ \t]*\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/**
 * The text of a span as if it stood at the left edge: what its container puts before each further line (blanks
 * of a list item, marks of a quote) is taken away, and at the document's start its front matter.
 */
export function proseText(source: SourceFile, span: Span): string {
  const { line } = source.lines.placeOf(span.start);
  const before = source.bytes.subarray(source.lines.startOfLine(line), span.start);
  const columns = new TextDecoder().decode(before).length;
  const [first = '', ...rest] = new TextDecoder()
    .decode(source.bytes.subarray(span.start, span.end))
    .split(/\r\n?|\n/);
  const container = new RegExp(`^[ \\t>]{0,${columns}}`);
  const text = [first, ...rest.map((line) => line.replace(container, ''))].join('\n');
  return span.start === 0 ? text.replace(frontMatter, '') : text;
}
