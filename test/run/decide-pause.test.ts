import { expect, test } from 'vitest';
import type { PauseReason } from '../../src/run/belonging/pause-reason.ts';
import { decide } from '../../src/run/decide.ts';
import { initialState } from '../../src/run/evolve.ts';
import { compilePlan } from '../../src/run/planning/compile-plan.ts';
import { parse } from '../runbook/runbook-of.ts';
import { ada } from './scenario.ts';

test.each<[PauseReason, string]>([
  ['operator', 'paused by ada'],
  ['hangup', 'the terminal went away'],
  ['terminate', 'the process was asked to end'],
  ['drained', 'its server ends'],
])('a pause for %s is told as: %s', (reason, message) => {
  const { plan } = compilePlan(parse('# T\n\n## Steps\n\n```sh\na\n```\n').runbook);
  const running = { ...initialState(plan), lifecycle: 'running' } as const;
  expect(decide(running, { type: 'PauseRun', reason, by: ada })).toEqual({
    ok: true,
    value: [{ type: 'RunPaused', reason, message }],
  });
});

test.each<[PauseReason, boolean]>([
  ['drained', true],
  ['operator', false],
  ['approval', false],
])('a person can pause what rests for %s: %s', (reason, isTaken) => {
  const { plan } = compilePlan(parse('# T\n\n## Steps\n\n```sh\na\n```\n').runbook);
  const paused = { ...initialState(plan), lifecycle: 'paused', pause: { reason, message: '' } } as const;
  expect(decide(paused, { type: 'PauseRun', reason: 'operator', by: ada }).ok).toBe(isTaken);
  expect(decide(paused, { type: 'PauseRun', reason: 'drained', by: ada }).ok).toBe(false);
});

test('what is to stop where it waits is not broken off while it goes on', () => {
  const { plan } = compilePlan(parse('# T\n\n## Steps\n\n```sh\na\n```\n').runbook);
  const stop = { type: 'StopRun', atRest: true, by: ada } as const;
  expect(decide({ ...initialState(plan), lifecycle: 'running' }, stop)).toMatchObject({
    ok: false,
    error: { code: 'at-work' },
  });
  const paused = { ...initialState(plan), lifecycle: 'paused' } as const;
  expect(decide(paused, stop)).toMatchObject({ ok: true, value: [{ type: 'RunEnded', outcome: 'stopped' }] });
});
