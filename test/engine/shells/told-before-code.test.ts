// Tests that whoever is to end a block has heard of it before its code begins, in every shell and on every terminal.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import type { ShellName } from '../../../src/engine/interpreters/find-language.ts';
import { PipePool } from '../../../src/engine/output/pipe-pool.ts';
import { CarriedState } from '../../../src/engine/shells/carried-state.ts';
import type { JobTerminal } from '../../../src/engine/shells/shell-job.ts';
import { startShell } from '../../../src/engine/shells/start-shell.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const find = (name: string) => findCommand(name, { path: process.env.PATH ?? '', cwd: '/' });

/** Nothing else of this process goes on meanwhile; a shell that has its code has run it by then. */
const holdUp = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);

const terminal: JobTerminal = {
  request: { type: 'own', columns: 80, rows: 24, attach: () => {} },
  onBytes: () => {},
  onHeld: () => {},
  separateStdout: false,
};

const ways: readonly [shell: ShellName, onTerminal: boolean, isAhead: boolean][] = [
  ['bash', false, false],
  ['bash', false, true],
  ['bash', true, false],
  ['dash', false, false],
  ['dash', true, false],
  ['zsh', false, false],
  ['zsh', true, false],
];

test.for(ways)('%s, on a terminal: %s, forked ahead: %s', async ([shell, onTerminal, isAhead], { skip }) => {
  const command = find(shell);
  if (command === undefined) return skip();
  const folder = temporaryFolder();
  const env = { PATH: process.env.PATH ?? '' };
  const pool = await PipePool.create(folder);
  const carried = new CarriedState(env, folder, new KnownSecrets());
  const language = { type: 'shell', shell, command, carries: 'shell', comment: '#' } as const;
  const session = await startShell(language, { pool, env, cwd: folder, onTerminal, isFollowed: true });
  const state = carried.stateOf(session.dialect, session.baseline);
  if (isAhead) session.prepare?.(state);
  const file = join(folder, 'touch.sh');
  writeFileSync(file, 'echo begun >begun\n');
  const pipes = await pool.acquire();
  let begunWhenTold: boolean | undefined;
  const outcome = await session.run({
    ...{
      name: 'touch',
      code: 'echo begun >begun',
      file,
      pipes,
      state,
      environment: {},
      strict: true,
      keepState: true,
    },
    ...(onTerminal && { terminal }),
    beforeCode: async () => {},
    onStarted: () => {
      holdUp();
      begunWhenTold = existsSync(join(folder, 'begun'));
    },
  });
  expect([begunWhenTold, outcome, existsSync(join(folder, 'begun'))]).toEqual([
    false,
    expect.objectContaining({ status: 0 }),
    true,
  ]);
  await session.close();
  pipes.close();
  pool.close();
});
