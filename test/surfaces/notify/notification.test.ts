// Tests which messages say where people look at their run.
import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import type { RecordedEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import { factsOf } from '../../../src/surfaces/notify/message-facts.ts';
import { messageOf } from '../../../src/surfaces/notify/notification.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, defaultOptions } from '../../run/scenario.ts';

const run = runId('20260101-000000-test');
const page = `https://runbooks.example.org/runs/${run}`;

test.each([
  ['https://runbooks.example.org', page],
  ['https://runbooks.example.org/', page],
  ['http://10.0.0.1:8042', `http://10.0.0.1:8042/runs/${run}`],
  // Nobody else reaches these.
  ['http://127.0.0.1:8042', undefined],
  ['http://localhost:8042', undefined],
  ['http://[::1]:8042', undefined],
  ['the fleet', undefined],
  [undefined, undefined],
])('a run that is served by %s', (servedBy, told) => {
  const at = '2026-01-01T00:00:00.000Z';
  const started: RecordedEvent = {
    ...{ seq: 1, at },
    event: {
      ...{
        type: 'RunStarted',
        run,
        planDigest: 'p',
        by: ada,
        mode: 'unattended',
        inputs: {},
        secretInputs: [],
      },
      ...{ runbook: { path: 'sample.md', title: 'Sample', digest: 'd' }, cwd: '/', version: '0' },
      options: { ...defaultOptions, ...(servedBy !== undefined && { servedBy }) },
    },
  };
  const state = evolve(initialState(planOf([block('one', 'steps')])), started);
  const { notification } = messageOf({ to: 'ops', about: 'started' }, started, state);
  expect([notification.page, factsOf(notification).facts]).toEqual([
    told,
    told === undefined ? [] : [{ name: 'Page', text: told }],
  ]);
});
