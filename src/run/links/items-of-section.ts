// Owns what of a runbook runs where one of its sections is named, by a link or on the command line.
import { allBlocks } from '../../runbook/lint/lint-rule.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Span } from '../../text/span.ts';
import type { PlanItem } from '../plan.ts';
import type { FoundSection } from './find-section.ts';

/** One-based, both included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/**
 * The items that stand in a section, those that undo them among them; before them what the page demands of all its
 * sections. The validation and the rollback of the whole page are left out. That the section was named settles which
 * of several it is: of procedures, of ways, of what runs only by name.
 */
export function itemsOfSection(
  runbook: Runbook,
  items: readonly PlanItem[],
  { anchor, span }: FoundSection,
): readonly PlanItem[] {
  const lines = linesOf(runbook, span);
  const headings = [...runbook.anchors.values()];
  const inner = headings.filter(({ start }) => start > span.start).map((one) => linesOf(runbook, one));
  const onlyByName = new Set(
    allBlocks(runbook).flatMap(({ block }) => (block.attributes.onlyByName ? [block.address] : [])),
  );
  const waysAround = new Set(
    (runbook.choices ?? []).flatMap(({ name, branches }) =>
      branches.filter((one) => one.span.start <= span.start).map((one) => `${name}\n${one.name}`),
    ),
  );
  return items.flatMap((item): readonly PlanItem[] => {
    if (!isWithin(item, lines)) return isDemanded(runbook, items, item, span) ? [demanded(item)] : [];
    const { onDemand, branches = [], doubts = [], ...rest } = item;
    const isLeftOut = onlyByName.has(item.address) && anchor !== item.step;
    const open = branches.filter((one) => !waysAround.has(`${one.choice}\n${one.branch}`));
    const isDirect = !inner.some((one) => isWithin(item, one));
    const left = doubts.filter(({ code, choice, ofHeading, span: from }) => {
      if (code === 'other-procedure' || ofHeading === true) return from.start > span.start;
      if (code === 'unmarked' || code === 'teardown') return !isDirect;
      return (
        choice === undefined ||
        open.length === branches.length ||
        open.some((one) => one.choice === choice.name)
      );
    });
    return [
      {
        ...rest,
        ...(onDemand && isLeftOut && { onDemand }),
        ...(open.length > 0 && { branches: open }),
        ...(left.length > 0 && { doubts: left }),
      },
    ];
  });
}

/** Whether anything of these stands in a section itself. */
export function isInSection(runbook: Runbook, item: PlanItem, { span }: FoundSection): boolean {
  return item.phase !== 'rollback' && isWithin(item, linesOf(runbook, span));
}

/** Its heading says what it is, whatever is doubtful of the rest of the page. */
function demanded(item: PlanItem): PlanItem {
  const { doubts = [], ...rest } = item;
  const left = doubts.filter(({ code }) => code !== 'unmarked' && code !== 'other-procedure');
  return { ...rest, ...(left.length > 0 && { doubts: left }) };
}

/**
 * Whether the page demands an item of all its sections: what stands in its preconditions, what makes ready there and
 * its undo included, where they are not those of another procedure.
 */
function isDemanded(
  runbook: Runbook,
  items: readonly PlanItem[],
  { line, phase }: PlanItem,
  chosen: Span,
): boolean {
  const section = runbook.sections.find(
    (one) => one.kind === 'preconditions' && isWithin({ line }, linesOf(runbook, one.span)),
  );
  if (section === undefined) return phase === 'preconditions';
  const { start, end } = section.span;
  const around = [...runbook.anchors.values()].filter((one) => one.start < start && one.end >= end);
  const parent = around.at(-1);
  if (parent === undefined || (parent.start <= chosen.start && chosen.end <= parent.end)) return true;
  const lines = linesOf(runbook, parent);
  // A title that holds nothing but them is that of the page.
  return !items.some((item) => item.phase !== 'preconditions' && isWithin(item, lines));
}

function linesOf({ source }: Runbook, { start, end }: Span): Lines {
  return {
    from: source.lines.placeOf(start).line,
    to: source.lines.placeOf(Math.max(start, end - 1)).line,
  };
}

function isWithin({ line }: Pick<PlanItem, 'line'>, { from, to }: Lines): boolean {
  return from <= line && line <= to;
}
