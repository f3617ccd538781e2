// Tests what `runsheet verify` says of the journal of a real run, as it is and when somebody has been at it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

async function ranOnce() {
  const rig = await Rig.create();
  await rig.write('book.md', '# Book\n\n## Steps\n\n### Greet\n\n```sh {name=greet}\necho hello\n```\n');
  expect((await rig.run(['run', 'book.md', '--yes'])).exitCode).toBe(0);
  const [id = ''] = await readdir(join(rig.stateFolder, 'runs'));
  const journal = join(rig.stateFolder, 'runs', id, 'journal.ndjson');
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n');
  const rewrite = (kept: readonly string[]) => writeFile(journal, kept.map((line) => `${line}\n`).join(''));
  return { rig, id, lines, rewrite };
}

test('a journal is whole after a run', async () => {
  const { rig, id, lines } = await ranOnce();
  const verified = await rig.run(['verify']);
  expect([verified.exitCode, verified.stdout.replace(/[0-9a-f]{20,}/, 'HASH')]).toEqual([
    0,
    `${id}: ${lines.length} records, whole and unaltered; last hash HASH\n`,
  ]);
});

test('a record that was altered is named', async () => {
  const { rig, id, lines, rewrite } = await ranOnce();
  await rewrite(lines.map((line, index) => (index === 2 ? line.replace('"seq":3', '"seq": 3') : line)));
  const verified = await rig.run(['verify']);
  expect([verified.exitCode, verified.stderr]).toEqual([1, expect.stringContaining(`error: ${id}: line 3 `)]);
});

test.each([0, 1, 4])('records that were cut off the end are missed, with %i left', async (left) => {
  const { rig, id, lines, rewrite } = await ranOnce();
  await rewrite(lines.slice(0, left));
  const verified = await rig.run(['verify']);
  expect([verified.exitCode, verified.stderr]).toEqual([
    1,
    `error: ${id}: the run has ended, but its journal does not say so: the last records are gone, after ${left} that hold\n`,
  ]);
});
