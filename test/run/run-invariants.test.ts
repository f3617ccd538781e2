import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, address } from '../../src/basics/address.ts';
import { asResting, openQuestion } from '../../src/run/answers/open-question.ts';
import { questionId } from '../../src/run/answers/question-id.ts';
import { wordsFor } from '../../src/run/answers/words-for.ts';
import type { RunCommand } from '../../src/run/command.ts';
import type { RunEvent } from '../../src/run/event.ts';
import { evolve, initialState } from '../../src/run/evolve.ts';
import type { Plan, PlanItem } from '../../src/run/plan.ts';
import { plans } from './generated-plans.ts';
import { ada, grace, Scenario } from './scenario.ts';

type Move = { readonly verb: number; readonly item: number; readonly flag: boolean };
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ verb: fc.nat({ max: 19 }), item: fc.nat({ max: 12 }), flag: fc.boolean() }),
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
    { type: 'GiveApproval', address: target, by: { user: flag ? 'grace' : 'lin', host: 'h' }, at: '' },
    { type: 'JumpTo', address: target, by },
    { type: 'RequestRollback', by },
    { type: 'StartRollback', excluded: flag ? [target] : [], by },
    { type: 'DeclineRollback', by },
    { type: 'DecideCleanup', wanted: flag, by },
    { type: 'OpenShell', by, ...(flag && { at: target }) },
    flag ? { type: 'PauseRun', reason: 'operator', by } : { type: 'StopRun', by },
    { type: 'EditCommand', address: target, code: `echo ${item}\n`, by },
  ];
  return commands[verb] ?? { type: 'StopRun', by };
}

/** What went wrong in a history, in words; none is the law. */
function violations(plan: Plan, events: readonly RunEvent[]): string[] {
  const found: string[] = [];
  const items = new Map(plan.items.map((item) => [item.address, item]));
  const touched = new Set<string>();
  const begun = new Set<string>();
  const linksOf = (item: PlanItem): PlanItem[] => {
    const link = item.within === undefined ? undefined : items.get(item.within);
    return link === undefined ? [] : [link, ...linksOf(link)];
  };
  const holds = new Set<string>();
  let open = !plan.items.some((item) => item.phase === 'preconditions');
  let ended = false;
  let inShell = false;
  let failed = false;
  let tidies = false;
  let guided = true;
  for (const event of events) {
    if (event.type === 'RunStarted' || event.type === 'RunResumed') guided = event.mode === 'guided';
    if (event.type === 'ShellOpened' && (inShell || !guided)) found.push('a shell where none can be');
    if (event.type === 'BlockStarted' && inShell) found.push(`${event.address} ran beside a shell`);
    if (event.type === 'CleanupDecided') tidies = event.wanted;
    // A failure that nobody has answered yet, or answered with an end.
    if (event.type === 'FailureDecided') failed = event.decision === 'stop' || event.decision === 'rollback';
    if (event.type === 'RollbackDeclined' || event.type === 'RunResumed') failed = false;
    if (event.type === 'BlockStarted' && failed && items.get(event.address)?.phase === 'cleanup' && !tidies)
      found.push(`${event.address} tidied up after a failure, unasked`);
    if (event.type === 'ShellOpened') inShell = true;
    if (event.type === 'ShellClosed' || event.type === 'RunResumed') inShell = false;
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
      if (item.kind === 'runbook') begun.add(item.address);
      for (const link of item.phase === 'rollback' ? [] : linksOf(item)) {
        if (!begun.has(link.address)) found.push(`${item.address} ran before its link ${link.address}`);
        if (item.section === 'preconditions' && item.within === link.address) continue;
        for (const gate of plan.items) {
          if (gate.within !== link.address || gate.section !== 'preconditions') continue;
          if (!holds.has(gate.address)) found.push(`${item.address} ran before ${gate.address} held`);
        }
      }
      if (item.undoes && !touched.has(item.undoes)) found.push(`${item.address} undoes what never ran`);
    }
    if (['BlockStarted', 'ManualStepDone', 'BlockMarkedDone'].includes(event.type)) {
      if (item.kind !== 'runbook') touched.add(item.step);
      if (item.kind !== 'runbook' && item.risk !== 'read')
        for (const link of linksOf(item)) touched.add(link.step);
    }
  }
  return found;
}

/** What ran behind a gate without an approval of exactly that, in words. */
function unapproved(plan: Plan, events: readonly RunEvent[]): string[] {
  const found: string[] = [];
  const items = new Map(plan.items.map((item) => [item.address, item]));
  const around = ({ within }: PlanItem): PlanItem[] => {
    const link = within === undefined ? undefined : items.get(within);
    return link === undefined ? [] : [link, ...around(link)];
  };
  /** People who have agreed to what stands, and whether it was compared since. */
  const gates = new Map<string, { readonly given: number; readonly isChecked: boolean }>();
  for (const event of events) {
    if (!('address' in event) || !event.address) continue;
    const item = items.get(event.address);
    if (!item) continue;
    const gate = gates.get(item.address);
    if (event.type === 'ApprovalRequested') gates.set(item.address, { given: 0, isChecked: false });
    if (event.type === 'ApprovalGiven' && gate)
      gates.set(item.address, { given: gate.given + 1, isChecked: false });
    if (event.type === 'ApprovalChecked' && gate && event.changed.length === 0)
      gates.set(item.address, { ...gate, isChecked: true });
    if (event.type === 'ApprovalChecked' && event.changed.length > 0) gates.delete(item.address);
    const isAgain =
      event.type === 'FailureDecided' || event.type === 'DoubtResolved' || event.type === 'JumpedTo';
    if (isAgain) gates.delete(item.address);
    if (event.type === 'CommandEdited')
      for (const edited of [item, ...around(item)]) gates.delete(edited.address);
    if (event.type !== 'BlockStarted') continue;
    for (const gated of item.phase === 'rollback' ? [item] : [item, ...around(item)]) {
      const needed = gated.approve?.type === 'count' ? gated.approve.count : 0;
      const { given, isChecked } = gates.get(gated.address) ?? { given: 0, isChecked: false };
      if (needed > 0 && (given < needed || !isChecked))
        found.push(`${item.address} ran without the approval of ${gated.address}`);
    }
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
    const command = commandOf(plan, move);
    if (command.type === 'GiveApproval') run.answer(command.type, command.address, command.by);
    else run.send(command);
    run.drive();
  }
  return run;
}

/** What changes where something stands that was asked about. */
const happens: ReadonlySet<RunEvent['type']> = new Set([
  'BlockStarted',
  'BlockSkipped',
  'BlockMarkedDone',
  'ManualStepDone',
  'FailureDecided',
  'DoubtResolved',
  'ConfirmationGiven',
]);

const codes = fc.array(fc.constantFrom(0, 0, 0, 1, 7), { minLength: 1, maxLength: 8 });
const modes = fc.constantFrom('guided' as const, 'unattended' as const);

describe('whatever is commanded', () => {
  it('the gate comes before change, undo only after its step, and one end', () => {
    fc.assert(
      fc.property(plans, modes, codes, moves, (plan, mode, exits, moved) => {
        const run = play(plan, mode, exits, moved);
        expect(violations(plan, run.events)).toEqual([]);
        expect(unapproved(plan, run.events)).toEqual([]);
        const open = plan.items.filter(
          ({ kind }, index) => kind === 'runbook' && run.state.items[index]?.status === 'running',
        );
        if (run.state.lifecycle === 'ended') expect(open).toEqual([]);
      }),
      { numRuns: 1000 },
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
                // What went on beside the run is started again.
                !(item.kind === 'block' && item.background) &&
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
      { numRuns: 1000 },
    );
  });

  it('what is answered while a run rests comes before anything else happens to what was asked about', () => {
    const noted = { note: 'because' };
    const lin = { user: 'lin', host: 'h' };
    fc.assert(
      fc.property(plans, codes, moves, fc.nat(), fc.nat(), modes, (plan, exits, moved, at, choice, mode) => {
        const before = play(plan, 'guided', exits, moved);
        const cut = 1 + (at % before.events.length);
        const run = new Scenario(plan);
        run.record(...before.events.slice(0, cut));
        if (run.state.lifecycle === 'ended') return;
        run.state = asResting(run.state);
        const question = openQuestion(run.state);
        const id = question && questionId(run.state, question);
        if (question === undefined || id === undefined) return;
        const words = wordsFor(run.state, question);
        const word = words[choice % words.length] ?? '';
        const value = question.type === 'confirm' ? question.target : undefined;
        const answer = { word, ...noted, ...(value !== undefined && { value }) };
        if (run.send({ type: 'AnswerQuestion', question: id, answer, by: lin }) !== 'taken') return;
        const asked: readonly string[] = 'items' in question ? (question.items ?? []) : [];
        const about = 'address' in question ? [question.address] : asked;
        const from = run.events.length;
        run.record({ type: 'RunResumed', by: grace, mode, runbookDigest: 'd' });
        run.drive();
        const since = run.events.slice(from);
        const taken = since.findIndex(({ type }) => type === 'AnswerTaken');
        const early = since
          .slice(0, taken === -1 ? undefined : taken)
          .filter(
            (event) =>
              'address' in event &&
              event.address !== undefined &&
              about.includes(event.address) &&
              happens.has(event.type) &&
              !('by' in event && event.by?.user === lin.user),
          );
        const refused = since.flatMap((event) =>
          event.type === 'AnswerTaken' && event.refused ? [event] : [],
        );
        expect([question.type, word, early, refused]).toEqual([question.type, word, [], []]);
      }),
      { numRuns: 2000 },
    );
  });
});
