// Tests runbooks/disk-full.md with a small file system in memory, filled by real files and a real process.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resultsOf, statusesOf } from './document-results.ts';
import { expectExit, inputs, Rig } from './rig.ts';

const megabyte = 1024 * 1024;

/** A 16 MB file system. Only root may mount one, and not everywhere. */
function mountMemory(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'pipe' });
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  try {
    mountMemory(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rmdir', [folder]);
  }
}

async function rigWithFullDisk() {
  const rig = await Rig.create();
  await rig.copy('runbooks/disk-full.md');
  const logs = rig.path('logs');
  await mkdir(logs);
  mountMemory(logs);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', logs]);
  });
  const files = {
    'app.log': Buffer.alloc(5 * megabyte, 'a live line\n'),
    'app.log.1': randomBytes(5 * megabyte),
    'app.log.2': Buffer.alloc(2 * megabyte, 'an old line\n'),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(logs, name), content);
  await holdDeletedFile(join(logs, 'gone.log'), 3 * megabyte);
  return {
    rig,
    logs,
    files,
    run: (more: Record<string, string>, ...options: string[]) =>
      rig.run([
        'run',
        'disk-full.md',
        '--yes',
        ...inputs({ LOG_DIR: logs, ARCHIVE_DIR: rig.path('archive'), LARGE: '4M', ...more }),
        ...options,
      ]),
  };
}

/** Writes a file, deletes it, and keeps it open until the test is over. */
async function holdDeletedFile(path: string, bytes: number): Promise<void> {
  const script = 'exec 3> "$1"; head -c "$2" /dev/zero >&3; rm "$1"; echo held; exec sleep 600';
  const holder = spawn('sh', ['-c', script, 'sh', path, String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once('data', () => resolve());
    holder.once('exit', () => reject(new Error('the file could not be held open')));
  });
}

const mounts = canMount();
if (!mounts && process.env.RUNSHEET_REQUIRE_SERVICES) {
  test('disk-full.md', () => {
    throw new Error('a file system cannot be mounted here, and RUNSHEET_REQUIRE_SERVICES is set');
  });
}

describe.skipIf(!mounts)('disk-full.md (needs the right to mount a file system)', () => {
  test('makes room, and keeps every line that was worth keeping', async () => {
    const { rig, logs, files, run } = await rigWithFullDisk();

    expectExit(await run({}, '--allow-destructive'), 0);

    const document = await rig.file('disk-full.md');
    expect(statusesOf(document)).toEqual({
      'the-directory-is-there': 'passed',
      'archive-is-elsewhere': 'passed',
      biggest: 'passed',
      'deleted-but-open': 'passed',
      'move-rotated-logs': 'passed',
      'compress-rotated-logs': 'passed',
      'empty-live-logs': 'passed',
      'empty-deleted-files': 'passed',
      'room-again': 'passed',
      'logs-can-be-written': 'passed',
    });
    const results = resultsOf(document);
    expect(results['deleted-but-open']?.output).toContain('\n1 found\n');
    expect(results['room-again']?.output).toBe('1 % used, the limit is 80 %\n');
    expect((await readdir(logs)).sort()).toEqual(['app.log', 'app.log.2.gz']);
    expect((await readFile(join(logs, 'app.log'))).length).toBe(0);
    const moved = await readFile(join(rig.path('archive/moved'), logs, 'app.log.1'));
    expect(moved.equals(files['app.log.1'])).toBe(true);
  });

  test('does not throw anything away for good unless it is allowed to', async () => {
    const { rig, logs, files, run } = await rigWithFullDisk();
    const before = await rig.file('disk-full.md');
    const refused = await run({});
    expectExit(refused, 2);
    expect(refused.stderr).toContain('`empty-deleted-files`');
    expect(await rig.file('disk-full.md')).toBe(before);
    expect((await readdir(logs)).sort()).toEqual(Object.keys(files).sort());
  });

  test('puts every file back when there is still not enough room', async () => {
    const { rig, logs, files, run } = await rigWithFullDisk();

    const options = ['--allow-destructive', '--on-failure', 'rollback'];
    expectExit(await run({ MAX_USED_PERCENT: '1' }, ...options), 3);

    for (const [name, content] of Object.entries(files)) {
      expect((await readFile(join(logs, name))).equals(content), name).toBe(true);
    }
    expect((await readdir(logs)).sort()).toEqual(Object.keys(files).sort());
    expect(statusesOf(await rig.file('disk-full.md'))).toMatchObject({
      'room-again': 'failed',
      'refill-live-logs': 'passed',
      'uncompress-logs': 'passed',
      'move-logs-back': 'passed',
      'look-again': 'passed',
    });
  });

  test('begins nothing when the archive is on the full file system', async () => {
    const { rig, logs, files, run } = await rigWithFullDisk();
    expectExit(await run({ ARCHIVE_DIR: join(logs, 'archive') }, '--allow-destructive'), 4);
    expect((await readdir(logs)).sort()).toEqual(Object.keys(files).sort());
    expect(resultsOf(await rig.file('disk-full.md'))['archive-is-elsewhere']?.output).toContain(
      'is on the full file system itself',
    );
  });
});
