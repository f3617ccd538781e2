import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { alert, request } from './example-event.ts';
import { countingIds } from './run-queue-contract.ts';

let stateDir: string;
let folder: string;
let path: string;
beforeEach(() => {
  stateDir = temporaryFolder();
  folder = join(stateDir, 'queue');
  path = join(folder, 'queue.db');
});

const open = (use: 'write' | 'read' = 'write', makeRunId = countingIds()) =>
  EmbeddedQueue.open({ stateDir, use, makeRunId, leaseMs: 1_000 });
const delivery = (key: string) => ({
  events: [
    { event: alert({ key }), decisions: [{ type: 'start', rule: 'on[0]', request: request() } as const] },
  ],
  raw: new Uint8Array(),
  at: 1,
});

/** What opening says, where it refuses. */
const refusal = (use?: 'write' | 'read') =>
  open(use).then(
    async (queue) => queue.close().then(() => 'opened'),
    (error: Error) => `${error.name}: ${error.message.replaceAll(stateDir, 'STATE')}`,
  );

/** Makes a file that is or is not one of ours. */
function makeFile(sql: string): void {
  mkdirSync(folder, { mode: 0o700 });
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

test('the file and its folder are of their owner alone, also where the umask and others say something else', async () => {
  const before = process.umask(0);
  try {
    mkdirSync(folder, { mode: 0o750 });
    const queue = await open();
    await queue.accept(delivery('a'));
    const modes = [folder, ...readdirSync(folder).map((name) => join(folder, name))].map((one) =>
      (statSync(one).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '600', '600', '600']);
    await queue.close();
  } finally {
    process.umask(before);
  }
});

test('another process reads while the server writes, and changes nothing', async () => {
  expect(await refusal('read')).toBe('QueueUnavailable: there is no `STATE/queue/queue.db`');
  expect(readdirSync(stateDir)).toEqual([]);
  const server = await open();
  const reader = await open('read');
  await server.accept(delivery('a'));
  expect((await reader.runs({}, { limit: 9 })).entries.map(({ id }) => id)).toEqual(['run-1']);
  await server.accept(delivery('b'));
  expect((await reader.events({}, { limit: 9 })).entries.map(({ id }) => id)).toEqual([2, 1]);
  await expect(reader.accept(delivery('c'))).rejects.toThrow(
    'the queue cannot be used: it may not be written to',
  );
  await reader.close();
  await expect(reader.runs({}, { limit: 9 })).rejects.toThrow('the queue was closed');
  // A second writer, such as `events replay` beside the server.
  const second = await open('write', () => runId('run-7'));
  await Promise.all([second.accept(delivery('d')), server.accept(delivery('e'))]);
  expect((await server.runs({}, { limit: 9 })).entries.map(({ id }) => id).sort()).toEqual([
    'run-1',
    'run-2',
    'run-3',
    'run-7',
  ]);
  await second.close();
  await server.close();
});

test('what is no queue, or one of a newer version, is refused and left as it is', async () => {
  makeFile('CREATE TABLE songs (title TEXT)');
  const bytes = readFileSync(path);
  expect(await refusal()).toBe(
    "QueueUnavailable: `STATE/queue/queue.db` is a database, but not one of runsheet's queue",
  );
  expect(readFileSync(path)).toEqual(bytes);
  writeFileSync(path, 'This is no database, but long enough to look like one to somebody. '.repeat(20));
  expect(await refusal()).toBe('QueueUnavailable: `STATE/queue/queue.db` cannot be used: it is no database');
});

test('a newer version is refused, an older one only to read', async () => {
  makeFile(`CREATE TABLE event (id INTEGER); PRAGMA application_id = 1920166004; PRAGMA user_version = 99`);
  expect(await refusal()).toBe(
    'QueueUnavailable: `STATE/queue/queue.db` was written by a newer version of runsheet (its format is 99, this one knows 3)',
  );
  expect(await refusal('read')).toBe(await refusal());
});

test('an empty file, as a crash leaves it, becomes one', async () => {
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(path, '');
  expect(await refusal('read')).toBe(
    'QueueUnavailable: `STATE/queue/queue.db` was written by an older version of runsheet; `runsheet serve` brings it up to date',
  );
  expect([await refusal(), await refusal('read')]).toEqual(['opened', 'opened']);
});

test('a folder that others may write to, or that is a link, is refused', async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  expect(await refusal()).toBe('UnsafeFolder: `STATE/queue` is not safe: everybody may write to it');
  stateDir = temporaryFolder();
  symlinkSync(folder, join(stateDir, 'queue'));
  expect(await refusal()).toBe('UnsafeFolder: `STATE/queue` is not safe: it is a symbolic link');
});

test('one write of several that go to the device together fails alone', async () => {
  const taken = runId('taken');
  let asked = 0;
  const queue = await open('write', () => (asked++ === 1 ? runId('free') : taken));
  const link = { hash: 'h', run: taken, address: 'a', person: 'p', digest: 'd', expiresAt: 9 };
  const results = await Promise.allSettled([
    ...[queue.accept(delivery('a')), queue.addLink(link), queue.addLink(link), queue.accept(delivery('b'))],
    queue.accept(delivery('c')),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    'rejected',
  ]);
  expect((await queue.runs({}, { limit: 9 })).entries.map(({ id }) => id)).toEqual(['free', 'taken']);
  expect((await queue.events({}, { limit: 9 })).entries).toHaveLength(2);
  await queue.close();
});

/** What a file is made of. */
function schemaOf(file: string): readonly unknown[] {
  const database = new Database(file);
  const rows = database.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name').all();
  database.close();
  return rows;
}

test('a file of version 1 keeps all that is in it, and becomes as a new one is', async () => {
  makeFile(readFileSync(new URL('../../fixtures/queue/version-1.sql', import.meta.url), 'utf8'));
  const queue = await open();
  const all = { limit: 9 };
  const run = {
    runbook: { path: 'disk.md' },
    inputs: { HOST: 'db1' },
    whenResolved: 'ignore',
    runOn: 'default',
  };
  const ofEvent = { event: 1, source: 'alertmanager', endpoint: 'prod', subject: 'disk', rule: 'on[0]' };
  expect((await queue.runs({}, all)).entries).toEqual([
    {
      ...{ id: 'run-2', ...run, may: 'change', origin: { type: 'person', person: 'ann', via: 'page' } },
      ...{ status: 'queued', queuedAt: 3_000, dueAt: 3_000, epoch: 0, deaths: 0 },
    },
    {
      ...{ id: 'run-1', ...run, may: 'read', origin: { type: 'event', ...ofEvent, title: 'Disk is full' } },
      ...{ status: 'running', queuedAt: 1_000, startedAt: 2_000, worker: 'w', epoch: 1, deaths: 0 },
      concurrency: { key: 'db1', limit: 1, whenFull: 'queue', countsResting: true },
    },
  ]);
  expect(await queue.event(1)).toMatchObject({ told: alert(), times: 1, rawBytes: 14 });
  expect(await queue.messages(9)).toMatchObject([{ run: 'run-1', type: 'stop', reason: 'No need.' }]);
  expect(await queue.useLink('h', 1)).toMatchObject({ type: 'used' });
  expect([await queue.token('t', 1), await queue.mark('tick')]).toMatchObject([{ name: 'ci' }, '1']);
  await queue.close();
  const schema = schemaOf(path);
  stateDir = temporaryFolder();
  await (await open()).close();
  expect(schema).toEqual(schemaOf(join(stateDir, 'queue', 'queue.db')));
});
