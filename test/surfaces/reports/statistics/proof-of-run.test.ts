import { expect, test } from 'vitest';
import { address, runId } from '../../../../src/basics/address.ts';
import type { FailureDecision, RecordedEvent, RunEvent } from '../../../../src/run/event.ts';
import type { Outcome } from '../../../../src/run/outcomes.ts';
import type { RunOptions } from '../../../../src/run/run-options.ts';
import { proofOfRun } from '../../../../src/surfaces/reports/statistics/proof-of-run.ts';
import { ada, defaultOptions } from '../../../run/scenario.ts';

const at = '2026-11-21T02:13:22.123Z';

const started = (options: Partial<RunOptions> = {}, section?: string): RunEvent => ({
  type: 'RunStarted',
  run: runId('20261121-021322-abcd'),
  runbook: { path: '/a.md', title: 'A', digest: 'd1g', ...(section !== undefined && { section }) },
  planDigest: 'p',
  by: ada,
  mode: 'unattended',
  options: { ...defaultOptions, ...options },
  inputs: {},
  secretInputs: [],
  cwd: '/',
  version: '1',
});
const ended = (outcome: Outcome): RunEvent => ({ type: 'RunEnded', outcome, message: '', left: [] });
const skipped = (reason: Extract<RunEvent, { type: 'BlockSkipped' }>['reason']): RunEvent => ({
  type: 'BlockSkipped',
  address: address('a'),
  reason,
});
const markedDone: RunEvent = { type: 'BlockMarkedDone', address: address('a'), by: ada, note: '' };
const resumed = (options?: RunOptions): RunEvent => ({
  type: 'RunResumed',
  by: ada,
  mode: 'guided',
  runbookDigest: 'd1g',
  ...(options && { options }),
});
const decided = (decision: FailureDecision): RunEvent => ({
  type: 'FailureDecided',
  address: address('a'),
  decision,
  by: ada,
  automatic: false,
});
const resolved = (as: Extract<RunEvent, { type: 'DoubtResolved' }>['as']): RunEvent => ({
  type: 'DoubtResolved',
  address: address('a'),
  as,
  by: ada,
});
const edited: RunEvent = { type: 'CommandEdited', address: address('a'), code: 'true', by: ada };
const steps = { steps: ['a' as never], tags: [] };

const byRun = { at, by: 'run', digest: 'd1g' };
const byRehearsal = { at, by: 'rehearsal', digest: 'd1g' };

test.each<[string, readonly RunEvent[], object | undefined]>([
  ['a whole run', [started(), ended('succeeded')], byRun],
  ['what its own conditions left out', [started(), skipped('condition'), ended('succeeded')], byRun],
  ['the way that was not taken', [started(), skipped('not-chosen'), ended('succeeded')], byRun],
  ['taken up again', [started(), resumed(), resumed(defaultOptions), ended('succeeded')], byRun],
  ['a rehearsal that left nothing out', [started({ rehearse: true }), ended('rehearsed')], byRehearsal],
  [
    'a rehearsal that left something out',
    [started({ rehearse: true }), skipped('rehearsal'), ended('rehearsed')],
    undefined,
  ],
  ['a failure', [started(), ended('failed')], undefined],
  ['a run that has not ended', [started()], undefined],
  ['an end that was taken back', [started(), ended('failed'), resumed(), ended('succeeded')], byRun],
  ['one step', [started({ selection: steps }), ended('succeeded')], undefined],
  [
    'from a step on',
    [started({ selection: { steps: [], tags: [], from: 'b' } }), ended('succeeded')],
    undefined,
  ],
  [
    'up to a step',
    [started({ selection: { steps: [], tags: [], until: 'b' } }), ended('succeeded')],
    undefined,
  ],
  ['a tag', [started({ selection: { steps: [], tags: ['x'] } }), ended('succeeded')], undefined],
  [
    'a step of the rest',
    [started(), resumed({ ...defaultOptions, selection: steps }), ended('succeeded')],
    undefined,
  ],
  ['one section', [started({}, 'evict'), ended('succeeded')], undefined],
  ['what the operator skipped', [started(), skipped('operator'), ended('succeeded')], undefined],
  ['manual steps with nobody there', [started(), skipped('manual-policy'), ended('succeeded')], undefined],
  ['what somebody said was done', [started(), markedDone, ended('succeeded')], undefined],
  ['a failure that was tried again', [started(), decided('retry'), ended('succeeded')], byRun],
  ['a failure that was skipped', [started(), decided('skip'), ended('succeeded')], undefined],
  ['a failure that somebody mended', [started(), decided('mark-done'), ended('succeeded')], undefined],
  ['a doubt that was run again', [started(), resolved('run-again'), ended('succeeded')], byRun],
  ['a doubt that somebody settled', [started(), resolved('done'), ended('succeeded')], undefined],
  ['a command that was edited', [started(), edited, ended('succeeded')], undefined],
  ['the new text taken', [started(), resumed(), edited, ended('succeeded')], undefined],
  [
    'a shell on the way',
    [started(), { type: 'ShellOpened', by: ada }, { type: 'ShellClosed', durationMs: 1 }, ended('succeeded')],
    undefined,
  ],
])('%s', (_, events, proof) => {
  const history: RecordedEvent[] = events.map((event, index) => ({ seq: index + 1, at, event }));
  expect(proofOfRun(history)).toEqual(proof);
});
