// Owns the overview of what guards each step: its check, undo, validation and time limit.

import { mayNeedUndo, undosOf } from '../../../run/belonging/undos-of.ts';
import type { Plan, PlanItem } from '../../../run/plan.ts';
import type { RunState } from '../../../run/state.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { layOutTable } from '../../../view/layout/lay-out-table.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { listed } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';

/** A table of the parts that change something; red is what destroys something and has no such guard. */
export function guardLines({ plan, items }: RunState, width: number, palette: Palette): StyledLine[] {
  const shown = plan.items.filter((item, index) => mayNeedUndo(item) && items[index]?.status !== 'excluded');
  const title = [styled('What guards each part that changes something', { bold: true })];
  if (shown.length === 0) return [title, [], [styled('Nothing here changes anything.')]];
  const head = ['Part', 'Risk', 'Check', 'Undo', 'Validation', 'At most'].map((text) => [styled(text)]);
  return [title, [], ...layOutTable([head, ...shown.map((item) => rowOf(item, plan))], [], width, palette)];
}

function rowOf(item: PlanItem, plan: Plan): StyledRun[][] {
  const block = item.kind === 'block' ? item : undefined;
  const hasCheck = block?.check !== undefined || block?.writes !== undefined;
  return [
    [styled(visibleText(item.address))],
    [styled(item.risk, item.risk === 'destructive' ? { tone: 'bad', bold: true } : {})],
    [guard(hasCheck ? 'yes' : undefined, item)],
    [guard(undoWords(item, plan), item)],
    [guard(validationWords(item, plan), item)],
    [guard(block?.timeoutMs === undefined ? undefined : writtenDuration(block.timeoutMs), item)],
  ];
}

function guard(text: string | undefined, { risk }: PlanItem): StyledRun {
  if (text !== undefined) return styled(text);
  return styled('none', { tone: risk === 'destructive' ? 'bad' : 'muted' });
}

function undoWords(item: PlanItem, plan: Plan): string | undefined {
  const undos = undosOf(plan, item);
  if (undos?.of === 'runbook') return 'rollback section';
  return undos && listed(undos.items.map(({ address }) => visibleText(address)));
}

/** The validation of the step itself, or that at the end of the runbook. */
function validationWords({ step }: PlanItem, { items }: Plan): string | undefined {
  const own = items.filter(({ validates }) => validates === step);
  if (own.length > 0) return listed(own.map(({ address }) => visibleText(address)));
  return items.some(({ phase }) => phase === 'validation') ? 'at the end' : undefined;
}
