// Tests a journal that counts as written when it is kept a second time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { continueJournal } from '../../../src/engine/journal/continue-journal.ts';
import { JournalWriteFailure } from '../../../src/engine/journal/journal-write-failure.ts';
import { journalStart } from '../../../src/engine/journal/read-journal.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { newJournal } from './new-journal.ts';

const note = (text: string) => ({ type: 'NoteAdded', text, by: { user: 'ada', host: 'b' } }) as const;

/** A journal whose second keeper answers as it is told to. */
function open(commit: (size: number) => Promise<void>) {
  const path = join(temporaryFolder(), 'journal.ndjson');
  newJournal(path, { now: () => new Date(0) }).close();
  const order = { worker: 'w', epoch: 1 };
  const journal = continueJournal(path, journalStart, { now: () => new Date(0), replica: { order, commit } });
  return { path, journal };
}

test('it is written when it is kept a second time, and what is kept is not asked for again', async () => {
  const asked: number[] = [];
  const { path, journal } = open(async (size) => void asked.push(size));
  journal.append([note('one')]);
  await journal.sync();
  await journal.sync();
  journal.append([note('two'), note('three')]);
  const { length } = readFileSync(path);
  await Promise.all([journal.sync(), journal.sync()]);
  expect(asked.at(0)).toBeLessThan(length);
  expect(asked.slice(1)).toEqual([length, length]);
  journal.close();
});

test('what is appended meanwhile is not taken for kept', async () => {
  const asked: number[] = [];
  const { path, journal } = open(async (size) => void asked.push(size));
  journal.append([note('one')]);
  const first = journal.sync();
  journal.append([note('two')]);
  await first;
  await journal.sync();
  expect(asked.at(-1)).toBe(readFileSync(path).length);
  expect(asked).toHaveLength(2);
  journal.close();
});

test('once it was refused, nothing is appended any more', async () => {
  const { path, journal } = open(async () => {
    throw new Error('another worker has taken the run over');
  });
  journal.append([note('one')]);
  const refusal = new JournalWriteFailure(path, 'another worker has taken the run over', false);
  await expect(journal.sync()).rejects.toThrow(refusal);
  await expect(journal.sync()).rejects.toThrow(refusal);
  expect(() => journal.append([note('two')])).toThrow(refusal);
  journal.close();
});
