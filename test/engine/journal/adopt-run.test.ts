import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { type Adoption, adoptRun } from '../../../src/engine/journal/adopt-run.ts';
import { takeLock } from '../../../src/engine/processes/process-lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faultyFiles } from '../files/faulty-files.ts';

const id = runId('20261128-143000-k3f9');

function place(earlier?: string) {
  const base = temporaryFolder();
  const [runs, lock] = [join(base, 'runs'), join(base, 'locks', 'takeover')];
  if (earlier !== undefined) {
    mkdirSync(join(runs, id), { recursive: true });
    writeFileSync(join(runs, id, 'journal.ndjson'), earlier);
  }
  const journal = (name: string = id) => readFileSync(join(runs, name, 'journal.ndjson'), 'utf8');
  const forgotten: (readonly string[])[] = [];
  const forget = (): void =>
    void forgotten.push(
      readdirSync(runs)
        .map((name) => name.replace(/-\d+$/, ''))
        .sort(),
    );
  const adopt = (changes: Partial<Adoption<string>> = {}, files: FileOperations = nodeFileOperations) =>
    adoptRun<string>({ runs, lock, files, forget }, id, {
      refuse: () => undefined,
      busy: () => 'busy',
      fill: async ({ journal: path }) => void writeFileSync(path, 'new'),
      ...changes,
    });
  return { runs, lock, journal, adopt, forgotten };
}

test.each([undefined, 'earlier'])('a run is put in place, over %s', async (earlier) => {
  const { runs, journal, adopt, forgotten } = place(earlier);
  expect(await adopt()).toBeUndefined();
  // Nothing is known of it any more, at a moment at which nobody can find it.
  const old = earlier === undefined ? [] : [`.old-${id.replace(/-\d+$/, '')}`];
  expect(forgotten).toEqual([[...old, `.taken-${id}`]]);
  expect([readdirSync(runs), readdirSync(join(runs, id)), journal()]).toEqual([
    [id],
    ['journal.ndjson'],
    'new',
  ]);
});

test('what is refused changes nothing: before, while it is filled, and right before it would be in place', async () => {
  const { runs, journal, adopt } = place('earlier');
  let asked = 0;
  const cases: readonly Partial<Adoption<string>>[] = [
    { refuse: () => 'no' },
    { fill: async () => 'no' },
    { refuse: () => (++asked === 2 ? 'no' : undefined) },
  ];
  for (const one of cases) {
    expect(await adopt(one)).toBe('no');
    expect([readdirSync(runs), journal()]).toEqual([[id], 'earlier']);
  }
  const fill = async () => Promise.reject(new Error('a bug'));
  await expect(adopt({ fill })).rejects.toThrow('a bug');
  expect([readdirSync(runs), journal()]).toEqual([[id], 'earlier']);
  // Nothing is held any more.
  expect(await adopt()).toBeUndefined();
});

test('one process at a time does so, and none where another one works on the run', async () => {
  const { runs, lock, journal, adopt } = place('earlier');
  for (const folder of [join(runs, id), lock]) {
    mkdirSync(folder, { recursive: true });
    const held = takeLock(folder);
    if (!held.ok) throw new Error('the lock is to be had');
    expect(await adopt()).toBe('busy');
    expect([readdirSync(runs), journal()]).toEqual([[id], 'earlier']);
    held.lock.release();
  }
  expect(await adopt({ fill: async () => adopt() })).toBe('busy');
});

test('what a killed process has left is put right by the next one', async () => {
  const { runs, journal, adopt } = place();
  const leave = (name: string, text: string) => {
    mkdirSync(join(runs, name), { recursive: true });
    writeFileSync(join(runs, name, 'journal.ndjson'), text);
  };
  // Killed while it was filled; killed between the two names; killed before what was replaced was gone.
  leave(`.taken-${id}-1`, 'half');
  const other = '20261128-150000-aaaa';
  leave(`.old-${other}`, 'earlier');
  leave(`.old-${id}`, 'earlier');
  leave(id, 'newer');
  expect(await adopt({ refuse: () => 'here' })).toBe('here');
  expect([readdirSync(runs).sort(), journal(), journal(other)]).toEqual([[id, other], 'newer', 'earlier']);
});

test('a folder that appears meanwhile is looked at, and never replaced', async () => {
  const { runs, journal, adopt } = place();
  const rename = (from: string, to: string): void => {
    mkdirSync(to);
    writeFileSync(join(to, 'journal.ndjson'), 'theirs');
    nodeFileOperations.rename(from, to);
  };
  const refuse = () => (existsSync(join(runs, id)) ? 'here' : undefined);
  expect(await adopt({ refuse }, { ...nodeFileOperations, rename })).toBe('here');
  expect([readdirSync(runs), journal()]).toEqual([[id], 'theirs']);
});

test.each([undefined, 'earlier'])(
  'whatever operation fails, there is the new run or what was there, %s',
  async (earlier) => {
    for (const forGood of [false, true])
      for (let failing = 1; ; failing++) {
        const { runs, lock, journal, adopt } = place(earlier);
        const files = faultyFiles(failing, 'EIO', forGood);
        const failed = await adopt({}, files).then(
          () => false,
          () => true,
        );
        if (!failed) expect(journal()).toBe('new');
        // The process ends, and with it what it holds.
        rmSync(lock, { recursive: true, force: true });
        // The next one finds it as it was, or new, and nothing beside it.
        expect(await adopt({ refuse: () => 'here' })).toBe('here');
        const found = readdirSync(runs).map((name) => journal(name));
        expect([[], ['new'], ['earlier']]).toContainEqual(found);
        expect([failing, found.length]).toEqual([
          failing,
          earlier === undefined && failed ? found.length : 1,
        ]);
        if (files.count < failing) break;
      }
  },
);
