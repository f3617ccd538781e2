import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, address, stepName } from '../../src/basics/ids.ts';
import type { RunCommand } from '../../src/run/command.ts';
import type { RunEvent } from '../../src/run/event.ts';
import { evolve, initialState } from '../../src/run/evolve.ts';
import type { BlockItem, Phase, Plan, PlanItem } from '../../src/run/plan.ts';
import { block, planOf } from './sample-plan.ts';
import { ada, grace, Scenario } from './scenario.ts';

const phases: readonly Phase[] = [
  'preconditions',
  'diagnosis',
  'steps',
  'steps',
  'steps',
  'validation',
  'cleanup',
];

/** Plans of up to seven items with gates, conditions, retries and undos sprinkled over them. */
const plans: fc.Arbitrary<Plan> = fc
  .array(
    fc.record({
      phase: fc.nat({ max: phases.length - 1 }),
      kind: fc.constantFrom('block', 'block', 'block', 'manual', 'checklist'),
      retries: fc.nat({ max: 2 }),
      when: fc.boolean(),
      check: fc.boolean(),
      confirm: fc.boolean(),
      approve: fc.boolean(),
      destructive: fc.boolean(),
      undo: fc.boolean(),
      onFailure: fc.constantFrom(undefined, 'continue', 'rollback', 'stop', 'ask'),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((shapes) => {
    const sorted = shapes.toSorted((left, right) => left.phase - right.phase);
    const items = sorted.map((shape, index): PlanItem => {
      const phase = phases[shape.phase] ?? 'steps';
      const base = block(`item-${index}`, phase);
      if (shape.kind === 'manual') return { ...base, kind: 'manual', text: 'by hand' };
      if (shape.kind === 'checklist') {
        return {
          ...base,
          kind: 'checklist',
          entries: [
            { text: 'a', ticked: false },
            { text: 'b', ticked: true },
          ],
        };
      }
      const more: Partial<BlockItem> = {
        retries: shape.retries,
        ...(shape.when && { when: 'w' }),
        ...(shape.check && { check: 'c' }),
        ...(shape.confirm && { confirm: 'Sure?' }),
        ...(shape.approve && phase === 'steps' && { approve: { type: 'count', count: 2 } as const }),
        ...(shape.destructive && phase === 'steps' && { risk: 'destructive' as const }),
        ...(shape.onFailure && { onFailure: shape.onFailure as BlockItem['onFailure'] & string }),
      };
      return { ...base, ...more };
    });
    const undos = sorted.flatMap((shape, index) =>
      shape.undo && phases[shape.phase] === 'steps'
        ? [block(`undo-${index}`, 'rollback', { undoes: stepName(`item-${index}`) })]
        : [],
    );
    return planOf([...items, ...undos, block('restore', 'rollback')]);
  });

type Move = { readonly verb: number; readonly item: number; readonly flag: boolean };
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ verb: fc.nat({ max: 16 }), item: fc.nat({ max: 12 }), flag: fc.boolean() }),
  { maxLength: 40 },
);

/** Any command at all, sensible or not: `decide` must hold the line. */
function commandOf(plan: Plan, { verb, item, flag }: Move): RunCommand {
  const target: Address = plan.items[item % plan.items.length]?.address ?? address('nowhere');
  const by = flag ? ada : grace;
  const commands: readonly RunCommand[] = [
    { type: 'RunBlock', address: target, by },
    { type: 'RunUntilGate', by },
    { type: 'SkipItem', address: target, by, note: flag ? 'because' : '' },
    { type: 'MarkDone', address: target, by, note: 'by hand' },
    { type: 'Confirm', address: target, by, typed: flag ? target : 'no' },
    { type: 'CompleteManualStep', address: target, by },
    { type: 'SetChecklistItem', address: target, index: flag ? 0 : 1, ticked: true, by },
    { type: 'DecideFailure', address: target, decision: flag ? 'retry' : 'continue', by },
    { type: 'DecideFailure', address: target, decision: flag ? 'rollback' : 'stop', by },
    { type: 'DecideFailure', address: target, decision: flag ? 'skip' : 'mark-done', by, note: 'x' },
    { type: 'ResolveDoubt', address: target, as: flag ? 'run-again' : 'done', by },
    { type: 'GiveApproval', address: target, by: { user: flag ? 'grace' : 'lin', host: 'h' } },
    { type: 'JumpTo', address: target, by },
    { type: 'RequestRollback', by },
    { type: 'StartRollback', excluded: flag ? [target] : [], by },
    { type: 'DeclineRollback', by },
    flag ? { type: 'PauseRun', reason: 'operator', by } : { type: 'StopRun', by },
  ];
  return commands[verb] ?? { type: 'StopRun', by };
}

/** What went wrong in a history, in words; none is the law. */
function violations(plan: Plan, events: readonly RunEvent[]): string[] {
  const found: string[] = [];
  const items = new Map(plan.items.map((item) => [item.address, item]));
  const touched = new Set<string>();
  const holds = new Set<string>();
  let open = !plan.items.some((item) => item.phase === 'preconditions');
  let ended = false;
  for (const event of events) {
    if (event.type === 'RunResumed' || event.type === 'RunStarted') ended = false;
    else if (ended) found.push(`${event.type} after the end`);
    if (event.type === 'RunEnded') ended = true;
    if (event.type === 'GateOpened') {
      open = true;
      for (const item of plan.items) {
        if (item.phase === 'preconditions' && !holds.has(item.address))
          found.push(`the gate opened without ${item.address}`);
      }
    }
    if (!('address' in event) || !event.address) continue;
    const item = items.get(event.address);
    if (!item) continue;
    const good = ['BlockPassed', 'BlockAlreadyDone', 'BlockMarkedDone', 'ManualStepDone'];
    const skips =
      event.type === 'BlockSkipped' && ['condition', 'manual-policy', 'rehearsal'].includes(event.reason);
    const byHand = event.type === 'FailureDecided' && event.decision === 'mark-done';
    const byWord = event.type === 'DoubtResolved' && event.as !== 'failed';
    if (good.includes(event.type) || skips || byHand || byWord) holds.add(item.address);
    if (event.type === 'BlockStarted') {
      if (!open && item.phase !== 'preconditions') found.push(`${item.address} ran before the gate opened`);
      if (item.undoes && !touched.has(item.undoes)) found.push(`${item.address} undoes what never ran`);
    }
    if (['BlockStarted', 'ManualStepDone', 'BlockMarkedDone'].includes(event.type)) touched.add(item.step);
  }
  return found;
}

/** Plays moves against a run wherever it rests, and gives the scenario. */
function play(
  plan: Plan,
  mode: 'guided' | 'unattended',
  codes: readonly number[],
  moved: readonly Move[],
): Scenario {
  const exits = Object.fromEntries(
    plan.items.map((item, index) => [item.address, [codes[index % codes.length] ?? 0, 0]]),
  );
  const holds = Object.fromEntries(
    plan.items.flatMap((item, index) => [
      [`${item.address}.when`, [index % 3 !== 0]],
      [`${item.address}.check`, [index % 4 === 0, true]],
    ]),
  );
  const run = new Scenario(plan, { exits, holds }).start(mode, { manual: 'skip', allowDestructive: true });
  run.drive();
  for (const move of moved) {
    run.send(commandOf(plan, move));
    run.drive();
  }
  return run;
}

const codes = fc.array(fc.constantFrom(0, 0, 0, 1, 7), { minLength: 1, maxLength: 8 });
const modes = fc.constantFrom('guided' as const, 'unattended' as const);

describe('whatever is commanded', () => {
  it('the gate comes before change, undo only after its step, and one end', () => {
    fc.assert(
      fc.property(plans, modes, codes, moves, (plan, mode, exits, moved) => {
        const run = play(plan, mode, exits, moved);
        expect(violations(plan, run.events)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('replaying the journal gives the state that the run was in', () => {
    fc.assert(
      fc.property(plans, modes, codes, moves, (plan, mode, exits, moved) => {
        const run = play(plan, mode, exits, moved);
        const replayed = run.events.reduce(
          (state, event, index) => evolve(state, { seq: index + 1, at: '2026-01-01T00:00:00.000Z', event }),
          initialState(plan),
        );
        expect(replayed).toEqual(run.state);
      }),
      { numRuns: 200 },
    );
  });

  it('a run cut off after any event can be taken up, and no change runs twice unasked', () => {
    fc.assert(
      fc.property(plans, codes, moves, fc.nat(), (plan, exits, moved, at) => {
        const before = play(plan, 'guided', exits, moved);
        const cut = 1 + (at % before.events.length);
        const run = new Scenario(plan);
        run.record(...before.events.slice(0, cut));
        const unsettled = new Set(
          plan.items
            .filter(
              (item, index) =>
                item.risk !== 'read' &&
                ['passed', 'running', 'done', 'skipped'].includes(run.state.items[index]?.status ?? ''),
            )
            .map((item) => item.address),
        );
        run.record({ type: 'RunResumed', by: grace, mode: 'unattended', runbookDigest: 'd' });
        run.drive();
        const again = run.events
          .slice(cut)
          .flatMap((event) =>
            event.type === 'BlockStarted' && unsettled.has(event.address) ? [event.address] : [],
          );
        expect(again).toEqual([]);
        expect(violations(plan, run.events)).toEqual([]);
        expect(['paused', 'ended', 'running']).toContain(run.state.lifecycle);
      }),
      { numRuns: 1500 },
    );
  });
});
