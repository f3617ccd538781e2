// Tests that a worker leaves nothing behind that whoever takes up its runs later would hear.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runId } from '../../../../src/basics/address.ts';
import { ok } from '../../../../src/basics/result.ts';
import { RunWorker } from '../../../../src/cli/serving/drives/run-worker.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../../src/engine/queue/embedded-queue.ts';
import { Rig } from '../../../e2e/rig.ts';

it('takes back the word to pause that a process has not heard before its end', async () => {
  const rig = await Rig.create();
  const id = runId('20261130-000000-abcd');
  const stateDir = rig.stateFolder;
  const queue = await EmbeddedQueue.open({ stateDir, use: 'write', leaseMs: 20_000, makeRunId: () => id });
  const request = {
    runbook: { path: 'page.md' },
    inputs: {},
    may: 'change',
    whenResolved: 'ignore',
  } as const;
  await queue.startRun({ key: 'k', request, person: 'bob', via: 'page', at: 1 });
  const store = new RunStore(stateDir);
  mkdirSync(store.folder(id).path, { recursive: true, mode: 0o700 });
  const begun = rig.path('begun');
  const deaf = `touch '${begun}'; until test -e '${rig.path('go')}'; do sleep 0.05; done`;
  const worker = new RunWorker({
    ...{ queue, store, slots: 1, queues: ['default'], seen: new Map(), now: () => 2, tell: () => {} },
    pageOf: () => ok(rig.path('page.md')),
    settings: { program: ['sh', '-c', deaf], stateDir, servedBy: 'x', withheld: new Set() },
  });
  worker.start();
  await expect.poll(() => existsSync(begun), { timeout: 20_000 }).toBe(true);
  const ended = worker.end(new AbortController().signal);
  const left = () => readdirSync(join(store.folder(id).path, 'inbox'));
  expect(left()).toEqual([expect.stringMatching(/\.command\.json$/)]);
  await rig.write('go', '');
  await ended;
  expect(left()).toEqual([]);
  await queue.close();
});
