// Tests writing files and putting them back where programs fail and processes are killed at any moment.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
