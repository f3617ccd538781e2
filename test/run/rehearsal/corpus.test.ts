import { expect, test } from 'vitest';
import { findEffect } from '../../../src/languages/commands/find-effect.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { readCorpus } from '../../corpus.ts';
import { Scenario } from '../scenario.ts';

/** What a block of a real page changes or destroys, with its place. */
function changesOf(path: string, item: PlanItem): string[] {
  if (item.kind !== 'block') return [];
  const found = findEffect(item.code, item.language, 'changes');
  return found === undefined ? [] : [`${path}:${item.line}: ${item.code.slice(found.start, found.end)}`];
}

// The scenario answers for every block: nothing of a page is ever run.
test('no command that changes something runs in a rehearsal or before the gate, of all real runbooks', () => {
  const rehearsed: string[] = [];
  const beforeGate: string[] = [];
  const outcomes = new Map<string, number>();
  for (const { path, bytes } of readCorpus()) {
    const { plan: written } = compilePlan(parseRunbook(decodeSource(path, bytes).source).runbook);
    // As if every doubt were accepted and every way taken, so that nothing stands in the way of what would run.
    const plan = {
      ...written,
      items: written.items.map(({ doubts: _doubts, branches: _branches, ...item }) => item as PlanItem),
    };
    const rehearsal = new Scenario(plan).start('unattended', { rehearse: true });
    rehearsal.drive();
    const outcome = rehearsal.state.outcome ?? rehearsal.state.lifecycle;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const item = new Map(plan.items.map((one) => [one.address, one]));
    for (const event of rehearsal.events) {
      const begun = event.type === 'BlockStarted' ? item.get(event.address) : undefined;
      if (begun !== undefined) rehearsed.push(...changesOf(path, begun));
    }
    for (const one of plan.items) if (one.phase === 'preconditions') beforeGate.push(...changesOf(path, one));
  }
  expect(rehearsed).toEqual([]);
  expect(beforeGate).toEqual([]);
  if (outcomes.size > 0) expect([...outcomes.keys()]).toEqual(['rehearsed']);
});
