// Tests what a server makes of a run whose process could not have it, since somebody just answered it.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { address, runId } from '../../../../src/basics/address.ts';
import { isToGoOn, restOf } from '../../../../src/cli/serving/drives/rest-of.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { takeLock } from '../../../../src/engine/processes/process-lock.ts';
import { openGate } from '../../../../src/run/approvals/may-approve.ts';
import { Rig, repositoryRoot } from '../../../e2e/rig.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, grace, Scenario } from '../../../run/scenario.ts';

it('takes up again what was answered while another process had it, and nothing else that was refused', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', '# Tell\n\n## Steps\n\n### Tell the team\n\nSay what is done.\n');
  expect((await rig.run(['run', 'page.md', '--yes'])).exitCode).toBe(5);
  const store = new RunStore(rig.stateFolder);
  const [run] = store.list();
  const folder = store.folder(runId(run?.id ?? ''));
  const going = new RegExp(`run \`${folder.id}\` is going on in process ${process.pid}`);
  /** What comes of its process while this one has the run, as whoever answers it has. */
  const refused = async () => {
    const taken = takeLock(folder.path);
    if (!taken.ok) throw new Error('it is taken already');
    try {
      const { exitCode, stderr } = await rig.run(['resume', folder.id, '--yes']);
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(going)]);
      return restOf(store, folder, { exit: 2, said: stderr, machineMs: 0 });
    } finally {
      taken.lock.release();
    }
  };
  const size = expect.any(Number);
  // Nothing is said of it that would not hold any more when that process leaves it.
  expect(await refused()).toEqual({ type: 'rests', size: 0, reason: '' });
  // It was taken up for something that holds until others let it go on.
  expect(restOf(store, folder, { exit: 7, said: 'error: another one goes on', machineMs: 0 })).toEqual({
    ...{ type: 'again', reason: 'another one goes on', delayMs: 10_000 },
  });
  expect((await rig.run(['answer', folder.id, 'tell-the-team', 'done'])).exitCode).toBe(0);
  expect(await refused()).toEqual({ type: 'again', reason: 'it was just being answered', delayMs: 300 });
  // What cannot be gone on with is not tried again and again at once.
  expect(restOf(store, folder, { exit: 1, said: '', machineMs: 0 })).toEqual({
    ...{ type: 'again', reason: 'it was answered', delayMs: 10_000 },
  });
  expect(restOf(store, folder, { exit: 2, said: 'error: its record was changed', machineMs: 0 })).toEqual({
    ...{ type: 'rests', size, isStuck: true },
    reason: 'its record was changed',
  });
});

it('has what the tool itself could not begin begun later, and what it refused ended', async () => {
  const rig = await Rig.create();
  const store = new RunStore(rig.stateFolder);
  const folder = store.folder(runId('20261130-000000-abcd'));
  const came = async (program: string, ...args: readonly string[]) => {
    const { exitCode, stderr } = await rig.exec(process.execPath, [program, ...args]);
    return restOf(store, folder, { exit: exitCode ?? -1, said: stderr, machineMs: 0 });
  };
  // As while an installation is renewed.
  expect(await came(rig.path('gone/runsheet.js'), 'run', 'page.md')).toEqual({
    type: 'again',
    reason: `its process failed: Cannot find module '${rig.path('gone/runsheet.js')}'`,
    delayMs: 10_000,
  });
  expect(await came(join(repositoryRoot, 'dist/runsheet.js'), 'run', 'page.md', '--yes')).toEqual({
    type: 'ended',
    outcome: 'cannot read `page.md`: no such file',
  });
});

it('goes on once the gate that it rests at is answered, though another one is asked for as well', () => {
  const approve = { type: 'count', count: 1 } as const;
  const run = new Scenario(planOf([block('w', 'steps', { approve }), block('x', 'steps', { approve })]));
  run.start('guided').drive();
  run.send({ type: 'JumpTo', address: address('x'), by: ada });
  run.drive();
  run.send({ type: 'JumpTo', address: address('w'), by: ada });
  run.drive();
  run.record({ type: 'RunPaused', reason: 'approval', message: 'waits', at: address('w') });
  const open = () =>
    run.state.plan.items.flatMap((item, index) => {
      const known = run.state.items[index];
      return known && openGate(item, known) ? [item.address as string] : [];
    });
  expect([open(), isToGoOn(run.state, true, 0)]).toEqual([['w', 'x'], false]);
  expect(run.answer('GiveApproval', 'w', grace)).toBe('taken');
  expect([open(), isToGoOn(run.state, true, 0)]).toEqual([['x'], true]);
});
