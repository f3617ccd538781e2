import { describe, expect, test } from 'vitest';
import { address, runId, stepName } from '../../../src/basics/address.ts';
import type { Actor, AttemptResult, RunEvent, RunOptions } from '../../../src/run/event.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import { describeEvent } from '../../../src/view/words/describe-event.ts';
import { formatBytes } from '../../../src/view/words/format-bytes.ts';
import { missingSectionsWords, outputWords } from '../../../src/view/words/outcome-words.ts';

const ada: Actor = { user: 'ada', host: 'bastion' };
const drain = address('drain');
const options: RunOptions = {
  ...{ yes: true, dryRun: false, rehearse: false, allowDestructive: false, manual: 'pause', log: 'document' },
  selection: { steps: [], tags: [] },
};
const result: AttemptResult = {
  exitCode: 0,
  durationMs: 1340,
  output: { file: 'output/1', stdoutBytes: 2000, stderrBytes: 0, lines: 40 },
  captured: {},
  warnings: [],
};
const quiet: AttemptResult = { ...result, exitCode: 1, output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 } };

const lines: readonly (readonly [RunEvent, string])[] = [
  [
    {
      type: 'RunStarted',
      run: runId('20261121-021322-k3f9'),
      runbook: { path: 'a.md', title: 'Restart', digest: 'd' },
      planDigest: 'd',
      by: ada,
      mode: 'unattended',
      options,
      inputs: {},
      secretInputs: [],
      cwd: '/',
      version: '1',
    },
    'running run 20261121-021322-k3f9 of `Restart` started by ada@bastion',
  ],
  [{ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' }, 'running resumed by ada@bastion'],
  [{ type: 'RunPaused', reason: 'operator', message: 'paused by ada' }, 'paused paused: paused by ada'],
  [
    { type: 'RunPaused', reason: 'manual-step', message: '', at: drain },
    'paused paused at `drain`: a step is for a person to do',
  ],
  [
    { type: 'RunEnded', outcome: 'succeeded', message: 'every step passed', left: [] },
    'passed the run succeeded: every step passed',
  ],
  [
    { type: 'RunEnded', outcome: 'rollback-failed', message: 'undo failed', left: [drain, address('b')] },
    'failed the run failed, and its rollback failed too: undo failed; left undone: `drain` and `b`',
  ],
  [{ type: 'PhaseStarted', phase: 'cleanup' }, 'horizontal clean-up'],
  [{ type: 'GateOpened' }, 'passed every precondition holds'],
  [
    { type: 'ConditionChecked', address: drain, condition: 'when', holds: false },
    'dot the `when` of `drain` does not hold',
  ],
  [{ type: 'BlockStarted', address: drain, attempt: 1 }, 'running `drain` started'],
  [
    { type: 'BlockPassed', address: drain, attempt: 1, result: { ...quiet, exitCode: null } },
    'running `drain` goes on in the background',
  ],
  [
    { type: 'BackgroundEnded', address: drain, result: { ...quiet, exitCode: 0 }, ended: 'itself' },
    'dot `drain` in the background ended by itself after 1.3 s',
  ],
  [
    { type: 'BackgroundEnded', address: drain, result: quiet, ended: 'itself' },
    'warning `drain` in the background failed after 1.3 s: exit 1',
  ],
  [
    { type: 'BackgroundEnded', address: drain, result: { ...quiet, exitCode: null }, ended: 'by-run' },
    'dot `drain` in the background was ended with the run after 1.3 s',
  ],
  [{ type: 'BlockStarted', address: drain, attempt: 2 }, 'running `drain` started, attempt 2'],
  [
    { type: 'BlockPassed', address: drain, attempt: 1, result },
    'passed `drain` passed in 1.3 s (40 lines, 2.0 kB)',
  ],
  [
    { type: 'BlockFailed', address: drain, attempt: 1, result: quiet, reason: { type: 'exit', code: 3 } },
    'failed `drain` failed in 1.3 s: exit 3',
  ],
  [
    {
      type: 'BlockFailed',
      address: drain,
      attempt: 1,
      result: { ...quiet, warnings: [ownText('state was lost')] },
      reason: { type: 'timeout', timeoutMs: 130_000 },
    },
    'failed `drain` failed in 1.3 s; state was lost: timed out after 2 min 10 s',
  ],
  [
    { type: 'RetryScheduled', address: drain, attempt: 2, delayMs: 5000 },
    'waiting `drain` is tried again in 5 s, attempt 2',
  ],
  [
    { type: 'BlockSkipped', address: drain, reason: 'condition' },
    'skipped `drain` skipped: its condition does not hold',
  ],
  [
    { type: 'BlockSkipped', address: drain, reason: 'operator', by: ada, note: 'not\nneeded' },
    'skipped `drain` skipped: by ada@bastion (not␊needed)',
  ],
  [{ type: 'BlockAlreadyDone', address: drain }, 'passed `drain` is already done'],
  [
    { type: 'FailureDecided', address: drain, decision: 'retry', by: ada, automatic: false },
    'arrow run again, decided by ada@bastion',
  ],
  [
    { type: 'ConfirmationGiven', address: drain, question: 'Sure?', by: ada, automatic: true },
    'dot confirmed by policy: Sure?',
  ],
  [
    { type: 'ChecklistItemSet', address: drain, index: 1, ticked: true, by: ada },
    'passed item 2 of `drain` ticked by ada@bastion',
  ],
  [
    {
      type: 'ApprovalRequested',
      address: drain,
      gate: 'dba',
      people: ['ada', 'grace'],
      needed: 2,
      by: ada,
      expiresAt: '2026-11-21T02:13:22.000Z',
      onTimeout: 'deny',
    },
    'waiting `drain` waits for 2 approvals of ada and grace until 02:13:22',
  ],
  [
    {
      type: 'RollbackPlanned',
      items: [drain],
      steps: [stepName('a'), stepName('b')],
      by: ada,
      automatic: true,
    },
    'undo rollback planned: 1 undo for 2 steps',
  ],
  [
    { type: 'RunbookChanged', digest: 'd', edited: [drain], gone: [], added: [drain, drain] },
    'warning the runbook has changed: 1 edited and 2 added',
  ],
];

test.each(lines)('%j', (event, expected) => {
  const { symbol, text } = describeEvent(event);
  expect(`${symbol} ${text}`).toBe(expected);
});

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [104_857_600, '105 MB'],
    [5e15, '5000 TB'],
  ])('%d', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
});

test('what a runbook does not have is said in one friendly line', () => {
  expect(missingSectionsWords([])).toBe('');
  expect(missingSectionsWords(['rollback'])).toBe(
    'This runbook has no rollback section: a failure cannot be undone from here.',
  );
  expect(missingSectionsWords(['preconditions', 'validation'])).toBe(
    'This runbook has no preconditions and no validation section: nothing is checked before the first change and nothing is checked at the end.',
  );
  expect(missingSectionsWords(['preconditions', 'steps', 'validation', 'rollback'])).toBe(
    'This runbook is a walkthrough: it has no sections of its own, and each part is a step.',
  );
});

test('little output is counted in lines, much in bytes too', () => {
  expect([
    outputWords({ stdoutBytes: 0, stderrBytes: 0, lines: 0 }),
    outputWords({ stdoutBytes: 5, stderrBytes: 0, lines: 1 }),
    outputWords({ stdoutBytes: 5, stderrBytes: 0, lines: 0 }),
    outputWords({ stdoutBytes: 1e8, stderrBytes: 0, lines: 2_000_000 }),
  ]).toEqual(['', '1 line', '5 bytes', '2000000 lines, 100 MB']);
});
