// Owns the text of what a person does: where it names a value of the run, the value is shown with it.
import type { PlanItem } from '../../run/plan.ts';
import { type PlacedItem, proseText } from './index-items.ts';

/**
 * What a checklist or an instruction says, and what is asked before an item, as it is written; nothing for items of
 * linked pages, where a name may stand for another value than in the run.
 */
export function textForPeople(item: PlanItem, place: PlacedItem | undefined): string {
  if (item.within !== undefined) return '';
  return [ownText(item, place), item.confirm ?? ''].filter((text) => text !== '').join('\n');
}

function ownText(item: PlanItem, place: PlacedItem | undefined): string {
  if (item.kind === 'checklist') return item.entries.map(({ text }) => text).join('\n');
  if (item.kind !== 'manual') return '';
  if (place === undefined) return item.text;
  const { step, source, part } = place;
  const parts = part === undefined ? step.parts : step.parts.slice(part, part + 1);
  return parts.flatMap((one) => (one.type === 'prose' ? [proseText(source, one.span)] : [])).join('\n');
}
