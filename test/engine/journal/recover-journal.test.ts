import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { continueJournal } from '../../../src/engine/journal/continue-journal.ts';
import {
  type JournalState,
  journalStart,
  readJournal,
  readRecords,
} from '../../../src/engine/journal/read-journal.ts';
import { recoverJournal } from '../../../src/engine/journal/recover-journal.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faults, faultyFiles } from '../files/faulty-files.ts';
import { newJournal } from './new-journal.ts';

const now = (): Date => new Date('2026-11-21T02:13:22.123Z');
const note = (text: string): RunEvent => ({ type: 'NoteAdded', text, by: { user: 'ü', host: 'h' } });

/** A journal of five records: one alone, three written together, one alone. */
async function sample(folder: string): Promise<{ path: string; bytes: Buffer; ends: number[] }> {
  const path = join(folder, 'journal.ndjson');
  const journal = newJournal(path, { now });
  journal.append([note('one')]);
  await journal.sync();
  journal.append([note('two'), note('three'), note('four')]);
  await journal.sync();
  journal.append([note('five')]);
  await journal.sync();
  journal.close();
  const bytes = readFileSync(path);
  const ends = [...bytes.keys()].filter((index) => bytes[index] === 10).map((index) => index + 1);
  return { path, bytes, ends };
}

const stateOf = (bytes: Uint8Array): JournalState => readRecords(bytes, journalStart).state;

test('cut at any byte, it loses only what is behind the last whole record, and goes on from there', async () => {
  const { path, bytes, ends } = await sample(temporaryFolder());
  for (let cut = 0; cut < bytes.length; cut += 1) {
    writeFileSync(path, bytes.subarray(0, cut));
    const whole = ends.filter((end) => end <= cut);
    const tornAt = whole.at(-1) ?? 0;
    const torn = cut - tornAt;
    expect(readJournal(path).state).toEqual(
      torn === 0 ? { type: 'whole' } : { type: 'torn', tornAt, bytes: torn },
    );
    const recovered = recoverJournal(path);
    expect(recovered.events.length).toBe(whole.length);
    expect(readFileSync(path).equals(bytes.subarray(0, tornAt))).toBe(true);
    if (torn === 0) {
      expect(recovered.cut).toBeUndefined();
    } else {
      expect(recovered.cut).toEqual({ bytes: torn, keptIn: `${path}.torn-1` });
      expect(readFileSync(`${path}.torn-1`).equals(bytes.subarray(tornAt, cut))).toBe(true);
      rmSync(`${path}.torn-1`);
    }
    const journal = continueJournal(path, recovered.end, { now });
    journal.append([note('after')]);
    await journal.sync();
    journal.close();
    const { events, state } = readJournal(path);
    expect(state).toEqual({ type: 'whole' });
    expect(events.at(-1)).toEqual({
      seq: whole.length + 1,
      at: '2026-11-21T02:13:22.123Z',
      event: note('after'),
    });
  }
});

test('a changed byte before the last record is damage, told by its line, and nothing is touched', async () => {
  const { path, bytes, ends } = await sample(temporaryFolder());
  const lastLine = ends.at(-2) ?? 0;
  for (let at = 0; at < lastLine; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const line = ends.findIndex((end) => at < end) + 1;
    expect(stateOf(changed)).toMatchObject({ type: 'corrupt', line });
    if (at % 97 === 0) {
      writeFileSync(path, changed);
      expect(() => recoverJournal(path)).toThrow(`\`${path}\` is damaged: line ${line} `);
      expect(readFileSync(path).equals(changed)).toBe(true);
    }
  }
});

describe('what stands at the end', () => {
  const lines = (bytes: Buffer): string[] => bytes.toString().split('\n').slice(0, -1);
  const of = (...parts: string[]): Buffer => Buffer.from(parts.map((part) => `${part}\n`).join(''));

  test('zeros and rubbish are a torn end', async () => {
    const { bytes } = await sample(temporaryFolder());
    for (const rubbish of [
      Buffer.alloc(4096),
      Buffer.from('\n'),
      Buffer.from([0xff, 0xfe, 10]),
      Buffer.from('{}\n'),
    ]) {
      expect(stateOf(Buffer.concat([bytes, rubbish]))).toEqual({
        type: 'torn',
        tornAt: bytes.length,
        bytes: rubbish.length,
      });
    }
  });

  test('a hole in the last write is a torn end, though later records of that write are whole', async () => {
    const [one = '', two = '', three = '', four = ''] = lines((await sample(temporaryFolder())).bytes);
    expect(stateOf(of(one, two, '\0'.repeat(three.length), four))).toMatchObject({
      type: 'torn',
      tornAt: of(one, two).length,
    });
    expect(stateOf(of(one, '\0'.repeat(two.length), three, four))).toMatchObject({
      type: 'torn',
      tornAt: of(one).length,
    });
  });

  test('the same hole is damage where another write follows', async () => {
    const [one = '', two = '', three = '', four = '', five = ''] = lines(
      (await sample(temporaryFolder())).bytes,
    );
    expect(stateOf(of(one, two, '\0'.repeat(three.length), four, five))).toEqual({
      type: 'corrupt',
      line: 3,
      reason: 'is not a record',
    });
  });

  test('records left out, repeated or in another order are damage', async () => {
    const [one = '', two = '', three = '', four = '', five = ''] = lines(
      (await sample(temporaryFolder())).bytes,
    );
    expect(stateOf(of(one, two, three, four, five, five))).toEqual({
      type: 'corrupt',
      line: 6,
      reason: 'is record 5 where record 6 belongs',
    });
    expect(stateOf(of(two, three, four, five))).toEqual({
      type: 'corrupt',
      line: 1,
      reason: 'is record 2 where record 1 belongs',
    });
    expect(stateOf(of(one, three, two, four, five))).toEqual({
      type: 'corrupt',
      line: 2,
      reason: 'is record 3 where record 2 belongs',
    });
  });

  test('an event put in by hand does not match its hash', async () => {
    const [one = '', two = ''] = lines((await sample(temporaryFolder())).bytes);
    expect(stateOf(of(one, two.replace('two', 'owt')))).toEqual({
      type: 'corrupt',
      line: 2,
      reason: 'does not match its hash: it, or a record before it, was changed',
    });
  });
});

test('reading goes on from where it stopped', async () => {
  const { path, bytes, ends } = await sample(temporaryFolder());
  writeFileSync(path, bytes.subarray(0, (ends[1] ?? 0) + 5));
  const first = readJournal(path);
  writeFileSync(path, bytes);
  const second = readJournal(path, first.end);
  expect([...first.events, ...second.events]).toEqual(readJournal(path).events);
  expect(second.end).toEqual(readJournal(path).end);
});

test.each(faults)('recovering with %s at each operation loses nothing', async (fault) => {
  for (let failing = 1; ; failing += 1) {
    const folder = temporaryFolder();
    const { path, bytes, ends } = await sample(folder);
    const torn = bytes.subarray(0, bytes.length - 5);
    writeFileSync(path, torn);
    const files = faultyFiles(failing, fault);
    try {
      recoverJournal(path, files);
    } catch (error) {
      expect(error).toMatchObject({ syscall: 'test' });
      recoverJournal(path);
    }
    expect(readFileSync(path).equals(bytes.subarray(0, ends.at(-2)))).toBe(true);
    const kept = readdirSync(folder).filter((name) => name.includes('torn'));
    expect(kept.map((name) => readFileSync(join(folder, name)).equals(torn.subarray(ends.at(-2))))).toContain(
      true,
    );
    if (files.count < failing) break;
  }
});
