// Owns the list of what is doubtful of a runbook.

import type { Doubt } from './doubts/doubt.ts';
import { allSteps } from './lint/lint-rule.ts';
import type { Runbook } from './runbook.ts';

/** Every doubt that the page does not accept, once for what gives rise to it, in source order. */
export function findDoubts(runbook: Runbook): readonly Doubt[] {
  const { accept = [] } = runbook.frontMatter;
  const found = allSteps(runbook).flatMap(({ doubts = [], parts }) => [
    ...doubts,
    ...parts.flatMap((part) => (part.type === 'block' ? (part.block.doubts ?? []) : [])),
  ]);
  return distinctDoubts(found.filter(({ code }) => !accept.includes(code)));
}

/** Each doubt once, however many steps and blocks share it, in source order. */
export function distinctDoubts<Told extends Doubt>(doubts: readonly Told[]): readonly Told[] {
  const byPlace = new Map(doubts.map((doubt) => [`${doubt.code} ${doubt.span.start}`, doubt]));
  return [...byPlace.values()].sort((left, right) => left.span.start - right.span.start);
}
