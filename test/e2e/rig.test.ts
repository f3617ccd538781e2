// Tests of the rig itself: what it says of a process must be true, or every test above it means nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';
import { keys, RigTerminal } from './rig-terminal.ts';

const version = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')).version as string;

test('runs the built tool and gives its exit code and both streams', async () => {
  const rig = await Rig.create();
  expect(await rig.run(['--version'])).toEqual({
    exitCode: 0,
    signal: null,
    stdout: `${version}\n`,
    stderr: '',
  });
});

test('gives programs a clean environment and the folder of the rig', async () => {
  const rig = await Rig.create();
  await rig.write('folder/note.txt', 'hello');
  const { stdout } = await rig.exec('sh', ['-c', 'pwd; cat note.txt; echo; env | sort'], {
    cwd: 'folder',
    env: { MORE: 'yes', USER: undefined },
  });
  expect(stdout.split('\n').map((line) => line.replace(/^PATH=.*/, 'PATH=…'))).toEqual([
    rig.path('folder'),
    'hello',
    `HOME=${rig.path('..', 'home')}`,
    'LANG=C.UTF-8',
    'LOGNAME=ada',
    'MORE=yes',
    'PATH=…',
    `PWD=${rig.path('folder')}`,
    `RUNSHEET_STATE=${rig.stateFolder}`,
    `TMPDIR=${rig.temporaryFolder}`,
    'TZ=UTC',
    '',
  ]);
});

test('shows the tool on a terminal as a person sees it', async () => {
  const rig = await Rig.create();
  const terminal = rig.terminal(['--version'], { cols: 40, rows: 3 });
  await terminal.waitFor(version);
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(terminal.screen()).toEqual([version, '', '']);
});

const shellTerminal = (script: string) =>
  new RigTerminal({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    cols: 30,
    rows: 4,
  });

test('types keys, and waits for what they bring about', async () => {
  const terminal = shellTerminal('printf "name? "; read name; echo "hello $name"; stty size');
  await terminal.waitFor('name?');
  terminal.type(`ada${keys.enter}`);
  await terminal.waitFor(/hello ada\n4 30/);
  expect((await terminal.ended).exitCode).toBe(0);
  expect(terminal.screen()).toEqual(['name? ada', 'hello ada', '4 30', '']);
});

test('loses nothing of a program that prints and ends at once', async () => {
  const terminals = Array.from({ length: 10 }, () => shellTerminal('seq 1 500; exit 3'));
  for (const terminal of terminals) {
    expect((await terminal.ended).exitCode).toBe(3);
    expect(terminal.scrolled().slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, n) => String(n + 1)));
  }
});

test('says what was on the screen when the awaited never comes', async () => {
  const terminal = shellTerminal('echo something else');
  await expect(terminal.waitFor('this')).rejects.toThrow(
    /the program ended without "this"\n\+-+\+\n\|something else\n/,
  );
});
