import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/run/decide.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import type { Plan } from '../../../src/run/plan.ts';
import { untilUpdate } from '../../../src/run/telling/update-rule.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, Scenario } from '../scenario.ts';

const plan = (updates?: Plan['updates']): Plan => ({
  ...planOf([block('one', 'steps')]),
  ...(updates && { updates }),
});
const every30m = { to: ['ops', 'status'], every: '30m', everyMs: 1_800_000 };

describe('an update', () => {
  it('goes to the channels that the page names, and is kept', () => {
    const run = new Scenario(plan(every30m)).start('guided');
    const answer = decide(run.state, { type: 'SendUpdate', text: 'we look into it', by: ada });
    expect(answer).toEqual({
      ok: true,
      value: [{ type: 'UpdateWritten', text: 'we look into it', to: ['ops', 'status'], by: ada }],
    });
    const [event] = answer.ok ? answer.value : [];
    if (event === undefined) throw new Error('nothing was recorded');
    const after = evolve(run.state, { seq: 99, at: '2026-01-01T00:20:00.000Z', event });
    expect(after.updates).toEqual([{ text: 'we look into it', by: ada, at: '2026-01-01T00:20:00.000Z' }]);
    expect(untilUpdate(after, Date.parse('2026-01-01T00:40:00.000Z'))).toBe(600_000);
  });

  it('is refused where no channel is named', () => {
    const run = new Scenario(plan()).start('guided');
    expect(decide(run.state, { type: 'SendUpdate', text: 'x', by: ada })).toEqual({
      ok: false,
      error: {
        code: 'no-updates',
        message:
          'the runbook names no channels for updates, as `updates: { to: [ops] }` in its front matter does',
      },
    });
  });

  it('is due from the start of a run that says how often, and of no other', () => {
    const run = new Scenario(plan(every30m)).start('guided');
    const startedMs = Date.parse(run.state.startedAt ?? '');
    expect(untilUpdate(run.state, startedMs + 1_900_000)).toBe(-100_000);
    expect(untilUpdate(initialState(plan(every30m)), startedMs)).toBeUndefined();
    const other = new Scenario(plan({ to: ['ops'] })).start('guided');
    expect(untilUpdate(other.state, startedMs)).toBeUndefined();
  });
});
