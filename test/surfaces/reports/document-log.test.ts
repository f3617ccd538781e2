import { describe, expect, test } from 'vitest';
import type { Address } from '../../../src/basics/address.ts';
import { address, runId, stepName } from '../../../src/basics/address.ts';
import { digestOfCode } from '../../../src/run/digest-of-code.ts';
import type { AttemptResult, RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import type { BlockItem, ChecklistPlanItem, Plan } from '../../../src/run/plan.ts';
import type { OutputExcerpt } from '../../../src/runbook/regions/output-excerpt.ts';
import type { ResultView } from '../../../src/runbook/regions/result-view.ts';
import type { LogEntry } from '../../../src/runbook/regions/run-log.ts';
import {
  DocumentLog,
  emptyDocumentState,
  foldResults,
  resultView,
} from '../../../src/surfaces/reports/document-log.ts';

const ada = { user: 'ada', host: 'bastion' };
const grace = { user: 'grace', host: 'bastion' };
const drain = address('drain');

const block = (name: string): BlockItem => ({
  kind: 'block',
  address: address(name),
  step: stepName(name),
  stepTitle: name,
  phase: 'steps',
  risk: 'change',
  tags: [],
  line: 1,
  language: 'sh',
  code: 'true\n',
  retries: 0,
  intervalMs: 0,
  exit: [0],
  expect: [],
  env: {},
  interactive: false,
  background: false,
  hosts: [],
});

const checklist: ChecklistPlanItem = {
  kind: 'checklist',
  address: address('before'),
  step: stepName('before'),
  stepTitle: 'Before',
  phase: 'preconditions',
  risk: 'read',
  tags: [],
  line: 1,
  entries: [
    { text: 'Tell the team', ticked: false },
    { text: 'Have coffee', ticked: true },
  ],
};

const plan: Plan = {
  title: 'Deploy',
  shell: 'bash',
  env: {},
  interpreters: {},
  items: [checklist, block('drain'), block('undo')],
  approvalGroups: {},
  missingSections: [],
};

const started: RunEvent = {
  type: 'RunStarted',
  run: runId('20261121-021300-k3f9'),
  runbook: { path: 'deploy.md', title: 'Deploy', digest: 'sha256:3f2a91c0d4e5f607' },
  planDigest: 'x',
  by: ada,
  mode: 'guided',
  options: {
    yes: false,
    dryRun: false,
    rehearse: false,
    allowDestructive: false,
    manual: 'pause',
    log: 'document',
    selection: { steps: [], tags: [] },
  },
  inputs: { TARGET: 'staging' },
  secretInputs: ['PGPASSWORD'],
  cwd: '/srv',
  version: '0.1.0',
};

const attempt = (exitCode: number, more: Partial<AttemptResult> = {}): AttemptResult => ({
  exitCode,
  durationMs: 1_300,
  output: { file: 'out', stdoutBytes: 3, stderrBytes: 0, lines: 1 },
  captured: {},
  warnings: [],
  ...more,
});

/** The code of the block, as it is planned. */
const ran = { code: 'true\n', digest: digestOfCode('true\n') };

const excerpt: OutputExcerpt = { head: new TextEncoder().encode('ok\n'), totalBytes: 3, totalLines: 1 };

/** Times count the seconds of one minute, in the order of the events. */
const recorded = (events: readonly RunEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({
    seq: index + 1,
    at: `2026-11-21T02:13:${String(index).padStart(2, '0')}.000Z`,
    event,
  }));

/** The view of one address after a run's events; the first one is at second 1. */
function viewOf(name: Address, ...events: readonly RunEvent[]): ResultView | undefined {
  const state = foldResults(emptyDocumentState, recorded([started, ...events]));
  const record = state.items.get(name);
  const item = plan.items.find((planned) => planned.address === name);
  return record === undefined || item === undefined ? undefined : resultView(item, record, () => excerpt);
}

const second = (count: number): string => `2026-11-21T02:13:${String(count).padStart(2, '0')}.000Z`;
const begin = (number: number): RunEvent => ({ type: 'BlockStarted', address: drain, attempt: number });
const failed = (number: number, exitCode = 3): RunEvent => ({
  type: 'BlockFailed',
  address: drain,
  attempt: number,
  result: attempt(exitCode),
  reason: { type: 'exit', code: exitCode },
});
const failedAttempt = (number: number, time: number) => ({
  type: 'attempt',
  attempt: number,
  reason: 'exit 3',
  durationMs: 1_300,
  at: second(time),
});

describe('what a document shows of an item', () => {
  test('nothing before something was done about it', () => {
    expect(viewOf(drain, { type: 'ConditionChecked', address: drain, condition: 'when', holds: true })).toBe(
      undefined,
    );
  });

  test('running', () => {
    expect(viewOf(drain, begin(1))).toEqual({
      address: drain,
      status: 'running',
      at: second(1),
      by: ada,
      ran,
    });
  });

  test('passed, after a failed attempt, with what it captured and could not keep', () => {
    const output = { file: 'out', stdoutBytes: 3, stderrBytes: 0, lines: 1, droppedBytes: 2_000_000 };
    const result = attempt(0, {
      captured: { ACTIVE: ownText('12') },
      warnings: [ownText('a warning')],
      output,
    });
    expect(
      viewOf(
        drain,
        { type: 'ConfirmationGiven', address: drain, question: 'Sure?', by: ada, automatic: true },
        begin(1),
        failed(1),
        { type: 'RetryScheduled', address: drain, attempt: 2, delayMs: 10 },
        begin(2),
        { type: 'BlockPassed', address: drain, attempt: 2, result },
      ),
    ).toEqual({
      address: drain,
      status: 'passed',
      at: second(6),
      by: ada,
      durationMs: 1_300,
      exitCode: 0,
      details: [
        { type: 'confirmed', question: 'Sure?', by: ada, automatic: true, at: second(1) },
        failedAttempt(1, 3),
      ],
      ran,
      captured: { ACTIVE: '12' },
      warnings: ['a warning', '2.0 MB of its output were not kept'],
      output: excerpt,
    });
  });

  test('failed, and what was decided', () => {
    expect(
      viewOf(drain, begin(1), failed(1), {
        type: 'FailureDecided',
        address: drain,
        decision: 'stop',
        by: ada,
        automatic: false,
      }),
    ).toEqual({
      address: drain,
      status: 'failed',
      at: second(2),
      by: ada,
      reason: 'exit 3',
      durationMs: 1_300,
      exitCode: 3,
      output: excerpt,
      ran,
      details: [{ type: 'decided', decision: 'stop', by: ada, automatic: false, at: second(3) }],
    });
  });

  test('skipped after a failure, with the note', () => {
    const skip: RunEvent = {
      type: 'FailureDecided',
      address: drain,
      decision: 'skip',
      by: grace,
      automatic: false,
      note: 'known flake',
    };
    expect(viewOf(drain, begin(1), failed(1), skip)).toEqual({
      address: drain,
      status: 'skipped',
      at: second(3),
      by: grace,
      reason: 'after it failed',
      note: 'known flake',
      ran,
      details: [failedAttempt(1, 2)],
    });
  });

  test('skipped by its condition, already done, done by hand', () => {
    expect(viewOf(drain, { type: 'BlockSkipped', address: drain, reason: 'condition' })).toEqual({
      address: drain,
      status: 'skipped',
      at: second(1),
      reason: 'its condition does not hold',
    });
    expect(viewOf(drain, { type: 'BlockAlreadyDone', address: drain })).toEqual({
      address: drain,
      status: 'already-done',
      at: second(1),
      by: ada,
    });
    expect(
      viewOf(drain, { type: 'BlockMarkedDone', address: drain, by: grace, note: 'in the console' }),
    ).toEqual({
      address: drain,
      status: 'marked-done',
      at: second(1),
      by: grace,
      note: 'in the console',
    });
    expect(viewOf(drain, { type: 'ManualStepDone', address: drain, by: grace })).toEqual({
      address: drain,
      status: 'done',
      at: second(1),
      by: grace,
    });
  });

  test('in doubt, and its answer', () => {
    const doubt: readonly RunEvent[] = [
      begin(1),
      { type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'x' },
      { type: 'BlockFoundInDoubt', address: drain, attempt: 1 },
    ];
    expect(viewOf(drain, ...doubt)).toEqual({
      address: drain,
      status: 'in-doubt',
      at: second(3),
      by: grace,
      reason: 'it was started, and its end was not seen',
      ran,
    });
    expect(
      viewOf(drain, ...doubt, {
        type: 'DoubtResolved',
        address: drain,
        as: 'done',
        by: grace,
        note: 'I looked',
      }),
    ).toEqual({
      address: drain,
      status: 'marked-done',
      at: second(4),
      by: grace,
      reason: 'its end was not seen',
      note: 'I looked',
      ran,
    });
  });

  test('an edited command, once it has run', () => {
    const edited: RunEvent = { type: 'CommandEdited', address: drain, code: 'false\n', by: ada };
    const before = { address: drain, status: 'running', at: second(1), by: ada, ran };
    expect(viewOf(drain, begin(1), edited)).toEqual(before);
    const again: RunEvent = { type: 'BlockStarted', address: drain, attempt: 2, code: 'false\n' };
    expect(viewOf(drain, begin(1), edited, again)).toEqual({
      ...before,
      at: second(3),
      ran: { code: 'false\n', digest: digestOfCode('false\n'), edited: true },
    });
  });

  test('approvals and notes', () => {
    expect(
      viewOf(
        drain,
        {
          type: 'ApprovalRequested',
          address: drain,
          gate: 'dba',
          people: ['grace'],
          needed: 1,
          by: ada,
          onTimeout: 'deny',
        },
        { type: 'ApprovalGiven', address: drain, by: grace, comment: 'go' },
        { type: 'NoteAdded', address: drain, text: 'slow today', by: ada },
      ),
    ).toEqual({
      address: drain,
      status: 'waiting',
      at: second(1),
      by: ada,
      reason: 'waiting for approval',
      details: [
        { type: 'approval', answer: 'asked', by: ada, at: second(1) },
        { type: 'approval', answer: 'approved', by: grace, comment: 'go', at: second(2) },
        { type: 'note', text: 'slow today', by: ada, at: second(3) },
      ],
    });
  });

  test('a checklist, open and done', () => {
    const tick = (index: number, ticked: boolean): RunEvent => ({
      type: 'ChecklistItemSet',
      address: checklist.address,
      index,
      ticked,
      by: ada,
    });
    expect(viewOf(checklist.address, tick(1, false))).toEqual({
      address: checklist.address,
      status: 'waiting',
      at: second(1),
      by: ada,
      reason: '0 of 2 ticked',
      checklist: [
        { text: 'Tell the team', ticked: false },
        { text: 'Have coffee', ticked: false, by: ada, at: second(1) },
      ],
    });
    const half = [
      { text: 'Tell the team', ticked: true, by: ada, at: second(1) },
      { text: 'Have coffee', ticked: true },
    ];
    expect(viewOf(checklist.address, tick(0, true))).toEqual({
      address: checklist.address,
      status: 'waiting',
      at: second(1),
      by: ada,
      reason: '1 of 2 ticked',
      checklist: half,
    });
    expect(viewOf(checklist.address, tick(0, true), tick(1, true))).toEqual({
      address: checklist.address,
      status: 'done',
      at: second(2),
      by: ada,
      checklist: [half[0], { text: 'Have coffee', ticked: true, by: ada, at: second(2) }],
    });
  });

  test('hosts, each with its own output', () => {
    const output = { stdoutBytes: 0, stderrBytes: 0, lines: 0 };
    const hosts = [
      { host: 'web1', status: 'passed', exitCode: 0, durationMs: 5, output },
      {
        host: 'web2',
        status: 'failed',
        exitCode: null,
        durationMs: 9,
        output,
        failure: { type: 'connection', host: 'web2', message: ownText('could not be made: refused') },
      },
    ] as const;
    expect(
      viewOf(drain, {
        type: 'BlockFailed',
        address: drain,
        attempt: 1,
        result: { ...attempt(255), hosts },
        reason: { type: 'exit', code: 255 },
      })?.hosts,
    ).toEqual([
      { host: 'web1', status: 'passed', durationMs: 5, exitCode: 0, output: excerpt },
      {
        host: 'web2',
        status: 'failed',
        durationMs: 9,
        exitCode: null,
        reason: 'the connection to `web2` could not be made: refused',
        output: excerpt,
      },
    ]);
  });
});

test('the listener hands on one result an item that has one, and the row of the run', () => {
  const results = new Map<Address, ResultView | undefined>();
  const entries: LogEntry[] = [];
  const log = new DocumentLog(plan, () => undefined, {
    update: (name, make) => results.set(name, make()),
    setLogEntry: (entry) => entries.push(entry),
  });
  const events: readonly RunEvent[] = [
    started,
    { type: 'PhaseStarted', phase: 'steps' },
    { type: 'BlockReleased', address: address('undo'), by: ada, automatic: true },
    begin(1),
    failed(1),
    { type: 'RunPaused', reason: 'failure', message: 'x', at: drain },
    { type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'x' },
    { type: 'FailureDecided', address: drain, decision: 'continue', by: grace, automatic: false },
    { type: 'BlockSkipped', address: address('not-in-the-plan'), reason: 'condition' },
    { type: 'RunEnded', outcome: 'failed', message: 'x', left: [] },
  ];
  for (const event of recorded(events)) log.onEvent(event);
  expect([...results.keys()]).toEqual([drain]);
  expect(results.get(drain)?.status).toBe('failed');
  const entry = {
    run: runId('20261121-021300-k3f9'),
    at: second(0),
    by: ada,
    inputs: { TARGET: 'staging' },
    version: '3f2a91c0d4e5f607',
  };
  expect(entries).toEqual([
    { ...entry, outcome: '◌ open' },
    { ...entry, outcome: '◌ paused', durationMs: 5_000 },
    { ...entry, outcome: '◌ open', durationMs: 5_000 },
    { ...entry, outcome: '✘ failed', durationMs: 9_000 },
  ]);
});
