import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { type ListedRun, RunStore } from '../../../src/engine/journal/run-store.ts';
import { parseSummary, type RunSummary } from '../../../src/engine/journal/run-summary.ts';
import { stateFolder } from '../../../src/engine/journal/state-folder.ts';
import { takeLock } from '../../../src/engine/processes/process-lock.ts';
import type { Plan } from '../../../src/run/plan.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faults, faultyFiles } from '../files/faulty-files.ts';

const plan: Plan = {
  title: 'Drain',
  shell: 'bash',
  env: {},
  interpreters: {},
  items: [],
  approvalGroups: {},
  missingSections: ['rollback'],
};
const summary = (id: string, changes: Partial<RunSummary> = {}): RunSummary => ({
  id: runId(id),
  runbook: '/books/drain.md',
  title: 'Drain',
  by: 'ada@bastion',
  mode: 'guided',
  startedAt: '2026-11-21T02:13:22.123Z',
  status: 'open',
  ...changes,
});
const document = new Uint8Array([0xef, 0xbb, 0xbf, 35, 13, 10, 0xff]);

describe('the state folder', () => {
  test.each([
    ['/asked', { RUNSHEET_STATE: '/named', XDG_STATE_HOME: '/xdg' }, '/asked'],
    [undefined, { RUNSHEET_STATE: '/named', XDG_STATE_HOME: '/xdg' }, '/named'],
    [undefined, { RUNSHEET_STATE: '', XDG_STATE_HOME: '/xdg' }, '/xdg/runsheet'],
    [undefined, { XDG_STATE_HOME: 'relative' }, '/home/ada/.local/state/runsheet'],
    [undefined, {}, '/home/ada/.local/state/runsheet'],
    ['here', {}, join(process.cwd(), 'here')],
  ])('%s with %o is %s', (asked, environment, expected) => {
    expect(stateFolder(asked, environment, '/home/ada')).toBe(expected);
  });
});

test('a new run is a private folder with all that belongs to its start', () => {
  const state = join(temporaryFolder(), 'state');
  const store = new RunStore(state);
  const folder = store.create({ summary: summary('20261121-021322-k3f9'), plan, runbook: document });
  const path = join(state, 'runs', '20261121-021322-k3f9');
  expect(folder).toEqual({
    id: '20261121-021322-k3f9',
    path,
    journal: join(path, 'journal.ndjson'),
    plan: join(path, 'plan.json'),
    runbook: join(path, 'runbook.md'),
    summary: join(path, 'meta.json'),
    outputs: join(path, 'outputs'),
    state: join(path, 'state'),
  });
  expect(readdirSync(path).sort()).toEqual([
    'journal.ndjson',
    'meta.json',
    'outputs',
    'plan.json',
    'runbook.md',
    'state',
  ]);
  const modes = [state, path, folder.outputs, folder.plan].map((each) => statSync(each).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
  expect(readFileSync(folder.plan, 'utf8')).toBe(`${JSON.stringify(plan)}\n`);
  expect(new Uint8Array(store.readRunbook(folder))).toEqual(document);
  expect(parseSummary(readFileSync(folder.summary, 'utf8'))).toEqual(summary('20261121-021322-k3f9'));
});

describe('runs', () => {
  const ids = ['20261121-021322-k3f9', '20261121-030000-aaaa', '20261122-000000-bbbb'];
  function filled(): { store: RunStore; state: string } {
    const state = temporaryFolder();
    const store = new RunStore(state);
    for (const id of ids) store.create({ summary: summary(id), plan, runbook: document });
    return { store, state };
  }

  test('are listed newest first, up to a limit', () => {
    const { store } = filled();
    expect(store.list().map(({ id }) => id)).toEqual([...ids].reverse());
    expect(store.list(1)).toEqual([
      { id: ids[2], folder: store.folder(runId(ids[2] ?? '')), summary: summary(ids[2] ?? '') },
    ]);
    expect(new RunStore(join(temporaryFolder(), 'none')).list()).toEqual([]);
  });

  test('of one second are listed by their milliseconds', () => {
    const store = new RunStore(temporaryFolder());
    const started = { aaaa: '300Z', bbbb: '100Z', cccc: '200Z' };
    for (const [tail, ms] of Object.entries(started)) {
      const startedAt = `2026-11-21T02:13:22.${ms}`;
      store.create({ summary: summary(`20261121-021322-${tail}`, { startedAt }), plan, runbook: document });
    }
    const tails = (runs: readonly ListedRun[]) => runs.map(({ id }) => id.slice(-4));
    expect(tails(store.list())).toEqual(['aaaa', 'cccc', 'bbbb']);
    expect(tails(store.list(2))).toEqual(['aaaa', 'cccc']);
  });

  test('show their end once it is known, and are listed also without a summary', () => {
    const { store } = filled();
    const ended = summary(ids[0] ?? '', {
      status: 'ended',
      outcome: 'rolled-back',
      endedAt: '2026-11-21T02:20:00.000Z',
    });
    store.updateSummary(store.folder(ended.id), ended);
    writeFileSync(store.folder(runId(ids[1] ?? '')).summary, '{"id": 3}');
    expect(store.list().map((run) => run.summary)).toEqual([summary(ids[2] ?? ''), undefined, ended]);
  });

  test('are found by id, by the beginning or the tail of the id, and by runbook', () => {
    const { store, state } = filled();
    const book = join(state, 'book.md');
    writeFileSync(book, '');
    symlinkSync(book, join(state, 'link.md'));
    const last = summary('20261123-000000-cccc', { runbook: book });
    store.create({ summary: last, plan, runbook: document });
    const found = (text: string) => {
      const result = store.find(text);
      return result.ok ? result.value.id : result.error;
    };
    expect(found('20261121-030000-aaaa')).toBe('20261121-030000-aaaa');
    expect(found('20261122')).toBe('20261122-000000-bbbb');
    expect(found('k3f9')).toBe('20261121-021322-k3f9');
    expect(found('/books/drain.md')).toBe('20261122-000000-bbbb');
    expect(found(join(state, 'link.md'))).toBe('20261123-000000-cccc');
    expect(found('20261121')).toEqual({
      type: 'ambiguous',
      ids: ['20261121-030000-aaaa', '20261121-021322-k3f9'],
    });
    expect(found('2025')).toEqual({ type: 'none' });
    expect(found('')).toEqual({ type: 'none' });
  });

  test('are live while a process works on them', () => {
    const { store } = filled();
    const folder = store.folder(runId(ids[0] ?? ''));
    expect(store.isLive(folder)).toBe(false);
    const attempt = takeLock(folder.path);
    expect(store.isLive(folder)).toBe(true);
    if (attempt.ok) attempt.lock.release();
    expect(store.isLive(folder)).toBe(false);
  });
});

test.each(faults)('with %s at each operation, a new run is there whole or not at all', (fault) => {
  for (let failing = 1; ; failing += 1) {
    const state = temporaryFolder();
    const files = faultyFiles(failing, fault);
    const run = { summary: summary('20261121-021322-k3f9'), plan, runbook: document };
    try {
      new RunStore(state, files).create(run);
    } catch (error) {
      expect(error).toMatchObject({ syscall: 'test' });
    }
    const store = new RunStore(state);
    for (const { folder } of store.list()) {
      expect(readdirSync(folder.path).sort()).toEqual([
        'journal.ndjson',
        'meta.json',
        'outputs',
        'plan.json',
        'runbook.md',
        'state',
      ]);
      expect(readFileSync(folder.plan, 'utf8')).toBe(`${JSON.stringify(plan)}\n`);
      expect(new Uint8Array(store.readRunbook(folder))).toEqual(document);
    }
    expect(readdirSync(join(state, 'runs'))).toEqual(store.list().map(({ id }) => id));
    if (files.count < failing) {
      expect(store.list().length).toBe(1);
      break;
    }
  }
});

describe('runs that have not ended', () => {
  const ids = [
    '20260101-000000-aaaa',
    '20260101-000001-bbbb',
    '20260101-000001-cccc',
    '20260102-000000-dddd',
  ];
  const folderOf = (state: string, id: string) => new RunStore(state).folder(runId(id));
  const longWay = (store: RunStore) => store.list().filter((run) => run.summary?.status !== 'ended');
  const create = (state: string, id: string, changes: Partial<RunSummary> = {}) =>
    new RunStore(state).create({ summary: summary(id, changes), plan, runbook: document });

  test('are those of the list, whatever is known, lost, left over or refused on the way', () => {
    const change = fc.record({
      id: fc.constantFrom(...ids.slice(1, 3)),
      status: fc.constantFrom('open', 'paused', 'ended', 'ended', 'lost', 'pruned'),
      failing: fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 8 })),
      fault: fc.constantFrom(...faults),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const state = temporaryFolder();
        for (const id of ids) create(state, id);
        for (const { id, status, failing, fault } of changes) {
          const folder = folderOf(state, id);
          if (status === 'lost') rmSync(join(state, 'ended'), { recursive: true, force: true });
          else if (status === 'pruned') rmSync(folder.path, { recursive: true, force: true });
          else {
            try {
              new RunStore(state, faultyFiles(failing, fault)).updateSummary(folder, summary(id, { status }));
            } catch (error) {
              expect(error).toMatchObject({ code: expect.any(String) });
            }
          }
          const store = new RunStore(state);
          // Both before and after the second look, which knows what the first one has learnt.
          expect([...store.notEnded()]).toEqual(longWay(store));
          expect([...store.notEnded()]).toEqual(longWay(store));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('are looked for without reading those that are known to have ended', () => {
    const state = temporaryFolder();
    for (const id of ids) create(state, id, { status: 'ended' });
    create(state, '20251231-000000-open', { status: 'paused' });
    expect([...new RunStore(state).notEnded()].map(({ id }) => id)).toEqual(['20251231-000000-open']);
    const opened: string[] = [];
    const files: FileOperations = {
      ...nodeFileOperations,
      open: (path, ...more) => {
        opened.push(path);
        return nodeFileOperations.open(path, ...more);
      },
    };
    expect([...new RunStore(state, files).notEnded()].length).toBe(1);
    expect(opened).toEqual([folderOf(state, '20251231-000000-open').summary]);
  });
});

test('the newest runs are read one second at a time, as they are asked for', () => {
  const state = temporaryFolder();
  const store = new RunStore(state);
  for (const [index, id] of [
    '20260101-000000-aaaa',
    '20260102-000000-zzzz',
    '20260102-000000-bbbb',
  ].entries())
    store.create({
      summary: summary(id, { startedAt: `2026-01-0${index + 1}T00:00:00.000Z` }),
      plan,
      runbook: document,
    });
  expect([...store.newest()]).toEqual(store.list());
  const [first] = store.newest();
  expect(first?.id).toBe('20260102-000000-bbbb');
  expect([...store.newest(1)].map(({ id }) => id)).toEqual(['20260102-000000-zzzz']);
});
