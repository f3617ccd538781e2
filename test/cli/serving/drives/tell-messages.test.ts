// Tests that runs hear that what has started them is over, and do what their rule says.
import { expect, it } from 'vitest';
import { runId } from '../../../../src/basics/address.ts';
import { fail } from '../../../../src/basics/result.ts';
import { restOf } from '../../../../src/cli/serving/drives/rest-of.ts';
import { RunWorker } from '../../../../src/cli/serving/drives/run-worker.ts';
import { type MessageParts, tellMessages } from '../../../../src/cli/serving/drives/tell-messages.ts';
import { giveToRun } from '../../../../src/cli/telling/give-to-run.ts';
import { postCommand } from '../../../../src/engine/inbox/remote-command.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../../src/engine/queue/embedded-queue.ts';
import type { RunRequest } from '../../../../src/engine/queue/run-request.ts';
import { Rig, tool } from '../../../e2e/rig.ts';
import { alert } from '../../../engine/queue/example-event.ts';

const page = `# Free the pool

Ends sessions.

## Steps

\`\`\`sh {name=look}
until test -e go; do sleep 0.05; done
\`\`\`

\`\`\`sh {name=end approve=1}
echo ended >> log
\`\`\`
`;

/** A queue with one run of an alert that fires, in the hands of a worker, and what tells that it is over. */
async function firing(rig: Rig, whenResolved: RunRequest['whenResolved']) {
  await rig.write('pool.md', page);
  const id = runId('20261129-100000-k3f9');
  const queue = await EmbeddedQueue.open({
    ...{ stateDir: rig.stateFolder, use: 'write', leaseMs: 20_000 },
    makeRunId: () => id,
  });
  const runbook = { path: 'pool.md' };
  const request: RunRequest = { runbook, inputs: {}, may: 'change', whenResolved };
  const told = (state: 'firing' | 'resolved', at: number) =>
    queue.accept({
      events: [
        {
          event: alert({ state }),
          decisions: state === 'firing' ? [{ rule: 'on[0]', type: 'start', request }] : [],
        },
      ],
      ...{ raw: new Uint8Array(), at },
    });
  await told('firing', 1);
  const claimed = await queue.claim('w', ['default'], 2);
  const claim = { run: id, epoch: claimed?.run.epoch ?? 0 };
  const run = () => rig.start(['run', 'pool.md', '--yes', '--no-wait', '--served-by', 'x', '--run-id', id]);
  const store = new RunStore(rig.stateFolder);
  const lines = async () =>
    (await rig.run(['show', id])).stdout.match(/note by .*|the run was stopped.*/g) ?? [];
  const parts: MessageParts = { store, queue, tell: () => {}, noted: new Set() };
  return { id, queue, claim, run, store, told, lines, parts };
}

it('stops a run that waits for a person, and ends it in the queue without working on it once more', async () => {
  const rig = await Rig.create();
  await rig.write('go', '');
  const { id, queue, claim, run, store, told, parts } = await firing(rig, 'stop-if-waiting');
  const { exitCode: exit } = await run().ended;
  const rest = restOf(store, store.folder(id), { ...(exit !== null && { exit }), said: '', machineMs: 0 });
  expect([exit, rest]).toEqual([
    5,
    { type: 'rests', reason: '`end` waits for approval', size: expect.any(Number) },
  ]);
  await queue.rest(claim, { reason: 'waits' });
  const said: string[] = [];
  expect(await tellMessages({ ...parts, tell: (line) => said.push(line) }, 3)).toBe(false);
  await told('resolved', 4);
  expect(await tellMessages({ ...parts, tell: (line) => said.push(line) }, 5)).toBe(true);
  expect([said, await queue.messages(10)]).toEqual([[], []]);
  expect((await rig.run(['runs'])).stdout).toContain('stopped');
  const shown = (await rig.run(['show', id])).stdout;
  expect(shown).toContain('the run was stopped: what started it is over');
  const worker = new RunWorker({
    ...{ queue, store, slots: 1, queues: ['default'], seen: new Map(), now: () => 6, tell: () => {} },
    pageOf: () => fail('it is not begun anew'),
    settings: { program: ['false', tool], stateDir: rig.stateFolder, servedBy: 'x', withheld: new Set() },
  });
  worker.start();
  await expect
    .poll(async () => queue.run(id), { timeout: 20_000 })
    .toEqual(expect.objectContaining({ status: 'ended', exit: 130, outcome: 'stopped' }));
  await worker.end(AbortSignal.abort());
  await queue.close();
});

it('does not stop a run that is to go on and waits for a worker', async () => {
  const rig = await Rig.create();
  await rig.write('go', '');
  const { id, queue, claim, run, store, told, lines, parts } = await firing(rig, 'stop-if-waiting');
  await run().ended;
  await queue.rest(claim, { reason: 'waits' });
  await told('resolved', 4);
  const found = store.find(id);
  const goesOn = { type: 'AddNote', text: 'goes on', goesOn: true, host: 'x' } as const;
  expect(found.ok && (await giveToRun(store, found.value, goesOn))).toBe('taken');
  await tellMessages(parts, 5);
  expect(await lines()).toEqual([expect.stringMatching(/note by .*: goes on/)]);
  await queue.close();
});

it('is told once of an end that could be recorded, though the rest of it could not be done', async () => {
  const rig = await Rig.create();
  await rig.write('go', '');
  const { id, queue, claim, run, told, parts } = await firing(rig, 'stop-if-waiting');
  await run().ended;
  await queue.rest(claim, { reason: 'waits' });
  await told('resolved', 4);
  // The record cannot be signed.
  await rig.write('runsheet.yaml', 'sign: { key: none }\n');
  await tellMessages(parts, 5);
  expect(await queue.messages(10)).toEqual([]);
  expect((await rig.run(['show', id])).stdout).toContain('the run was stopped: what started it is over');
  const answer = await rig.run(['answer', id]);
  expect(answer.stderr).not.toContain('approve');
  await queue.close();
});

it('does not break off what works, notes once that its reason is over, and stops it where it rests', async () => {
  const rig = await Rig.create();
  const { id, queue, claim, run, told, lines, parts } = await firing(rig, 'stop-if-waiting');
  const running = run();
  await running.waitFor(/look/);
  await told('resolved', 4);
  await expect.poll(() => tellMessages(parts, 5).then(lines)).toEqual([expect.stringContaining('note by')]);
  // Another server looks, and knows of the note by the record alone.
  await tellMessages({ ...parts, noted: new Set() }, 6);
  await rig.write('go', '');
  expect((await running.ended).exitCode).toBe(5);
  // Whoever has it has not given it back yet.
  await tellMessages(parts, 7);
  expect(await lines()).toEqual([expect.stringMatching(/note by .*: what started it is over/)]);
  await queue.rest(claim, { reason: 'waits' });
  expect(await tellMessages(parts, 8)).toBe(true);
  expect([await queue.messages(10), (await lines()).at(-1)]).toEqual([
    [],
    expect.stringContaining('the run was stopped: what started it is over'),
  ]);
  expect((await rig.run(['show', id])).stdout.match(/note by/g)).toHaveLength(1);
  await queue.close();
});

it('does not break off either what runs to its end before a pause', async () => {
  const rig = await Rig.create();
  const { id, queue, run, store } = await firing(rig, 'stop-if-waiting');
  const running = run();
  await running.waitFor(/look/);
  const { path } = store.folder(id);
  expect(await postCommand(path, { type: 'PauseRun', host: 'h' }).answer()).toBe('taken');
  const stop = { type: 'StopRun', reason: 'what started it is over', atRest: true, host: 'h' } as const;
  expect(await postCommand(path, stop).answer()).toEqual({
    code: 'at-work',
    message: 'the run rests only when what runs has come to its end',
  });
  await rig.write('go', '');
  expect((await running.ended).exitCode).toBe(5);
  expect((await rig.run(['show', id])).stdout).toMatch(/`look` passed/);
  await queue.close();
});

it('notes it where the rule says so, also in a run that waits', async () => {
  const rig = await Rig.create();
  await rig.write('go', '');
  const { id, queue, claim, run, told, parts } = await firing(rig, 'note');
  await run().ended;
  await queue.rest(claim, { reason: 'waits' });
  await told('resolved', 4);
  await tellMessages(parts, 5);
  expect(await queue.messages(10)).toEqual([]);
  const shown = (await rig.run(['show', id])).stdout;
  expect(shown).toMatch(/note by .*: what started it is over/);
  expect((await rig.run(['runs'])).stdout).toContain('paused');
  // It is woken, and goes on with nothing.
  const [store, seen] = [parts.store, new Map<string, number>()];
  const worker = new RunWorker({
    ...{ queue, store, slots: 1, queues: ['default'], seen, now: () => 6, tell: () => {} },
    pageOf: () => fail('it is not begun anew'),
    settings: {
      program: [process.execPath, tool],
      ...{ stateDir: rig.stateFolder, servedBy: 'x', withheld: new Set() },
    },
  });
  worker.start();
  await expect
    .poll(() => queue.run(id), { timeout: 20_000 })
    .toEqual(expect.objectContaining({ status: 'resting', epoch: 2, reason: 'waits' }));
  await worker.end(AbortSignal.abort());
  expect([seen.get(id), (await rig.run(['show', id])).stdout]).toEqual([
    store.journalSize(store.folder(id)),
    expect.not.stringContaining('resumed'),
  ]);
  await queue.close();
});
