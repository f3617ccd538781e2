// Tests what is told of two runs that are compared.
import { expect, it } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import { ownText } from '../../../../src/run/masking/redactor.ts';
import { type ComparedRun, compareRuns } from '../../../../src/surfaces/reports/telling/compare-runs.ts';
import { comparisonLines } from '../../../../src/surfaces/reports/telling/comparison-lines.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { emptyResult } from '../../../run/scenario.ts';
import { resultOf, started, storyOf, type Timed } from '../story.ts';

type Plan = Parameters<typeof storyOf>[0];

/** A run whose outputs are these, by their file. */
function run(plan: Plan, events: Timed, outputs: Readonly<Record<string, string>> = {}): ComparedRun {
  const { state, history } = storyOf(plan, events, outputs);
  return {
    state,
    history,
    read: ({ file = '' }) => {
      const text = outputs[file];
      return text === undefined ? undefined : { text: text.slice(0, 40), isWhole: text.length <= 40 };
    },
  };
}

const passed = (name: string, file: string, durationMs = 100) =>
  [
    { type: 'BlockStarted', address: address(name), attempt: 1 },
    {
      type: 'BlockPassed',
      address: address(name),
      attempt: 1,
      result: resultOf(file, 1, { durationMs }),
    },
  ] as const;

const plan = planOf([
  block('same', 'steps'),
  block('slow', 'steps'),
  block('other-output', 'steps'),
  block('long', 'steps'),
  block('edited', 'steps'),
  block('gone', 'steps'),
]);
const first = run(
  plan,
  [
    [0, started({ inputs: { TARGET: 'web1', MODE: 'x' } })],
    ...[passed('same', 's'), passed('slow', 's', 1000), passed('other-output', 'o'), passed('long', 'l')]
      .flat()
      .map((event) => [1, event] as const),
    ...passed('edited', 's').map((event) => [2, event] as const),
    [3, { type: 'RunEnded', outcome: 'succeeded', message: 'all', left: [] }],
  ],
  { s: 'done\n', o: 'one\ntwo\nthree\n', l: `${'x'.repeat(39)}\nhidden` },
);
const failedOn = (host: string) => ({
  host,
  status: 'failed' as const,
  exitCode: 3,
  durationMs: 1,
  output: emptyResult.output,
});
const other = run(
  planOf([
    ...plan.items.slice(0, 4),
    block('edited', 'steps', { code: 'echo another\n' }),
    block('new', 'steps'),
  ]),
  [
    [
      0,
      started({ inputs: { TARGET: 'web2' }, runbook: { path: '/srv/pool.md', title: 'Pool', digest: 'd2' } }),
    ],
    ...[passed('same', 's'), passed('slow', 's', 5000), passed('other-output', 'o'), passed('long', 'l')]
      .flat()
      .map((event) => [1, event] as const),
    [2, { type: 'BlockStarted', address: address('edited'), attempt: 1 }],
    [
      3,
      {
        type: 'BlockFailed',
        address: address('edited'),
        attempt: 1,
        result: { ...emptyResult, exitCode: 3, hosts: [failedOn('web1')] },
        reason: { type: 'hosts', failed: ['web1'], notRun: [], message: ownText('failed on web1') },
      },
    ],
  ],
  { s: '\u001b[32mdone\u001b[0m\n', o: 'one\ntwo\u001b[1m!\n', l: `${'x'.repeat(39)}\nother` },
);

it('finds the first line that differs, other code, other inputs, and what only one of them has', () => {
  expect(compareRuns(first, other)).toEqual({
    runs: [
      {
        run: '20260101-020000-test',
        outcome: 'succeeded',
        startedAt: '2026-01-01T02:00:00.000Z',
        tookMs: 3000,
        by: 'ada@bastion',
        digest: 'd1',
      },
      {
        run: '20260101-020000-test',
        outcome: 'running',
        startedAt: '2026-01-01T02:00:00.000Z',
        by: 'ada@bastion',
        digest: 'd2',
      },
    ],
    inputs: [
      { name: 'TARGET', values: ['web1', 'web2'] },
      { name: 'MODE', values: ['x', undefined] },
    ],
    items: [
      item('same', { isSame: true }),
      item('slow', { tookMs: [1000, 5000], isSame: true }),
      item('other-output', { output: { line: 2, lines: ['two', 'two!'] } }),
      item('long', { isOutputCut: true, isSame: true }),
      item('edited', { status: ['passed', 'failed'], exitCode: [0, 3], tookMs: [100, 1], isEdited: true }),
      item('gone', {
        status: ['pending', undefined],
        exitCode: [undefined, undefined],
        tookMs: [undefined, undefined],
      }),
      item('new', {
        status: [undefined, 'pending'],
        exitCode: [undefined, undefined],
        tookMs: [undefined, undefined],
      }),
    ],
  });

  function item(name: string, more: object) {
    return {
      address: name,
      step: name,
      status: ['passed', 'passed'],
      exitCode: [0, 0],
      tookMs: [100, 100],
      isEdited: false,
      isSame: false,
      ...more,
    };
  }
});

const told = (a: ComparedRun, b: ComparedRun) =>
  comparisonLines(compareRuns(a, b), makePalette(0, { unicode: true, hyperlinks: false })).map(unstyledText);

it('tells the differences and counts the steps without one', () => {
  expect(told(first, other)).toEqual([
    'A  20260101-020000-test  succeeded, 3.0 s, 2026-01-01 02:00:00 UTC, ada@bastion',
    'B  20260101-020000-test  running, 2026-01-01 02:00:00 UTC, ada@bastion',
    '',
    'the runbook is not the same: B ran another text of it',
    'input TARGET: `web1` › `web2`',
    'input MODE: `x` › nothing',
    '· `slow` passed, 1.0 s › 5.0 s',
    '· `other-output` passed',
    '    output differs from line 2:',
    '    A  two',
    '    B  two!',
    '· `edited` passed › failed, exit 3, other code',
    '· `gone` only in A: not run',
    '· `new` only in B: not run',
    '2 other steps without a difference',
  ]);
  expect(told(first, first).slice(2)).toEqual(['', 'no difference in 6 steps']);
});
