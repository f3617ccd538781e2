import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { ada, Scenario, type Script } from '../scenario.ts';

/** A run of a page whose first step is for a person; it comes back by an undo of that step. */
function run(
  heading: string,
  mode: 'guided' | 'unattended',
  script: Script = {},
  body = 'Stop it.',
): Scenario {
  const text = `# T\n\n## Steps\n\n### Stop ${heading}\n\n${body}\n\n#### Rollback\n\n\`\`\`sh {name=undo}\ntrue\n\`\`\`\n\n### Rest\n\n\`\`\`sh {name=rest}\ntrue\n\`\`\`\n`;
  const { runbook, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return new Scenario(compilePlan(runbook).plan, script).start(mode);
}

const stop = address('stop');
const boxes = '- [x] one\n- [x] two';
/** What an operator who is gone has ticked of them. */
const ticked = [0, 1].map(
  (index): RunEvent => ({ type: 'ChecklistItemSet', address: address('stop'), index, ticked: true, by: ada }),
);

describe('guards on the heading of what a person does', () => {
  it.each(['Stop it.', boxes, '- [ ] one'])('`when` skips it before anybody is asked: %s', (body) => {
    for (const mode of ['guided', 'unattended'] as const) {
      const one = run('{when="test -n x"}', mode, { holds: { 'stop.when': [false] } }, body);
      one.drive();
      expect(one.trail(2).slice(0, 3)).toEqual([
        'ConditionChecked stop',
        'BlockSkipped stop',
        ...(mode === 'guided' ? [] : ['BlockStarted rest']),
      ]);
    }
  });

  it('`when` that holds goes on to the question', () => {
    const one = run('{when="test -n x"}', 'guided');
    expect(one.drive()).toEqual({ type: 'ask', question: { type: 'manual', address: stop } });
  });

  it('`check` finds it done already', () => {
    const one = run('{check="test -e x"}', 'unattended');
    one.drive();
    expect(one.trail(2).slice(0, 3)).toEqual([
      'ConditionChecked stop',
      'BlockAlreadyDone stop',
      'BlockStarted rest',
    ]);
  });

  it('`check` is asked again when a person says that it is done', () => {
    const one = run('{check="test -e x"}', 'guided', { holds: { 'stop.check': [false, true] } });
    one.drive();
    expect(one.send({ type: 'CompleteManualStep', address: stop, by: ada, note: 'by phone' })).toBe('taken');
    one.drive();
    expect(one.trail(2)).toEqual([
      'ConditionChecked stop',
      'ManualStepClaimed stop',
      'ConditionChecked stop',
      'ManualStepDone stop',
    ]);
    expect(one.events.at(-1)).toEqual({ type: 'ManualStepDone', address: stop, by: ada, note: 'by phone' });
  });

  it('`check` that does not hold after it is a failure, to be looked at, done again or undone', () => {
    const one = run('{check="test -e x"}', 'guided', {
      holds: { 'stop.check': [false, false, false, true] },
    });
    one.drive();
    one.send({ type: 'CompleteManualStep', address: stop, by: ada });
    expect(one.drive()).toEqual({
      type: 'ask',
      question: {
        type: 'failure',
        address: stop,
        choices: ['retry', 'skip', 'mark-done', 'continue', 'rollback', 'pause', 'stop'],
      },
    });
    one.send({ type: 'DecideFailure', address: stop, decision: 'retry', by: ada });
    expect(one.drive()).toEqual({ type: 'ask', question: { type: 'manual', address: stop } });
    one.send({ type: 'CompleteManualStep', address: stop, by: ada });
    one.drive();
    expect(one.state.items[0]?.status).toBe('done');
  });

  it('`on-failure` is what follows then', () => {
    const one = run(
      '{check="test -e x" on-failure=rollback}',
      'unattended',
      { holds: { 'stop.check': [false] } },
      boxes,
    );
    one.record(...ticked);
    one.drive();
    expect(one.trail(4)).toEqual([
      'ConditionChecked stop',
      'ManualStepClaimed stop',
      'ConditionChecked stop',
      'BlockFailed stop',
      'FailureDecided stop rollback',
      'RollbackPlanned undo',
      'RollbackStarted',
      'BlockStarted undo',
      'BlockPassed undo',
      'RunEnded rolled-back',
    ]);
  });

  it('`confirm` and `risk=destructive` are asked first', () => {
    const one = run('{confirm="Sure?"}', 'guided');
    expect(one.drive()).toEqual({
      type: 'ask',
      question: { type: 'confirm', address: stop, text: 'Sure?' },
    });
    one.send({ type: 'Confirm', address: stop, by: ada });
    expect(one.drive()).toEqual({ type: 'ask', question: { type: 'manual', address: stop } });
    expect(run('{risk=destructive}', 'guided').drive()).toEqual({
      type: 'ask',
      question: {
        type: 'confirm',
        address: stop,
        text: 'Go on to `stop`? It destroys something; `undo` undoes it.',
        target: 'stop',
      },
    });
  });

  it('ticked boxes do not answer a confirmation of something destructive', () => {
    const one = run('{risk=destructive}', 'unattended', {}, boxes);
    one.record(...ticked);
    one.drive();
    expect(one.trail(4)).toEqual(['RunPaused confirmation']);
  });

  it('a resumed run goes on where the check was to be asked', () => {
    const one = run('{check="test -e x"}', 'guided', { holds: { 'stop.check': [false, true] } });
    one.drive();
    one.record({ type: 'ManualStepClaimed', address: stop, by: ada });
    one.drive();
    expect(one.trail(4)).toEqual(['ConditionChecked stop', 'ManualStepDone stop']);
  });
});

describe('boxes that stand ticked in the page', () => {
  it('are nobody’s word in this run: with nobody there it waits', () => {
    for (const body of [boxes, '- [x] one', '- [X] one\n  - [x] of it']) {
      const one = run('', 'unattended', {}, body);
      one.drive();
      expect([body, one.trail(2)]).toEqual([body, ['RunPaused manual-step']]);
    }
  });

  it('are ticked by who is there before the list is done', () => {
    const one = run('', 'guided', {}, boxes);
    expect(one.drive()).toEqual({ type: 'ask', question: { type: 'checklist', address: stop } });
    expect(one.send({ type: 'CompleteManualStep', address: stop, by: ada })).toBe('not-ticked');
    for (const index of [0, 1])
      one.send({ type: 'SetChecklistItem', address: stop, index, ticked: true, by: ada });
    expect(one.send({ type: 'CompleteManualStep', address: stop, by: ada })).toBe('taken');
  });

  it('count where the run has them ticked, also when nobody is there any more', () => {
    const one = run('', 'unattended', {}, boxes).record(...ticked);
    one.drive();
    expect(one.events).toContainEqual({ type: 'ManualStepDone', address: stop, by: ada });
  });
});
