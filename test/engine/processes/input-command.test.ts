import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askInputCondition, runInputCommand } from '../../../src/engine/processes/input-command.ts';

const inTmp = (command: string, env: Record<string, string> = {}) => ({
  command,
  cwd: '/tmp',
  env: { PATH: process.env.PATH ?? '', ...env },
});

test('a command of an input gives what it prints, or says in words how it failed', () => {
  const ends = {
    'printf "a b\\n\\n"': { ok: true, value: 'a b' },
    'exit 3': { ok: false, error: 'failed with exit 3' },
    'echo no such cluster >&2; exit 2': { ok: false, error: 'failed with exit 2: no such cluster' },
    'kill -9 $$': { ok: false, error: 'was ended by SIGKILL' },
    // One byte too much is told of too, although the command has ended well by then.
    'head -c 1048577 /dev/zero': { ok: false, error: 'printed more than 1048576 bytes' },
    'yes >&2': { ok: false, error: 'printed more than 1048576 bytes' },
  };
  const commands = Object.keys(ends);
  expect(Object.fromEntries(commands.map((command) => [command, runInputCommand(inTmp(command))]))).toEqual(
    ends,
  );
});

test('a command of an input ends where something fails, and not where enough was read', () => {
  const ends = {
    'echo a; false; echo b': { ok: false, error: 'failed with exit 1' },
    'ls /no/such/folder 2>&1 | sort': { ok: false, error: 'failed with exit 2' },
    'yes | head -n 1': { ok: true, value: 'y' },
    'false || echo b': { ok: true, value: 'b' },
  };
  const commands = Object.keys(ends);
  expect(Object.fromEntries(commands.map((command) => [command, runInputCommand(inTmp(command))]))).toEqual(
    ends,
  );
  expect(askInputCondition(inTmp('cd /no/such/folder 2>&1; true'))).toEqual({ ok: true, value: false });
  expect(runInputCommand(inTmp('echo a', { SHELLOPTS: 'xtrace:verbose', BASH_ENV: '/etc/passwd' }))).toEqual({
    ok: true,
    value: 'a',
  });
});

test('a command of an input runs in the system shell where there is no bash', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-bash-'));
  symlinkSync('/bin/sh', join(folder, 'sh'));
  expect(runInputCommand(inTmp('echo a; false; echo b', { PATH: folder }))).toEqual({
    ok: false,
    error: 'failed with exit 1',
  });
  rmSync(folder, { recursive: true });
});

test('a command of an input has no environment but its own', () => {
  process.env.RUNSHEET_TEST_OURS = 'ours';
  const told = runInputCommand(inTmp('echo "$RUNSHEET_TEST_OURS$THEIRS"', { THEIRS: 'theirs' }));
  delete process.env.RUNSHEET_TEST_OURS;
  expect(told).toEqual({ ok: true, value: 'theirs' });
});

test('a condition holds at exit 0 and not at 1; all else is no answer', () => {
  expect(['true', 'false', 'exit 2'].map((command) => askInputCondition(inTmp(command)))).toEqual([
    { ok: true, value: true },
    { ok: true, value: false },
    { ok: false, error: 'ended with exit 2; 0 means yes and 1 means no' },
  ]);
});

test('a command of an input that cannot be started says why', () => {
  expect(runInputCommand({ ...inTmp('true'), cwd: '/no/such/folder' })).toEqual({
    ok: false,
    error: 'could not be started: spawnSync sh ENOENT',
  });
});
