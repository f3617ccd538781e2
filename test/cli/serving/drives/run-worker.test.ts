// Tests that a worker leaves nothing behind that whoever takes up its runs later would hear.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ok } from '../../../../src/basics/result.ts';
import { RunWorker } from '../../../../src/cli/serving/drives/run-worker.ts';
import { Rig } from '../../../e2e/rig.ts';
import { queuedRun } from './queued-run.ts';

it('takes back the word to pause that a process has not heard before its end', async () => {
  const rig = await Rig.create();
  const { id, queue, store } = await queuedRun(rig);
  mkdirSync(store.folder(id).path, { recursive: true, mode: 0o700 });
  const begun = rig.path('begun');
  const deaf = `touch '${begun}'; until test -e '${rig.path('go')}'; do sleep 0.05; done`;
  const worker = new RunWorker({
    ...{ queue, store, slots: 1, queues: ['default'], seen: new Map(), now: () => 2, tell: () => {} },
    pageOf: () => ok(rig.path('page.md')),
    settings: { program: ['sh', '-c', deaf], stateDir: rig.stateFolder, servedBy: 'x', withheld: new Set() },
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
