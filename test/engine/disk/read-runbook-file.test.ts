import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRunbookFile } from '../../../src/engine/disk/read-runbook-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-read-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function failureOf(path: string): unknown {
  const read = readRunbookFile(path);
  return read.ok ? 'read' : read.error;
}

test('reads bytes and the identity of the file', () => {
  const path = join(folder, 'a.md');
  writeFileSync(path, '# A\r\n');
  const read = readRunbookFile(path);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.path).toBe(path);
  expect([...read.value.bytes]).toEqual([...Buffer.from('# A\r\n')]);
  expect(read.value.identity.size).toBe(5n);
  expect(read.value.identity.digest).toBe('ec054cdfbe2628ecb67e5d3e6e2dc4b72d60b3b041eb05d67c44c8333bf21481');
});

test('a missing file', () => {
  const path = join(folder, 'none.md');
  expect(failureOf(path)).toEqual({
    code: 'file-missing',
    severity: 'error',
    message: `cannot read \`${path}\`: no such file`,
    help: 'was it moved or deleted?',
  });
});

test('a folder', () => {
  expect(failureOf(folder)).toEqual({
    code: 'file-is-folder',
    severity: 'error',
    message: `cannot read \`${folder}\`: it is a folder`,
    help: `\`runsheet list ${folder}\` shows the runbooks in it`,
  });
});

test('a FIFO does not hang, and a device is not read', () => {
  const path = join(folder, 'fifo.md');
  execFileSync('mkfifo', [path]);
  const noFile = (name: string) => ({
    code: 'not-a-file',
    severity: 'error',
    message: `cannot read \`${name}\`: it is not a regular file`,
    help: 'runbooks are read from files, because results are written into them',
  });
  expect(failureOf(path)).toEqual(noFile(path));
  expect(failureOf('/dev/zero')).toEqual(noFile('/dev/zero'));
});

test('a file of 16 MB is read, a larger one is not', () => {
  const path = join(folder, 'large.md');
  writeFileSync(path, '');
  truncateSync(path, 16_000_000);
  expect(failureOf(path)).toBe('read');
  truncateSync(path, 16_000_001);
  expect(failureOf(path)).toEqual({
    code: 'file-too-large',
    severity: 'error',
    message: `cannot read \`${path}\`: it is larger than 16 MB`,
    help: 'is it a runbook?',
  });
});

test('a file that may not be read', () => {
  const path = join(folder, 'secret.md');
  writeFileSync(path, 'x');
  chmodSync(path, 0o000);
  chmodSync(folder, 0o755);
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  const failure = failureOf(path);
  if (root) process.seteuid?.(0);
  expect(failure).toEqual({
    code: 'file-not-readable',
    severity: 'error',
    message: `cannot read \`${path}\`: permission denied`,
    help: 'check the permissions of the file',
  });
});

test('a link to itself', () => {
  const path = join(folder, 'loop.md');
  symlinkSync('loop.md', path);
  expect(failureOf(path)).toEqual({
    code: 'file-missing',
    severity: 'error',
    message: `cannot read \`${path}\`: too many symbolic links`,
    help: 'does a link point to itself?',
  });
});
