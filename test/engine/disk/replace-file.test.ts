import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileIdentity } from '../../../src/engine/disk/file-identity.ts';
import { readRunbookFile } from '../../../src/engine/disk/read-runbook-file.ts';
import { removeLeftovers, replaceFile } from '../../../src/engine/disk/replace-file.ts';
import { nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { builtScript } from '../../built-script.ts';
import { type Fault, faultyFiles } from '../files/faulty-files.ts';
import { ended, startScript } from './child-script.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-disk-'));
  path = join(folder, 'deploy.md');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function identityOf(file: string): FileIdentity {
  const read = readRunbookFile(file);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.identity;
}

const codeOf = (result: Awaited<ReturnType<typeof replaceFile>>): string =>
  result.ok ? 'written' : result.error.code;

describe('replaceFile', () => {
  test('replaces the content and keeps the mode', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    expect(codeOf(await replaceFile(path, bytes('new'), identityOf(path)))).toBe('written');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o7777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['deploy.md']);
  });

  test('gives the identity that the file then has', async () => {
    writeFileSync(path, 'old');
    const first = await replaceFile(path, bytes('new'), identityOf(path));
    if (!first.ok) throw new Error(first.error.message);
    const { settled: _now, ...written } = first.value.identity;
    const { settled: _later, ...found } = identityOf(path);
    expect(written).toEqual(found);
    expect(codeOf(await replaceFile(path, bytes('newer'), first.value.identity))).toBe('written');
  });

  test('writes through a symbolic link and leaves it one', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'file.md'), 'old');
    symlinkSync('real/file.md', path);
    expect(codeOf(await replaceFile(path, bytes('new'), identityOf(path)))).toBe('written');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readlinkSync(path)).toBe('real/file.md');
    expect(readFileSync(join(folder, 'real', 'file.md'), 'utf8')).toBe('new');
  });

  test('tells of other names, which keep the former content', async () => {
    writeFileSync(path, 'old');
    linkSync(path, join(folder, 'other.md'));
    const replaced = await replaceFile(path, bytes('new'), identityOf(path));
    expect(replaced.ok && replaced.value.otherNames).toBe(1);
    expect(readFileSync(join(folder, 'other.md'), 'utf8')).toBe('old');
  });

  test('never overwrites what somebody else has written, whatever the times say', async () => {
    writeFileSync(path, 'old');
    utimesSync(path, 1_000, 1_000);
    const identity = identityOf(path);
    writeFileSync(path, 'edited');
    expect(codeOf(await replaceFile(path, bytes('new'), identity))).toBe('file-changed');

    writeFileSync(path, 'one');
    const racy = identityOf(path);
    const { atime, mtime } = statSync(path);
    writeFileSync(path, 'two');
    utimesSync(path, atime, mtime);
    expect(codeOf(await replaceFile(path, bytes('new'), racy))).toBe('file-changed');
    expect(readFileSync(path, 'utf8')).toBe('two');
    rmSync(path);
    expect(codeOf(await replaceFile(path, bytes('new'), racy))).toBe('file-missing');
  });

  test('takes a file that was only touched for the same', async () => {
    writeFileSync(path, 'old');
    const identity = identityOf(path);
    utimesSync(path, 2_000, 2_000);
    expect(codeOf(await replaceFile(path, bytes('new'), identity))).toBe('written');
  });

  test('refuses a read-only file, also to root, and says what to do', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    expect(await replaceFile(path, bytes('new'), identityOf(path))).toEqual({
      ok: false,
      error: {
        code: 'file-read-only',
        severity: 'error',
        message: `cannot write \`${path}\`: the file is read-only`,
        help: 'run with `--log copy` to write the results to a copy in `runs/` instead',
      },
    });
  });

  test('creates a file only where there is none', async () => {
    expect(codeOf(await replaceFile(path, bytes('new'), 'absent'))).toBe('written');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(codeOf(await replaceFile(path, bytes('newer'), 'absent'))).toBe('file-changed');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['deploy.md']);
  });

  test('a folder that may not be written is told, as its user meets it', async () => {
    writeFileSync(path, 'old');
    const identity = identityOf(path);
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    // Root may write everywhere: the test becomes somebody else for a moment.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    const outcome = await replaceFile(path, bytes('new'), identity);
    if (root) process.seteuid?.(0);
    chmodSync(folder, 0o755);
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'not-permitted',
        severity: 'error',
        message: `cannot write \`${path}\`: permission denied`,
        help: 'run with `--log copy` to write the results to a copy in `runs/` instead',
      },
    });
    expect(readdirSync(folder)).toEqual(['deploy.md']);
  });

  test.runIf(process.getuid?.() === 0)(
    'keeps the owner, in place where it has to, and refuses where it may not write',
    async () => {
      writeFileSync(path, 'old');
      chmodSync(path, 0o666);
      chownSync(path, 65_534, 65_534);
      expect(codeOf(await replaceFile(path, bytes('new'), identityOf(path)))).toBe('written');
      expect(statSync(path).uid).toBe(65_534);

      chownSync(path, 0, 0);
      chmodSync(folder, 0o777);
      const { ino } = statSync(path);
      const asNobody = async (content: string) => {
        const identity = identityOf(path);
        process.seteuid?.(65_534);
        const outcome = await replaceFile(path, bytes(content), identity);
        process.seteuid?.(0);
        return codeOf(outcome);
      };
      expect(await asNobody('in place')).toBe('written');
      expect(readFileSync(path, 'utf8')).toBe('in place');
      expect(statSync(path)).toMatchObject({ ino, uid: 0, gid: 0 });
      chmodSync(path, 0o644);
      expect(await asNobody('never')).toBe('not-permitted');
      expect(readFileSync(path, 'utf8')).toBe('in place');
      expect(readdirSync(folder)).toEqual(['deploy.md']);
    },
  );

  test.each<Fault>(['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'torn'])(
    '%s at each operation in turn leaves one whole file and nothing else',
    async (errno) => {
      let failures = 0;
      for (let failing = 1; ; failing += 1) {
        writeFileSync(path, 'old');
        const identity = identityOf(path);
        const files = faultyFiles(failing, errno);
        const outcome = await replaceFile(path, bytes('new'), identity, files);
        expect(['old', 'new']).toContain(readFileSync(path, 'utf8'));
        expect(readdirSync(folder)).toEqual(['deploy.md']);
        if (files.count < failing) break;
        // A folder that may not be opened for syncing is no failure: the file is replaced.
        if (outcome.ok) expect([errno, readFileSync(path, 'utf8')]).toEqual(['EACCES', 'new']);
        else failures += 1;
      }
      expect(failures).toBe(errno === 'EACCES' ? 14 : 16);
    },
  );
});

const isTemporary = (name: string): boolean => name.endsWith('.tmp');

describe('a writer that is killed', () => {
  test('leaves the old or the new content, and the next one tidies up', async () => {
    const script = await builtScript(new URL('endless-replacer.ts', import.meta.url), folder);
    let leftovers = 0;
    for (let round = 0; round < 12; round += 1) {
      writeFileSync(path, '0'.repeat(3_000_000));
      const child = startScript(script, path);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      // Half of the kills come while a temporary file is seen, the others at any moment.
      const turns = round % 2 === 0 ? round * 7 : 1_000_000;
      for (let turn = 0; turn < turns && !readdirSync(folder).some(isTemporary); turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      child.kill('SIGKILL');
      expect(await ended(child)).toBe('SIGKILL');
      const text = readFileSync(path, 'utf8');
      expect(text).toBe((text[0] ?? '').repeat(3_000_000));
      leftovers += readdirSync(folder).filter(isTemporary).length;
      removeLeftovers(path);
      expect(readdirSync(folder).sort()).toEqual(['deploy.md', 'program.mjs']);
    }
    expect(leftovers).toBeGreaterThan(0);
  });

  test('a living writer keeps its file', async () => {
    writeFileSync(path, 'old');
    let seen: readonly string[] = [];
    const files = {
      ...nodeFileOperations,
      rename(from: string, to: string) {
        removeLeftovers(path);
        seen = readdirSync(folder);
        nodeFileOperations.rename(from, to);
      },
    };
    expect(codeOf(await replaceFile(path, bytes('new'), identityOf(path), files))).toBe('written');
    expect(seen.length).toBe(2);
  });
});
