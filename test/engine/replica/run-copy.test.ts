// Tests that what a run writes is kept in a database, as long as the run is its holder's, and is there again.
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { type RunFolder, runFolder } from '../../../src/engine/journal/run-folder.ts';
import type { PgDatabase } from '../../../src/engine/postgres/pg-database.ts';
import { DbosQueue } from '../../../src/engine/queue/dbos-queue.ts';
import { fetchRun } from '../../../src/engine/replica/fetch-run.ts';
import { MirroredStore } from '../../../src/engine/replica/mirrored-store.ts';
import { Fenced, RunCopy } from '../../../src/engine/replica/run-copy.ts';
import { RunMirror } from '../../../src/engine/replica/run-mirror.ts';
import { describeWith, makePostgres, type PostgresCluster } from '../../e2e/services.ts';
import { newJournal } from '../../engine/journal/new-journal.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { request } from '../queue/example-event.ts';
import { countingIds } from '../queue/run-queue-contract.ts';

/** All files of a folder, with what is in them. */
function filesOf({ path }: RunFolder): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(path.length + 1), readFileSync(file, 'latin1')]),
  );
}

/** Those that people look at. */
function lookedAt(folder: RunFolder): Readonly<Record<string, string>> {
  const shown = Object.entries(filesOf(folder)).filter(([path]) => !/^(?:state|lock)/.test(path));
  return Object.fromEntries(shown);
}

describeWith(['initdb', 'postgres'], 'the record of a run in the database', () => {
  let cluster: PostgresCluster;
  let queue: DbosQueue;
  let database: PgDatabase;
  beforeAll(async () => {
    cluster = await makePostgres({ maxConnections: 40 });
    await cluster.start();
    const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
    queue = await DbosQueue.open({ url, leaseMs: 1_000, makeRunId: countingIds() });
    ({ database } = queue);
  });
  afterAll(async () => {
    await queue?.close();
    await cluster?.dispose();
  });

  let orders = 0;
  /** A run in the hands of a worker, with an empty folder of it. */
  async function claimed(worker: string) {
    const key = `order ${++orders}`;
    await queue.startRun({ key, request: request(), person: 'ada', via: 'page', at: 1 });
    const claim = await queue.claim(worker, ['default'], 10 * orders);
    const folder = runFolder(temporaryFolder(), runId(claim?.run.id ?? ''));
    for (const path of [folder.path, folder.outputs, folder.state]) mkdirSync(path, { recursive: true });
    return folder;
  }

  /** A mirror, as one life of a server has it. */
  const mirrorAt = (folder: string) => {
    const store = new MirroredStore(folder);
    return { store, mirror: new RunMirror(database, store) };
  };

  test('what was kept and whose answer was lost is kept once', async () => {
    const folder = await claimed('w0');
    const journal = newJournal(folder.journal, { now: () => new Date(0) });
    journal.append([{ type: 'DocumentNotWritten', message: 'one' }]);
    const holder = { worker: 'w0', epoch: 1 };
    const start = { lines: 0, offset: 0, nowMs: () => 0 };
    await new RunCopy(database, folder, holder, start).commit();
    journal.append([{ type: 'DocumentNotWritten', message: 'two' }]);
    // It does not know of the first, as who never heard of it.
    const copy = new RunCopy(database, folder, holder, start);
    await copy.commit();
    journal.append([{ type: 'DocumentNotWritten', message: 'three' }]);
    await copy.commit();
    const there = runFolder(temporaryFolder(), folder.id);
    expect(await fetchRun(database, there)).toMatchObject({ lines: 3, lastBy: 'w0' });
    expect(filesOf(there)).toEqual(filesOf(folder));
    journal.close();
  });

  test('what was written is there again, byte for byte, however it was written', async () => {
    const folder = await claimed('w1');
    const journal = newJournal(folder.journal, { now: () => new Date(0) });
    const copy = new RunCopy(
      database,
      folder,
      { worker: 'w1', epoch: 1 },
      { lines: 0, offset: 0, nowMs: Date.now },
    );
    const note = (text: string) =>
      journal.append([{ type: 'NoteAdded', text, by: { user: 'ada', host: 'bastion' } }]);
    const output = join(folder.outputs, 'small.out');
    writeFileSync(folder.plan, '{}\n');
    writeFileSync(folder.summary, 'open\n');
    writeFileSync(join(folder.state, '1.state'), '');
    writeFileSync(output, '\0\x01\xff ends in half a l', 'latin1');
    // What belongs to this machine is not kept.
    writeFileSync(join(folder.path, 'lock.1'), 'mine');
    const mirrored = temporaryFolder();
    const { mirror, store } = mirrorAt(mirrored);
    await mirror.look();
    expect([...store.newest()]).toEqual([]);
    note('grüße\u2028');
    await copy.commit();
    await mirror.look();
    expect(store.isLive(folder)).toBe(true);
    expect(filesOf(store.folder(folder.id))).toEqual(lookedAt(folder));
    appendFileSync(output, 'ine\n');
    writeFileSync(join(folder.outputs, 'large.out'), Buffer.alloc(2_500_000, 'abc'));
    writeFileSync(`${folder.summary}.new`, 'ended, and longer\n');
    renameSync(`${folder.summary}.new`, folder.summary);
    rmSync(join(folder.state, '1.state'));
    const { length } = readFileSync(folder.journal);
    note('one');
    // As far as it is asked for, and then all of it.
    await copy.commit(length);
    const { rows } = await database.query('SELECT count(*) AS count FROM run_line WHERE run = $1', [
      folder.id,
    ]);
    expect(rows).toEqual([{ count: 1 }]);
    note('two');
    await copy.commit();
    journal.close();
    rmSync(join(folder.path, 'lock.1'));

    const there = runFolder(temporaryFolder(), folder.id);
    expect(await fetchRun(database, there)).toEqual({
      ...{ lines: 3, offset: readFileSync(folder.journal).length, lastBy: 'w1' },
    });
    expect(filesOf(there)).toEqual(filesOf(folder));
    expect(readJournal(there.journal).events).toHaveLength(3);

    // Those who look see the same, but for what only shells need; so does the next server, whatever the last one left.
    await queue.rest({ run: folder.id, epoch: 1 }, { reason: 'asks' });
    await mirror.look();
    expect(filesOf(store.folder(folder.id))).toEqual(lookedAt(folder));
    expect(store.isLive(folder)).toBe(false);
    writeFileSync(join(store.folder(folder.id).outputs, 'half.out'), '');
    const next = mirrorAt(mirrored);
    await next.mirror.look();
    expect(filesOf(next.store.folder(folder.id))).toEqual(lookedAt(folder));
    for (const rows of ['run WHERE id', 'run_line WHERE run', 'run_file WHERE run'])
      await database.query(`DELETE FROM ${rows} = $1`, [folder.id]);
    await next.mirror.tidy();
    expect([...next.store.newest()]).toEqual([]);
  });

  test('what blocks have printed is kept before the record that names it, and nothing else is', async () => {
    const folder = await claimed('w2');
    const journal = newJournal(folder.journal, { now: () => new Date(0) });
    const note = (text: string) =>
      journal.append([{ type: 'NoteAdded', text, by: { user: 'ada', host: 'b' } }]);
    let nowMs = 0;
    const copy = new RunCopy(
      database,
      folder,
      { worker: 'w2', epoch: 1 },
      { lines: 0, offset: 0, nowMs: () => nowMs },
    );
    const { mirror, store } = mirrorAt(temporaryFolder());
    note('begun');
    await copy.commit();
    await mirror.look();
    note('not kept yet');
    writeFileSync(folder.summary, 'open\n');
    writeFileSync(join(folder.outputs, 'small-0.out'), 'of many');
    const output = join(folder.outputs, 'copy.1.out');
    const seen = async () => {
      await copy.commitOutputs();
      await mirror.look();
      return filesOf(store.folder(folder.id))['outputs/copy.1.out'];
    };
    writeFileSync(output, 'one\n');
    expect(await seen()).toEqual(filesOf(folder)['outputs/copy.1.out']);
    // It has not printed for long, and goes on.
    nowMs = 60_000;
    expect(await seen()).toEqual(filesOf(folder)['outputs/copy.1.out']);
    appendFileSync(output, 'two\n');
    expect(await seen()).toEqual(filesOf(folder)['outputs/copy.1.out']);
    expect(Object.keys(filesOf(store.folder(folder.id)))).toEqual(['journal.ndjson', 'outputs/copy.1.out']);
    expect(readJournal(store.folder(folder.id).journal).events).toHaveLength(1);
    await copy.commit();
    await mirror.look();
    expect(filesOf(store.folder(folder.id))).toEqual(lookedAt(folder));
    journal.close();
  });

  test('nothing is kept of a holder whose run another one has', async () => {
    const folder = await claimed('old');
    writeFileSync(folder.plan, '{}\n');
    const journal = newJournal(folder.journal, { now: () => new Date(0) });
    const copy = new RunCopy(
      database,
      folder,
      { worker: 'old', epoch: 1 },
      { lines: 0, offset: 0, nowMs: Date.now },
    );
    const add = (text: string) =>
      journal.append([{ type: 'NoteAdded', text, by: { user: 'ada', host: 'b' } }]);
    add('before');
    await copy.commit();
    // It is silent for a lease.
    expect(await queue.claimOne('new', folder.id, ['default'], 5_000)).toMatchObject({ run: { epoch: 2 } });
    add('after');
    writeFileSync(join(folder.outputs, 'late.out'), 'late');
    await expect(copy.commitOutputs()).rejects.toThrow(Fenced);
    await expect(copy.commit()).rejects.toThrow(Fenced);
    await expect(copy.commit()).rejects.toThrow('another worker has taken the run over');
    journal.close();
    const there = runFolder(temporaryFolder(), folder.id);
    await fetchRun(database, there);
    expect(readJournal(there.journal).events.map(({ event }) => event)).toMatchObject([{ text: 'before' }]);
    expect(Object.keys(filesOf(there))).toEqual(['journal.ndjson', 'plan.json']);
  });
});
