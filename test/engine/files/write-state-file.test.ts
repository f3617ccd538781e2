import { chmodSync, closeSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  makeStateFolder,
  stateFileOperations,
  writeStateFile,
} from '../../../src/engine/files/write-state-file.ts';
import { takeLock } from '../../../src/engine/processes/process-lock.ts';

let folder: string;
let umask: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-state-files-'));
  umask = process.umask(0o022);
});

afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

/** Makes one of everything below `state` and gives the rights of each. */
function rightsBelow(state: string): Record<string, string> {
  makeStateFolder(join(state, 'runs', 'one'));
  writeStateFile(join(state, 'runs', 'one', 'text'), 'text');
  closeSync(stateFileOperations.open(join(state, 'runs', 'one', 'new'), 'wx', 0o600));
  const attempt = takeLock(join(state, 'runs', 'one'));
  if (attempt.ok) attempt.lock.release();
  const names = readdirSync(state, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => [name, (statSync(join(state, name)).mode & 0o2777).toString(8)]),
  );
}

describe('the rights of what is kept in the state folder', () => {
  test('are its owner’s alone, also where the group may look into the folder', () => {
    const state = join(folder, 'state');
    mkdirSync(state);
    chmodSync(state, 0o770);

    expect(rightsBelow(state)).toEqual({
      runs: '700',
      'runs/one': '700',
      'runs/one/lock.1': '600',
      'runs/one/new': '600',
      'runs/one/text': '600',
    });
  });

  test('are the group’s too where the folder was given to one, whatever the umask', () => {
    const state = join(folder, 'state');
    mkdirSync(state);
    chmodSync(state, 0o2770);

    expect(rightsBelow(state)).toEqual({
      runs: '2770',
      'runs/one': '2770',
      'runs/one/lock.1': '660',
      'runs/one/new': '660',
      'runs/one/text': '660',
    });
  });
});
