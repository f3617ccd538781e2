import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stateRefusal } from '../../src/cli/state-refusal.ts';
import { readJournal } from '../../src/engine/journal/read-journal.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-state-refusal-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What the action throws. */
function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a journal that is gone is named', () => {
  const journal = join(folder, 'runs', 'one', 'journal.ndjson');
  expect(
    stateRefusal(
      thrownBy(() => readJournal(journal)),
      folder,
    ),
  ).toEqual({
    message: `cannot use \`${journal}\`: no such file`,
    help: 'what belongs to this run is damaged; `runsheet runs` lists the others',
  });
});

test('a state folder that is a file is named', () => {
  const state = join(folder, 'state');
  writeFileSync(state, '');
  expect(
    stateRefusal(
      thrownBy(() => new RunStore(state).list()),
      state,
    ),
  ).toEqual({
    message: `cannot use \`${join(state, 'runs')}\`: a part of the path is not a folder`,
    help: 'runs are kept in the state folder; `--state-dir` names another one',
  });
});

test('the folder of another account is named, with how it can be shared', () => {
  const refused = Object.assign(new Error('EACCES'), {
    code: 'EACCES',
    syscall: 'scandir',
    path: join(folder, 'runs'),
  });
  expect(stateRefusal(refused, folder)).toEqual({
    message: `cannot use \`${join(folder, 'runs')}\`: permission denied`,
    help: 'it belongs to another account; a folder with `chmod 2770` and a group of both is shared by the two',
  });
});

test('a folder that is gone under the tool is said', () => {
  const refused = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'uv_cwd' });
  expect(stateRefusal(refused, folder)).toEqual({
    message: 'the folder that the tool was started in no longer exists',
    help: 'go to another one',
  });
});

test('a system that has nothing left is said, whatever it was asked for', () => {
  const refused = Object.assign(new Error('EMFILE: too many open files, open'), {
    code: 'EMFILE',
    syscall: 'open',
  });
  expect(stateRefusal(refused, folder)).toEqual({
    message: 'the system has no resources left for the tool: EMFILE: too many open files, open',
  });
});

test('what happens elsewhere, and a bug, stay what they are', () => {
  mkdirSync(join(folder, 'state'));
  const elsewhere = thrownBy(() => readJournal(join(folder, 'elsewhere')));
  expect(stateRefusal(elsewhere, join(folder, 'state'))).toBeUndefined();
  expect(stateRefusal(new TypeError('a bug'), folder)).toBeUndefined();
});
