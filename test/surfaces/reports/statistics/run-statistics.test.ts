import { describe, expect, test } from 'vitest';
import { address, stepName } from '../../../../src/basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../../src/run/event.ts';
import {
  spreadOf,
  statisticsOfItems,
  statisticsOfRuns,
} from '../../../../src/surfaces/reports/statistics/run-statistics.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, emptyResult } from '../../../run/scenario.ts';

test.each<
  [readonly number[], { count: number; medianMs: number; p90Ms: number; longestMs: number } | undefined]
>([
  [[], undefined],
  [[7], { count: 1, medianMs: 7, p90Ms: 7, longestMs: 7 }],
  [[10, 2], { count: 2, medianMs: 6, p90Ms: 10, longestMs: 10 }],
  [[100, 1, 3], { count: 3, medianMs: 3, p90Ms: 100, longestMs: 100 }],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], { count: 10, medianMs: 5.5, p90Ms: 9, longestMs: 100 }],
])('of %j the middle, nine of ten and the longest are %j', (durations, spread) => {
  expect(spreadOf(durations)).toEqual(spread);
});

test('runs are counted by how they ended, and only a success counts for how long one takes', () => {
  const startedAt = '2026-11-21T02:00:00.000Z';
  const ended = (outcome: 'succeeded' | 'failed' | 'rolled-back', minute: number) =>
    ({ status: 'ended', outcome, startedAt, endedAt: `2026-11-21T02:0${minute}:00.000Z` }) as const;
  expect(
    statisticsOfRuns([
      ended('succeeded', 1),
      ended('failed', 9),
      ended('succeeded', 3),
      ended('rolled-back', 9),
      { status: 'paused', startedAt },
      { status: 'open', startedAt },
    ]),
  ).toEqual({
    runs: 6,
    open: 2,
    outcomes: { succeeded: 2, failed: 1, 'rolled-back': 1 },
    took: { count: 2, medianMs: 120_000, p90Ms: 180_000, longestMs: 180_000 },
    lastSucceededAt: '2026-11-21T02:03:00.000Z',
  });
  expect(statisticsOfRuns([])).toEqual({ runs: 0, open: 0, outcomes: {} });
});

describe('the items of a plan', () => {
  const at = '2026-11-21T02:00:00.000Z';
  const history = (...events: readonly RunEvent[]): RecordedEvent[] =>
    events.map((event, seq) => ({ seq: seq + 1, at, event }));
  const started = (name: string, attempt = 1): RunEvent => ({
    type: 'BlockStarted',
    address: address(name),
    attempt,
  });
  const passed = (name: string, durationMs: number, attempt = 1): RunEvent => ({
    type: 'BlockPassed',
    address: address(name),
    attempt,
    result: { ...emptyResult, durationMs },
  });
  const failed = (name: string, attempt = 1): RunEvent => ({
    type: 'BlockFailed',
    address: address(name),
    attempt,
    result: { ...emptyResult, durationMs: 99 },
    reason: { type: 'exit', code: 1 },
  });

  test('are counted by run, and each attempt that passed is measured; what no run came to counts nothing', () => {
    const plan = planOf([
      { ...block('ready', 'preconditions'), estimateMs: 5 },
      block('work', 'steps'),
      block('by-hand', 'steps'),
      block('never', 'steps'),
      block('undo', 'rollback', { undoes: stepName('work') }),
    ]);
    const note = 'so';
    expect(
      statisticsOfItems(plan, [
        history(started('ready'), passed('ready', 4), started('work'), failed('work'), started('undo')),
        history(
          started('ready'),
          passed('ready', 8),
          started('work'),
          failed('work'),
          started('work', 2),
          failed('work', 2),
          started('work', 3),
          passed('work', 30, 3),
          { type: 'BlockMarkedDone', address: address('by-hand'), by: ada, note },
        ),
        history(
          { type: 'BlockAlreadyDone', address: address('work') },
          { type: 'BlockSkipped', address: address('by-hand'), reason: 'operator', by: ada, note },
          { type: 'NoteAdded', text: 'of no step', by: ada },
          { type: 'BlockSkipped', address: address('gone'), reason: 'condition' },
        ),
      ]),
    ).toEqual([
      {
        address: 'ready',
        title: 'ready',
        phase: 'preconditions',
        ran: 2,
        failed: 0,
        repeated: 0,
        passedOver: 0,
        took: { count: 2, medianMs: 6, p90Ms: 8, longestMs: 8 },
        estimateMs: 5,
      },
      {
        address: 'work',
        title: 'work',
        phase: 'steps',
        ran: 2,
        failed: 2,
        repeated: 2,
        passedOver: 1,
        took: { count: 1, medianMs: 30, p90Ms: 30, longestMs: 30 },
      },
      { address: 'by-hand', title: 'by-hand', phase: 'steps', ran: 1, failed: 0, repeated: 0, passedOver: 1 },
      { address: 'never', title: 'never', phase: 'steps', ran: 0, failed: 0, repeated: 0, passedOver: 0 },
      { address: 'undo', title: 'undo', phase: 'rollback', ran: 1, failed: 0, repeated: 0, passedOver: 0 },
    ]);
  });
});
