// Owns what the page of a runbook says about an item that a run waits with.
import type { Address } from '../../../basics/address.ts';
import type { RunView } from '../../../run/surface.ts';
import { indexItems, proseText } from '../../../view/steps/index-items.ts';

/** As Markdown: the prose of its step up to the item; empty where the run's page says nothing there. */
export function stepProse({ runbook, plan, linked }: RunView, address: Address): string {
  const place = indexItems(runbook, plan, linked).get(address);
  if (place === undefined) return '';
  const { step, source, part } = place;
  const before = step.parts.slice(0, part === undefined ? step.parts.length : part + 1);
  const spans = [
    ...(step.leadIn ?? []),
    ...before.flatMap((one) => (one.type === 'prose' ? [one.span] : [])),
  ];
  return spans.map((span) => proseText(source, span).trim()).join('\n\n');
}
