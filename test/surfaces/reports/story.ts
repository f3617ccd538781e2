// Owns a run with all that reports tell of: inputs, an approval, a checklist, a failure, a rollback, and waits.
import { address, runId } from '../../../src/basics/address.ts';
import type { AttemptResult, RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import type { Plan } from '../../../src/run/plan.ts';
import type { RunState } from '../../../src/run/state.ts';
import type { OutputExcerpt } from '../../../src/runbook/regions/output-excerpt.ts';
import type { ReadOutput } from '../../../src/surfaces/reports/document-log.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, defaultOptions, emptyResult, grace } from '../../run/scenario.ts';

/** Text that means something to terminals, Markdown and HTML. */
export const hostile =
  '\u001b[31mred\u001b[0m </details></td> <script>alert(1)</script> **b** `c` ``` [l](http://x) <!-- runsheet:log --> | $x$';

/** A run, its journal and its outputs. */
export interface Story {
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  readonly read: ReadOutput;
}

/** Events with the second, since the start of the run, at which each happened. */
export type Timed = readonly (readonly [second: number, event: RunEvent])[];

/** The story of a plan. `outputs` are what the blocks printed, by the name of their file. */
export function storyOf(plan: Plan, events: Timed, outputs: Readonly<Record<string, string>> = {}): Story {
  const start = Date.parse('2026-01-01T02:00:00.000Z');
  const history = events.map(([second, event], index) => ({
    seq: index + 1,
    at: new Date(start + second * 1000).toISOString(),
    event,
  }));
  return {
    state: history.reduce(evolve, initialState(plan)),
    history,
    read: ({ file = '', lines }): OutputExcerpt | undefined => {
      const text = outputs[file];
      if (text === undefined) return undefined;
      const head = new TextEncoder().encode(text);
      return { head, totalBytes: head.length, totalLines: lines };
    },
  };
}

/** The first event of a run. */
export const started = (more: Partial<Extract<RunEvent, { type: 'RunStarted' }>> = {}): RunEvent => ({
  type: 'RunStarted',
  run: runId('20260101-020000-test'),
  runbook: { path: '/srv/pool.md', title: 'Pool', digest: 'd1' },
  planDigest: 'p',
  by: ada,
  mode: 'guided',
  options: { ...defaultOptions, yes: false },
  inputs: {},
  secretInputs: [],
  cwd: '/srv',
  version: '0',
  ...more,
});

/** What an attempt ended with. */
export const resultOf = (file: string, lines: number, more: Partial<AttemptResult> = {}): AttemptResult => ({
  ...emptyResult,
  output: { file, stdoutBytes: 1, stderrBytes: 0, lines },
  ...more,
});

const plan = planOf(
  [
    block('ready', 'preconditions', { stepTitle: 'Preconditions' }),
    {
      kind: 'checklist',
      address: address('tell'),
      step: block('tell', 'steps').step,
      stepTitle: 'Tell | people',
      phase: 'steps',
      risk: 'change',
      tags: [],
      line: 1,
      entries: [
        { text: 'Customers <all>', ticked: false },
        { text: 'The desk', ticked: false },
      ],
    },
    block('drain', 'steps', { stepTitle: 'Drain', estimateMs: 60_000, approve: { type: 'count', count: 1 } }),
    block('restart', 'steps', { stepTitle: 'Restart', code: 'echo before\nrestart pool\n', line: 40 }),
    block('check', 'validation', { stepTitle: 'Check' }),
    block('undo-drain', 'rollback', { stepTitle: 'Drain', undoes: block('drain', 'steps').step }),
  ],
  {
    title: 'Pool | exhausted',
    severity: '$SEVERITY',
    responders: ['$COMMANDER', 'team-database', '$NOBODY'],
    owner: 'team-db',
    estimateMs: 300_000,
    outputs: ['ACTIVE', 'LEFT'],
    inputs: [{ name: 'KEY', type: 'string', required: true, secret: { type: 'prompt' } }],
  },
);

const drain = address('drain');
const restart = address('restart');
const tell = address('tell');
const undo = address('undo-drain');
const released = (at: typeof drain): RunEvent => ({
  type: 'BlockReleased',
  address: at,
  by: ada,
  automatic: false,
});

/** A guided run that failed and was rolled back. */
export const rolledBack: Story = storyOf(
  plan,
  [
    [0, started({ inputs: { SEVERITY: 'SEV1', COMMANDER: 'linus' }, secretInputs: ['KEY'] })],
    [0, { type: 'PhaseStarted', phase: 'preconditions' }],
    [4, { type: 'BlockReleased', address: address('ready'), by: ada, automatic: false }],
    [4, { type: 'BlockStarted', address: address('ready'), attempt: 1 }],
    [
      6,
      {
        type: 'BlockPassed',
        address: address('ready'),
        attempt: 1,
        result: { ...emptyResult, durationMs: 2000 },
      },
    ],
    [6, { type: 'GateOpened' }],
    [6, { type: 'PhaseStarted', phase: 'steps' }],
    [16, { type: 'ChecklistItemSet', address: tell, index: 0, ticked: true, by: ada }],
    [30, { type: 'ChecklistItemSet', address: tell, index: 1, ticked: true, by: ada }],
    [30, { type: 'ManualStepDone', address: tell, by: ada }],
    [
      31,
      {
        type: 'ApprovalRequested',
        address: drain,
        gate: 'drain',
        people: [],
        needed: 1,
        by: ada,
        onTimeout: 'deny',
      },
    ],
    [31, { type: 'NotificationSent', to: 'ops', about: 'approval' }],
    [91, { type: 'ApprovalGiven', address: drain, by: grace, comment: `go | ${hostile}` }],
    [95, released(drain)],
    [95, { type: 'BlockStarted', address: drain, attempt: 1 }],
    [
      135,
      {
        type: 'BlockPassed',
        address: drain,
        attempt: 1,
        result: resultOf('drain', 1, { durationMs: 40_000, captured: { ACTIVE: ownText('3') } }),
      },
    ],
    [136, { type: 'RunPaused', reason: 'operator', message: 'lunch' }],
    [436, { type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'd1' }],
    [440, { type: 'NoteAdded', address: restart, text: 'the pool is *large*', by: grace }],
    [440, { type: 'BlockReleased', address: restart, by: grace, automatic: false }],
    [440, { type: 'BlockStarted', address: restart, attempt: 1 }],
    [
      445,
      {
        type: 'BlockFailed',
        address: restart,
        attempt: 1,
        result: resultOf('restart', 27, { exitCode: 7, durationMs: 5000 }),
        reason: { type: 'exit', code: 7, at: { command: ownText('restart pool'), line: 42, blockLine: 2 } },
      },
    ],
    [
      460,
      {
        type: 'FailureDecided',
        address: restart,
        decision: 'rollback',
        by: grace,
        automatic: false,
        note: 'no | time',
      },
    ],
    [
      460,
      {
        type: 'RollbackPlanned',
        items: [undo],
        steps: [plan.items[2]?.step ?? block('x', 'steps').step],
        by: grace,
        automatic: false,
      },
    ],
    [460, { type: 'RollbackStarted', excluded: [], by: grace }],
    [460, { type: 'BlockStarted', address: undo, attempt: 1 }],
    [462, { type: 'BlockPassed', address: undo, attempt: 1, result: { ...emptyResult, durationMs: 2000 } }],
    [
      462,
      {
        type: 'RunEnded',
        outcome: 'rolled-back',
        message: '`restart` failed',
        left: [],
        outputs: { ACTIVE: '3' },
      },
    ],
    [463, { type: 'NotificationFailed', to: 'pager', about: 'failed', message: ownText('503') }],
    [463, { type: 'RecordSealed' }],
  ],
  {
    drain: hostile,
    restart: Array.from({ length: 27 }, (_, line) => (line === 26 ? hostile : `line ${line + 1}`)).join('\n'),
  },
);
