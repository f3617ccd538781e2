import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { ownIdentity } from '../../../src/engine/processes/process-identity.ts';
import { lockHolder, takeLock } from '../../../src/engine/processes/process-lock.ts';
import { builtScript } from '../../built-script.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faults, faultyFiles } from '../files/faulty-files.ts';

const programs = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
let taker = '';

beforeAll(async () => {
  taker = await builtScript(new URL('lock-taker.ts', import.meta.url), programs);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

function take(folder: string) {
  const attempt = takeLock(folder);
  if (!attempt.ok) throw new Error('the lock is held');
  return attempt.lock;
}

test('a lock is refused while it is held, and free after its release', () => {
  const folder = temporaryFolder();
  const lock = take(folder);
  const holder = { process: ownIdentity(), certain: true, file: join(folder, 'lock.1') };
  expect(takeLock(folder)).toEqual({ ok: false, holder });
  expect(lockHolder(folder)).toEqual(holder);
  lock.release();
  expect(lockHolder(folder)).toBeUndefined();
  take(folder).release();
  expect(readdirSync(folder)).toEqual(['lock.2']);
});

test('a living process keeps it, a killed one does not', async () => {
  const folder = temporaryFolder();
  const child = spawn(process.execPath, [taker, 'hold', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(takeLock(folder)).toMatchObject({
    ok: false,
    holder: { process: { pid: child.pid }, certain: true },
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(takeLock(folder)).toMatchObject({ ok: true });
});

test.each([
  ['a later process with the number of the holder', { startedAt: '1' }, 'free'],
  ['another machine of the same name', { boot: 'another', machine: 'another' }, 'held'],
  ['a host that nobody sees into from here', { host: 'elsewhere/pid:[1]' }, 'held'],
])('%s: %s, it is %s', (_, changes, expected) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock.7'), JSON.stringify({ ...ownIdentity(), ...changes }));
  const attempt = takeLock(folder);
  if (expected === 'free') {
    expect(attempt.ok).toBe(true);
    expect(readdirSync(folder)).toEqual(['lock.8']);
  } else {
    expect(attempt).toEqual({
      ok: false,
      holder: {
        process: { ...ownIdentity(), ...changes },
        certain: false,
        file: join(folder, 'lock.7'),
      },
    });
  }
});

test('of many processes, one at a time is inside', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const contenders = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [taker, 'contend', folder, log, '60'], { stdio: 'inherit' }),
  );
  const ends = await Promise.all(contenders.map((child) => once(child, 'close')));
  expect(ends).toEqual(contenders.map(() => [0, null]));
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(2 * 4 * 60);
  const pairs = lines.filter(
    (line, index) => index % 2 === 0 && lines[index + 1] === line.replace('in', 'out'),
  );
  expect(pairs.length).toBe(4 * 60);
});

test.each(faults)('with %s at each operation, it is either held or can be taken by the next', (fault) => {
  for (let failing = 1; ; failing += 1) {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock.1'), '');
    const files = faultyFiles(failing, fault);
    try {
      expect(takeLock(folder, files).ok).toBe(true);
      expect(takeLock(folder).ok).toBe(false);
    } catch (error) {
      expect(error).toMatchObject({ syscall: 'test' });
      expect(takeLock(folder).ok).toBe(true);
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('lock.')).length).toBeLessThanOrEqual(2);
    if (files.count < failing) break;
  }
});

test('a lock whose release the disk refused is free for its own process', () => {
  const folder = temporaryFolder();
  const refusing: FileOperations = {
    ...nodeFileOperations,
    truncate: () => {
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'test' });
    },
  };
  const attempt = takeLock(folder, refusing);
  expect(attempt.ok).toBe(true);
  if (attempt.ok) attempt.lock.release();
  const lock = take(folder);
  expect(takeLock(folder).ok).toBe(false);
  lock.release();
  expect(lockHolder(folder)).toBe(undefined);
});
