import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import type { AttemptResult, RunEvent } from '../../../src/run/event.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import { makePalette } from '../../../src/view/layout/palette.ts';
import { describeEvent } from '../../../src/view/words/describe-event.ts';
import { anyCharacter } from '../../any-character.ts';
import { ada, sampleEvents } from '../../surfaces/headless/sample-events.ts';

const drain = address('drain');
const result: AttemptResult = {
  exitCode: 0,
  durationMs: 1340,
  output: { file: 'output/1', stdoutBytes: 2000, stderrBytes: 0, lines: 40 },
  captured: {},
  warnings: [],
};
const quiet: AttemptResult = { ...result, exitCode: 1, output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 } };

/** What people and programs have written, by the names of its fields; it may hold anything. */
const freeTexts = new Set(
  'title message note comment question text problem about to user host people warnings copy'.split(' '),
);

/** The value with every free text in it replaced. */
function withTexts(value: unknown, text: string, name = ''): unknown {
  if (typeof value === 'string') return freeTexts.has(name) ? text : value;
  if (Array.isArray(value)) return value.map((part) => withTexts(part, text, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withTexts(part, text, key)]));
}

describe.each(Object.values(sampleEvents))('$type', (event) => {
  test('is told in one sentence in lower case, without a full stop', () => {
    const { symbol, text } = describeEvent(event);
    expect(Object.keys(makePalette(0).symbols)).toContain(symbol);
    expect(text).toMatch(/^[a-z`].*[^.\s]$/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('is told in one line without control characters, whatever names and notes hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 20 }), (text) => {
        const hostile = withTexts(event, `a\n\r\u001b[2J\u202e${text}`) as RunEvent;
        expect(describeEvent(hostile).text).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 20 },
    );
  });
});

/** Where what is said hangs on more than the event's type. */
const lines: readonly (readonly [why: string, event: RunEvent, line: string])[] = [
  [
    'a rehearsal is no run',
    { ...sampleEvents.RunStarted, options: { ...sampleEvents.RunStarted.options, rehearse: true } },
    'rehearsal 20261121-021322-k3f9 of `Restart` started by ada@bastion',
  ],
  [
    'a message stands for the reason',
    { type: 'RunPaused', reason: 'operator', message: 'paused by ada' },
    'paused by ada',
  ],
  [
    'without a message the reason is told, and the place',
    { type: 'RunPaused', reason: 'manual-step', message: '', at: drain },
    'paused at `drain`: a step has to be done by a person',
  ],
  [
    'what a rollback has left',
    { type: 'RunEnded', outcome: 'rollback-failed', message: 'undo failed', left: [drain, address('b')] },
    'the run failed, and its rollback failed too: undo failed; left undone: `drain` and `b`',
  ],
  [
    'a condition that holds on some hosts',
    {
      ...{ type: 'ConditionChecked', address: drain, condition: 'when', holds: false },
      hosts: { web1: true, web2: false },
    },
    'the `when` of `drain` holds on `web1` only',
  ],
  [
    'a condition that holds on none',
    { type: 'ConditionChecked', address: drain, condition: 'when', holds: false, hosts: { web1: false } },
    'the `when` of `drain` does not hold',
  ],
  [
    'what has no exit code goes on',
    { type: 'BlockPassed', address: drain, attempt: 1, result: { ...quiet, exitCode: null } },
    '`drain` goes on in the background',
  ],
  [
    'much output in lines and bytes',
    { type: 'BlockPassed', address: drain, attempt: 1, result },
    '`drain` passed in 1.3 s (40 lines, 2.0 kB)',
  ],
  [
    'warnings stand before the reason',
    {
      ...{ type: 'BlockFailed', address: drain, attempt: 1 },
      result: { ...quiet, warnings: [ownText('state was lost')] },
      reason: { type: 'timeout', timeoutMs: 130_000 },
    },
    '`drain` failed in 1.3 s; state was lost: timed out after 2 min 10 s',
  ],
  [
    'a background block that ended well',
    { type: 'BackgroundEnded', address: drain, result: { ...quiet, exitCode: 0 }, ended: 'itself' },
    '`drain` in the background ended by itself after 1.3 s',
  ],
  [
    'one that failed',
    {
      type: 'BackgroundEnded',
      address: drain,
      result: quiet,
      ended: 'itself',
      reason: { type: 'exit', code: 1 },
    },
    '`drain` in the background failed after 1.3 s: exit 1',
  ],
  [
    'one that somebody has ended, which is no failure',
    { type: 'BackgroundEnded', address: drain, result: { ...quiet, exitCode: 143 }, ended: 'itself' },
    '`drain` in the background ended after 1.3 s: exit 143',
  ],
  [
    'a block that looked and found something',
    { type: 'BlockPassed', address: drain, attempt: 1, result: { ...quiet, exitCode: 3, finding: true } },
    '`drain` exit 3 in 1.3 s',
  ],
  [
    'the line and the command at which a block ended',
    {
      ...{ type: 'BlockFailed', address: drain, attempt: 1, result: quiet },
      reason: { type: 'exit', code: 1, at: { line: 9, blockLine: 2, command: ownText('cd /srv/old') } },
    },
    '`drain` failed in 1.3 s: exit 1 at line 9: `cd /srv/old`',
  ],
  [
    'a line of a linked runbook, and the first line of a long command',
    {
      ...{ type: 'BlockFailed', address: drain, attempt: 1, result: quiet },
      reason: {
        ...{ type: 'exit', code: 2 },
        at: { line: 9, file: 'drain.md', blockLine: 2, command: ownText('psql <<E\nselect\nE') },
      },
    },
    '`drain` failed in 1.3 s: exit 2 at line 9 of `drain.md`: `psql <<E …`',
  ],
  [
    'a line of what the operator had edited, in the middle of the block',
    {
      ...{ type: 'BlockFailed', address: drain, attempt: 1, result: quiet },
      reason: { type: 'exit', code: 3, at: { blockLine: 2, command: ownText('a') }, isEarly: true },
    },
    '`drain` failed in 1.3 s: exit 3 at line 2 of the edited command, before the end of the block: `a`',
  ],
  [
    'a command that nothing in a check asks for',
    {
      ...{ type: 'BlockFailed', address: drain, attempt: 1, result: quiet },
      reason: {
        ...{ type: 'exit', code: 3, isUnheard: true },
        at: { line: 9, blockLine: 2, command: ownText('cat /none') },
      },
    },
    '`drain` failed in 1.3 s: exit 3 at line 9, which nothing asks for: `cat /none`',
  ],
  [
    'the rest of a block',
    { type: 'BlockStarted', address: drain, attempt: 2, from: { line: 9, blockLine: 2 } },
    '`drain` started, attempt 2, from line 9',
  ],
  [
    'one that the run has ended, which is no failure',
    { type: 'BackgroundEnded', address: drain, result: { ...quiet, exitCode: null }, ended: 'by-run' },
    '`drain` in the background was ended with the run after 1.3 s',
  ],
  ['a first attempt is not counted', { type: 'BlockStarted', address: drain, attempt: 1 }, '`drain` started'],
  ['a second one is', { type: 'BlockStarted', address: drain, attempt: 2 }, '`drain` started, attempt 2'],
  [
    'whole seconds have no decimals',
    { type: 'RetryScheduled', address: drain, attempt: 2, delayMs: 5000 },
    '`drain` is tried again in 5 s, attempt 2',
  ],
  [
    'who skipped stands for why',
    { type: 'BlockSkipped', address: drain, reason: 'operator', by: ada, note: 'not\nneeded' },
    '`drain` skipped: by ada@bastion (not␊needed)',
  ],
  [
    'a policy is nobody',
    { type: 'ConfirmationGiven', address: drain, question: 'Sure?', by: ada, automatic: true },
    'confirmed beforehand, by an option of the run: Sure?',
  ],
  [
    'nor is one that decides about a failure',
    { type: 'FailureDecided', address: drain, decision: 'rollback', by: ada, automatic: true },
    'roll back, without being asked',
  ],
  [
    'an answer that was taken says whose it was',
    { type: 'AnswerTaken', question: 'confirm:drain:0', by: ada, answer: 'yes' },
    'the answer `yes` from ada@bastion was taken',
  ],
  [
    'which earlier versions have not kept',
    { type: 'AnswerTaken', question: 'confirm:drain:0' },
    'the answer was taken',
  ],
  [
    'items are counted from one',
    { type: 'ChecklistItemSet', address: drain, index: 1, ticked: true, by: ada },
    'item 2 of `drain` ticked by ada@bastion',
  ],
  [
    'whom an approval waits for, and until when',
    {
      ...{ type: 'ApprovalRequested', address: drain, gate: 'dba', people: ['ada', 'grace'], needed: 2 },
      ...{ by: ada, expiresAt: '2026-11-21T02:13:22.000Z', onTimeout: 'deny' },
    },
    '`drain` waits for 2 approvals from ada and grace until 02:13:22',
  ],
  [
    'one and several',
    {
      ...{ type: 'RollbackPlanned', by: ada, automatic: true },
      items: [drain],
      steps: [stepName('a'), stepName('b')],
    },
    'rollback planned: 1 undo for 2 steps',
  ],
  [
    'only changes that there are',
    { type: 'RunbookChanged', digest: 'd', edited: [drain], gone: [], added: [drain, drain] },
    'the runbook has changed: 1 edited and 2 added',
  ],
  [
    'a change of no block',
    { type: 'RunbookChanged', digest: 'd', edited: [], gone: [], added: [] },
    'the runbook has changed: its prose only',
  ],
  ['preconditions that hold', { type: 'GateOpened' }, 'every precondition holds'],
  [
    'preconditions that nobody has looked at',
    { type: 'GateOpened', skipped: [drain] },
    'past the preconditions; nobody has looked at `drain`',
  ],
];

test.each(lines)('%s', (_why, event, line) => {
  expect(describeEvent(event).text).toBe(line);
});
