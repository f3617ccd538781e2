// Tests that EXIT traps are run once, at the end of the run, whichever process of it they were set in.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { blockItem, ExecutorRig, type Ran, savedState } from './executor-rig.ts';

let rig: ExecutorRig;

afterEach(() => rig.close());

const isThere = (shell: string): boolean =>
  findCommand(shell, { path: process.env.PATH ?? '', cwd: '/' }) !== undefined;

/** What the EXIT trap has written, once the run has ended. */
async function written(): Promise<string> {
  await rig.executor.runExitTraps();
  const log = join(rig.folder, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

/** Takes the run up behind that block. */
function takeUp(shell: string, ran: Ran, exitTrapsHaveRun = false): Promise<void> {
  const last = rig.request(blockItem('left', shell, ':'));
  return rig.reopen({ restoreFrom: savedState(ran), leftOff: { '': { last, exitTrapsHaveRun } } });
}

const lost =
  'the EXIT trap of an earlier block went with its shell; it is run only where a later block goes on there';
const stands = 'variables, functions and working directory are as they were before the block';

for (const shell of ['bash', 'dash', 'zsh'])
  describe.runIf(isThere(shell))(`an EXIT trap in ${shell}`, () => {
    const start = async (): Promise<Ran> => {
      rig = await ExecutorRig.create({ shell });
      return rig.run('sh', 'trap "echo bye >>log" EXIT');
    };

    test('goes with a shell that a signal ends, unless a later block goes on', async () => {
      await start();
      const ran = await rig.run('sh', 'kill -KILL $$');
      expect([ran.reason, ran.result.warnings]).toEqual([
        { type: 'signal', signal: 'SIGKILL' },
        [`the block was killed; ${stands}`, lost],
      ]);
      await takeUp(shell, ran);
      expect(await written()).toBe('');
      await takeUp(shell, ran);
      await takeUp(shell, await rig.run('sh', ':'));
      expect(await written()).toBe('bye\n');
    });

    test('goes with a shell that is replaced, and not with one that the tool has ended', async () => {
      await start();
      const { result } = await rig.run('sh', 'exec true');
      expect(result.warnings).toEqual([`the block replaced its shell (exec); ${stands}`, lost]);
      expect(await written()).toBe('');
      await rig.close();
      await start();
      await rig.run('sh', 'trap "" INT TERM; sleep 60', { timeoutMs: 100 });
      expect(await written()).toBe('bye\n');
    });

    test('is run once, also where no block has run since the run was taken up', async () => {
      const ran = await start();
      await takeUp(shell, ran);
      expect(await written()).toBe('bye\n');
      await takeUp(shell, ran, true);
      expect(await written()).toBe('bye\n');
    });
  });
