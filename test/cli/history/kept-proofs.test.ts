import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { KeptProofs } from '../../../src/cli/history/kept-proofs.ts';
import { continueJournal } from '../../../src/engine/journal/continue-journal.ts';
import { ProofStore } from '../../../src/engine/journal/proof-store.ts';
import { journalStart } from '../../../src/engine/journal/read-journal.ts';
import { RunStore } from '../../../src/engine/journal/run-store.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { ada, defaultOptions } from '../../run/scenario.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const day = (hour: number): string => `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A state folder, and what keeps a run of `page.md` in it that began and ended at those hours. */
function keptRuns() {
  const folder = temporaryFolder();
  const page = join(folder, 'page.md');
  writeFileSync(page, '# Page\n\n```sh\ntrue\n```\n');
  const state = join(folder, 'state');
  const keepRun = (began: number, ended: number, more: readonly RunEvent[] = []): void => {
    const id = runId(`20261121-${String(began).padStart(2, '0')}0000-abcd`);
    const kept = new RunStore(state).create({
      summary: {
        ...{ id, runbook: page, title: 'Page', by: 'ada@bastion', mode: 'unattended' as const },
        ...{ startedAt: day(began), endedAt: day(ended), status: 'ended', outcome: 'succeeded' },
      },
      plan: {
        ...{ title: 'Page', shell: 'bash', env: {}, interpreters: {} },
        ...{ items: [], approvalGroups: {}, missingSections: [] },
      },
      runbook: new Uint8Array(),
    });
    const journal = continueJournal(kept.journal, journalStart, { now: () => new Date(day(ended)) });
    journal.append([
      {
        ...{ type: 'RunStarted', run: id, runbook: { path: page, title: 'Page', digest: `run of ${began}` } },
        ...{ planDigest: 'p', by: ada, mode: 'unattended', options: defaultOptions },
        ...{ inputs: {}, secretInputs: [], cwd: '/', version: '1' },
      },
      ...more,
      { type: 'RunEnded', outcome: 'succeeded', message: '', left: [] },
    ]);
    journal.close();
  };
  const keepTest = (hour: number): void =>
    new ProofStore(state).keep(page, { at: day(hour), digest: 'test', cases: 1 });
  const lastProof = () => new KeptProofs(state).known(page, () => 'run of 1').lastProof;
  return { state, keepRun, keepTest, lastProof };
}

test('what was proven last counts, however long before it was begun', () => {
  const { keepRun, keepTest, lastProof } = keptRuns();
  expect(lastProof()).toBe('none');
  keepTest(5);
  expect(lastProof()).toEqual({ at: day(5), by: 'test', isOfOtherText: true });
  // Begun first and ended last: between the two are the tests, and runs that were begun later.
  keepRun(1, 9);
  keepRun(2, 4);
  expect(lastProof()).toEqual({ at: day(9), by: 'run', isOfOtherText: false });
  keepRun(3, 8);
  expect(lastProof()).toEqual({ at: day(9), by: 'run', isOfOtherText: false });
  keepTest(10);
  expect(lastProof()).toEqual({ at: day(10), by: 'test', isOfOtherText: true });
});

test('a run that proves nothing hides none that does', () => {
  const { keepRun, lastProof, state } = keptRuns();
  keepRun(1, 2);
  keepRun(3, 4, [{ type: 'ShellOpened', by: ada }]);
  keepRun(5, 6);
  writeFileSync(join(state, 'runs/20261121-050000-abcd/journal.ndjson'), 'damaged\n\n');
  keepRun(7, 8);
  rmSync(join(state, 'runs/20261121-070000-abcd/journal.ndjson'));
  expect(lastProof()).toEqual({ at: day(2), by: 'run', isOfOtherText: false });
});

test.each(['the tests', 'a run'])(
  'that a proof by %s cannot be read is not told as that there is none',
  (kind) => {
    const { keepRun, keepTest, lastProof, state } = keptRuns();
    if (kind === 'a run') keepRun(1, 2);
    else keepTest(1);
    const path = join(
      state,
      kind === 'a run'
        ? 'runs/20261121-010000-abcd/journal.ndjson'
        : `proofs/${readdirSync(join(state, 'proofs'))}`,
    );
    rmSync(path);
    mkdirSync(path);
    expect(lastProof).toThrow('EISDIR: illegal operation on a directory');
  },
);
