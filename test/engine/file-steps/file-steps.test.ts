// Tests writing files and putting them back where programs fail and processes are killed at any moment.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { FileComparison } from '../../../src/run/executor.ts';
import type { SavedState } from '../../../src/run/files/saved-state.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { testMs } from '../../budgets.ts';
import { blockItem, ExecutorRig } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

const path = (): string => join(rig.folder, 'files', 'app.conf');

function writing(code: string, more: Partial<BlockItem> = {}): BlockItem {
  return blockItem('write', 'text', code, { writes: { path: path() }, ...more });
}

const undoing = (more: Partial<BlockItem> = {}): BlockItem =>
  writing('', { address: address('write/undo'), restores: address('write'), ...more });

async function compare(item: BlockItem, kept?: SavedState): Promise<Extract<FileComparison, { ok: true }>> {
  const found = await rig.executor.compareFile(rig.request(item, kept === undefined ? {} : { kept }));
  if (!found.ok) throw new Error(JSON.stringify(found.reason));
  return found;
}

function layOut(old: string | Uint8Array | undefined): void {
  rmSync(join(rig.folder, 'files'), { recursive: true, force: true });
  mkdirSync(join(rig.folder, 'files'));
  if (old !== undefined) writeFileSync(path(), old, { mode: 0o640 });
}

/** Programs that fail or kill, before the real ones on the search path. */
function disturb(at: number, how: string): Record<string, string> {
  const folder = join(rig.folder, 'stubs');
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(rig.folder, 'calls'), { force: true });
  rmSync(join(rig.folder, 'fired'), { force: true });
  mkdirSync(folder);
  for (const name of ['cat', 'wc', 'cksum', 'chmod', 'chown', 'sync', 'mv', 'rm']) {
    copyFileSync(fileURLToPath(new URL('disturbed.sh', import.meta.url)), join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: `${folder}:${process.env.PATH}`, DISTURB_AT: String(at), DISTURB_HOW: how };
}

const hows = ['kill-before', 'kill-after', 'torn', 'short', 'Input/output error', 'No space left on device'];

describe('a file that is written while a program of its script is disturbed', () => {
  it.each(
    hows.flatMap((how) => [
      { how, old: 'old text\n' as string | undefined },
      { how, old: undefined },
    ]),
  )(
    'is the old one or the new one, never between: $how over $old',
    { timeout: testMs.fault },
    async ({ how, old }) => {
      const fired: string[] = [];
      for (let at = 1; ; at += 1) {
        layOut(old);
        const item = writing('new text\n');
        const { kept } = await compare(item);
        const env = disturb(at, how);
        const ran = await rig.executor.run(rig.request({ ...item, env }, kept === undefined ? {} : { kept }));
        if (!existsSync(join(rig.folder, 'fired'))) {
          expect(ran.ok).toBe(true);
          break;
        }
        fired.push(readFileSync(join(rig.folder, 'fired'), 'utf8'));
        const now = existsSync(path()) ? readFileSync(path(), 'utf8') : undefined;
        expect([old, 'new text\n']).toContain(now);
        if (ran.ok) expect(now).toBe('new text\n');
        // A look tells which, and going on from there comes to the same end.
        const looked = await compare(item, kept);
        expect(looked.change.state).toBe(
          now === 'new text\n' ? 'same' : old === undefined ? 'new' : 'changed',
        );
        if (looked.kept !== undefined) {
          const again = await rig.executor.run(rig.request(item, { kept: looked.kept }));
          expect(again.ok).toBe(true);
        }
        expect(readFileSync(path(), 'utf8')).toBe('new text\n');
        expect(readdirSync(join(rig.folder, 'files'))).toEqual(['app.conf']);
      }
      expect(new Set(fired)).toEqual(
        new Set([
          ...['rm', 'cat', 'wc', 'chmod', 'sync', 'mv'],
          ...(old === undefined ? [] : ['cksum', 'chown']),
        ]),
      );
    },
  );

  it.each(hows)('is put back or stays as it is: %s', { timeout: testMs.fault }, async (how) => {
    for (let at = 1; ; at += 1) {
      layOut('old text\n');
      const item = writing('new text\n');
      const { kept } = await compare(item);
      if (kept === undefined) throw new Error('nothing was kept');
      expect((await rig.executor.run(rig.request(item, { kept }))).ok).toBe(true);
      const env = disturb(at, how);
      await rig.executor.run(rig.request(undoing({ env }), { kept }));
      if (!existsSync(join(rig.folder, 'fired'))) break;
      expect(['old text\n', 'new text\n']).toContain(readFileSync(path(), 'utf8'));
      expect((await rig.executor.run(rig.request(undoing(), { kept }))).ok).toBe(true);
      expect(readFileSync(path(), 'utf8')).toBe('old text\n');
      expect(statSync(path()).mode & 0o7777).toBe(0o640);
      expect(readdirSync(join(rig.folder, 'files'))).toEqual(['app.conf']);
    }
  });

  it('is not known when it is neither', async () => {
    layOut('old text\n');
    const item = writing('new text\n');
    const { kept } = await compare(item);
    writeFileSync(path(), 'theirs\n');
    const looked = await compare(item, kept);
    expect([looked.change.state, looked.kept]).toEqual(['foreign', undefined]);
    const ran = await rig.executor.run(rig.request(item, kept === undefined ? {} : { kept }));
    expect(ran).toMatchObject({
      ok: false,
      reason: { type: 'file', message: `\`${path()}\` has changed since it was looked at` },
    });
    expect(readFileSync(path(), 'utf8')).toBe('theirs\n');
  });
});

describe('whatever a file holds', () => {
  /** RUNSHEET_FUZZ_FILES=10000 looks longer. */
  const numRuns = Number(process.env.RUNSHEET_FUZZ_FILES ?? 40);

  it('undo gives back its bytes, its mode and its link', {
    timeout: testMs.fault * (1 + numRuns / 100),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
        fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll('\0', '')),
        fc.constantFrom(0o600, 0o644, 0o755, 0o4750, 0o400),
        fc.boolean(),
        async (old, text, mode, isLink) => {
          layOut(old);
          const link = join(rig.folder, 'files', 'link');
          if (old !== undefined) chmodSync(path(), mode);
          if (isLink) symlinkSync('app.conf', link);
          const item = writing(text, { writes: { path: isLink ? link : path(), mode: 0o604 } });
          const { kept, change } = await compare(item);
          const wanted = text === '' || text.endsWith('\n') ? text : `${text}\n`;
          if (kept === undefined) {
            expect([change.state, Buffer.from(old ?? []).toString()]).toEqual(['same', wanted]);
            return;
          }
          expect(await rig.executor.run(rig.request(item, { kept }))).toMatchObject({ ok: true });
          expect(readFileSync(path(), 'utf8')).toBe(wanted);
          expect(statSync(path()).mode & 0o7777).toBe(0o604);
          expect((await compare(item)).change.state).toBe('same');
          expect(await rig.executor.run(rig.request(undoing(), { kept }))).toMatchObject({ ok: true });
          if (old === undefined) expect(existsSync(path())).toBe(false);
          else {
            expect(Buffer.from(old).equals(readFileSync(path()))).toBe(true);
            expect(statSync(path()).mode & 0o7777).toBe(mode);
          }
          if (isLink) expect(lstatSync(link).isSymbolicLink()).toBe(true);
        },
      ),
      { numRuns },
    );
  });
});

/** Gives another account rights, on a file (`access`) or on whatever is made in a folder (`default`); no tool need be there. */
function giveAcl(path: string, kind: 'access' | 'default'): boolean {
  const entry = (tag: string, rights: string, id = 'ffffffff'): string => `${tag}00${rights}00${id}`;
  const ofOwner = entry('01', '06');
  const ofAnother = entry('02', '06', 'feff0000');
  const list = `02000000${ofOwner}${ofAnother}${entry('04', '04')}${entry('10', '06')}${entry('20', '00')}`;
  const code = `import os, sys; os.setxattr(sys.argv[1], 'system.posix_acl_${kind}', bytes.fromhex('${list}'))`;
  return spawnSync('python3', ['-c', code, path]).status === 0;
}

const hasAcls = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
  try {
    return giveAcl(folder, 'default');
  } finally {
    rmSync(folder, { recursive: true });
  }
})();

describe.runIf(hasAcls)('an access control list', () => {
  const rights = (of = path()): string => execFileSync('ls', ['-ld', of], { encoding: 'utf8' }).slice(0, 11);

  it('of the file is a reason not to write it, and none where there is nothing to write', async () => {
    layOut('old text\n');
    giveAcl(path(), 'access');
    const found = await rig.executor.compareFile(rig.request(writing('new text\n')));
    expect(found).toMatchObject({
      ok: false,
      reason: {
        type: 'file',
        message: `\`${path()}\`: it has an access control list (ACL), which the new file would not have`,
      },
    });
    expect([readFileSync(path(), 'utf8'), rights()]).toEqual(['old text\n', '-rw-rw----+']);
    expect((await compare(writing('old text\n'))).change.state).toBe('same');
  });

  it('that it was given since it was written is not taken away by putting back the old one', async () => {
    layOut('old text\n');
    const item = writing('new text\n');
    const { kept } = await compare(item);
    const withKept = kept === undefined ? {} : { kept };
    expect((await rig.executor.run(rig.request(item, withKept))).ok).toBe(true);
    giveAcl(path(), 'access');
    expect((await rig.executor.run(rig.request(undoing(), withKept))).ok).toBe(false);
    expect([readFileSync(path(), 'utf8'), rights()]).toEqual(['new text\n', '-rw-rw----+']);
  });

  it('of the folder is for new files, which can be taken away, and not for those that had none', async () => {
    layOut(undefined);
    giveAcl(join(rig.folder, 'files'), 'default');
    const item = writing('new text\n');
    const { kept } = await compare(item);
    const withKept = kept === undefined ? {} : { kept };
    expect((await rig.executor.run(rig.request(item, withKept))).ok).toBe(true);
    expect(rights()).toMatch(/\+$/);
    expect((await rig.executor.run(rig.request(undoing(), withKept))).ok).toBe(true);
    expect(readdirSync(join(rig.folder, 'files'))).toEqual([]);

    writeFileSync(join(rig.folder, 'app.conf'), 'old text\n', { mode: 0o640 });
    renameSync(join(rig.folder, 'app.conf'), path());
    const over = await compare(item);
    const ran = await rig.executor.run(rig.request(item, over.kept === undefined ? {} : { kept: over.kept }));
    // Only a host that has `setfacl` can take it from the new file.
    expect([ran.ok, readFileSync(path(), 'utf8')]).toEqual(
      ran.ok ? [true, 'new text\n'] : [false, 'old text\n'],
    );
    expect(rights()).not.toMatch(/\+$/);
    expect(readdirSync(join(rig.folder, 'files'))).toEqual(['app.conf']);
  });
});
