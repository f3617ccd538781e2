import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { continueJournal } from '../../../src/engine/journal/continue-journal.ts';
import { JournalWriteFailure } from '../../../src/engine/journal/journal-write-failure.ts';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { recoverJournal } from '../../../src/engine/journal/recover-journal.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import { anyCharacter } from '../../any-character.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faults, faultyFiles } from '../files/faulty-files.ts';
import { newJournal } from './new-journal.ts';

const now = (): Date => new Date('2026-11-21T02:13:22.123Z');
const note = (text: string): RunEvent => ({
  type: 'NoteAdded',
  text,
  by: { user: 'ada', host: 'bastion' },
});
const recorded = (texts: readonly string[]) =>
  texts.map((text, index) => ({ seq: index + 1, at: '2026-11-21T02:13:22.123Z', event: note(text) }));

describe('the file', () => {
  test('is a line of JSON for each event, chained by hashes that anyone can compute', async () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const journal = newJournal(path, { now });
    journal.append([note('one')]);
    await journal.sync();
    journal.append([{ type: 'GateOpened' }, note('zwei “☂”')]);
    journal.close();

    const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
    const bodies = [
      '{"seq":1,"at":"2026-11-21T02:13:22.123Z","event":{"type":"NoteAdded","text":"one","by":{"user":"ada","host":"bastion"}}',
      '{"seq":2,"at":"2026-11-21T02:13:22.123Z","event":{"type":"GateOpened"}',
      '{"seq":3,"at":"2026-11-21T02:13:22.123Z","event":{"type":"NoteAdded","text":"zwei “☂”","by":{"user":"ada","host":"bastion"}},"batch":2',
    ];
    let hash = sha('runsheet journal, version 1\n');
    const lines = bodies.map((body) => {
      hash = sha(hash + body);
      return `${body},"hash":"${hash}"}\n`;
    });
    expect(readFileSync(path, 'utf8')).toBe(lines.join(''));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is lost when somebody removes it, and takes nothing more', async () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const journal = newJournal(path, { now });
    journal.append([note('one')]);
    rmSync(path);
    await expect(journal.sync()).rejects.toThrow(`cannot write \`${path}\`: no such file`);
    expect(() => journal.append([note('two')])).toThrow(`cannot write \`${path}\`: no such file`);
    journal.close();
  });

  test('is continued where it ended', () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const first = newJournal(path, { now });
    expect(first.append([note('a'), note('b')])).toEqual(recorded(['a', 'b']));
    first.close();
    const second = continueJournal(path, recoverJournal(path).end, { now });
    expect(second.append([note('c')])).toEqual(recorded(['a', 'b', 'c']).slice(2));
    second.close();
    expect(readJournal(path)).toMatchObject({
      events: recorded(['a', 'b', 'c']),
      state: { type: 'whole' },
    });
  });

  test('gives back any text and any captured values', () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const journal = newJournal(path, { now });
    const expected: unknown[] = [];
    const text = fc.string({ unit: anyCharacter, maxLength: 40 });
    const event = fc.oneof(
      text.map(note),
      fc.dictionary(text, text.map(ownText), { noNullPrototype: true }).map(
        (captured): RunEvent => ({
          type: 'BlockPassed',
          address: address('drain'),
          attempt: 1,
          result: {
            exitCode: 0,
            durationMs: 1.5,
            output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
            captured,
            warnings: [],
          },
        }),
      ),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 4 }), (events) => {
        expected.push(...journal.append(events));
      }),
      { numRuns: 200 },
    );
    journal.close();
    const { events, state } = readJournal(path);
    expect(state).toEqual({ type: 'whole' });
    expect(events).toEqual(expected);
  });
});

describe('while the device is at work', () => {
  const open = () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const asked: (() => void)[] = [];
    const closed: number[] = [];
    const journal = newJournal(path, {
      now,
      files: {
        ...nodeFileOperations,
        syncLater: () => new Promise((resolve) => asked.push(resolve)),
        close: (descriptor) => {
          closed.push(asked.length);
          nodeFileOperations.close(descriptor);
        },
      },
    });
    closed.length = 0;
    return { path, asked, closed, journal };
  };
  const settled = async (promise: Promise<unknown>): Promise<boolean> =>
    Promise.race([promise.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);

  test('more is appended, and is there after another sync', async () => {
    const { path, asked, journal } = open();
    journal.append([note('a')]);
    const first = journal.sync();
    journal.append([note('b')]);
    const second = journal.sync();
    expect(asked).toHaveLength(1);
    asked[0]?.();
    await first;
    expect(await settled(second)).toBe(false);
    expect(asked).toHaveLength(2);
    asked[1]?.();
    await second;
    await journal.sync();
    expect(asked).toHaveLength(2);
    journal.append([note('c')]);
    journal.close();
    // A power cut could have torn the second together with the first, and the third alone.
    expect(readFileSync(path, 'utf8').match(/"batch":\d+/g)).toEqual(['"batch":1']);
  });

  test('who asks for the same waits for the same', async () => {
    const { asked, journal } = open();
    journal.append([note('a')]);
    const both = Promise.all([journal.sync(), journal.sync()]);
    expect(asked).toHaveLength(1);
    asked[0]?.();
    await both;
    expect(asked).toHaveLength(1);
    journal.close();
  });

  test('the file stays open until it has answered', async () => {
    const { asked, closed, journal } = open();
    journal.append([note('a')]);
    const syncing = journal.sync();
    journal.close();
    expect(closed).toEqual([]);
    asked[0]?.();
    await syncing;
    expect(closed).toEqual([1]);
  });

  test('a device that has refused once is asked for nothing more', async () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    const journal = newJournal(path, { now, files: faultyFiles(3, 'EIO') });
    journal.append([note('a')]);
    const both = [journal.sync(), journal.sync()];
    const failure = `cannot write \`${path}\`: the disk reported an error`;
    for (const one of both) await expect(one).rejects.toThrow(failure);
    expect(() => journal.append([note('b')])).toThrow(failure);
    await expect(journal.sync()).rejects.toThrow(failure);
    journal.close();
  });
});

describe('when the disk fails', () => {
  // What a run does: make the journal, append, and where an append fails, try once more before giving up.
  // Gives what was appended: a failed sync takes nothing back, it only says that the device may not have it.
  async function write(path: string, files: ReturnType<typeof faultyFiles>): Promise<readonly string[]> {
    const journal = newJournal(path, { now, files });
    const kept: string[] = [];
    try {
      for (const batch of [['a'], ['b', 'c'], ['d']]) {
        try {
          journal.append(batch.map(note));
        } catch (error) {
          if (!(error instanceof JournalWriteFailure)) throw error;
          if (!error.usable) {
            expect(() => journal.append([note('late')])).toThrow(error);
            return kept;
          }
          journal.append(batch.map(note));
        }
        kept.push(...batch);
        try {
          await journal.sync();
        } catch (error) {
          if (!(error instanceof JournalWriteFailure)) throw error;
          expect(error.usable).toBe(false);
          expect(() => journal.append([note('late')])).toThrow(error);
          return kept;
        }
      }
      return kept;
    } finally {
      journal.close();
    }
  }

  test.each(faults)(
    'with %s at each operation once, what was acknowledged is there, and nothing else',
    async (fault) => {
      let tried = 0;
      for (let failing = 1; ; failing += 1) {
        const path = join(temporaryFolder(), 'journal.ndjson');
        const files = faultyFiles(failing, fault);
        let kept: readonly string[];
        try {
          kept = await write(path, files);
        } catch (error) {
          expect(error).toMatchObject({ syscall: 'test' });
          continue;
        }
        expect(readJournal(path)).toMatchObject({ events: recorded(kept), state: { type: 'whole' } });
        if (files.count < failing) break;
        tried += 1;
      }
      expect(tried).toBeGreaterThanOrEqual(6);
    },
  );

  test.each(faults.filter((fault) => fault !== 'short'))(
    'with %s for good from each operation on, a torn end at most is left, and recovering gives what was acknowledged or a whole record more',
    async (fault) => {
      for (let failing = 1; ; failing += 1) {
        const path = join(temporaryFolder(), 'journal.ndjson');
        const files = faultyFiles(failing, fault, true);
        let kept: readonly string[];
        try {
          kept = await write(path, files);
        } catch (error) {
          expect(error).toMatchObject({ syscall: 'test' });
          continue;
        }
        const { events } = recoverJournal(path);
        const texts = ['a', 'b', 'c', 'd'];
        expect(events).toEqual(recorded(texts.slice(0, events.length)));
        expect(events.length).toBeGreaterThanOrEqual(kept.length);
        expect(readJournal(path).state).toEqual({ type: 'whole' });
        if (files.count < failing) break;
      }
    },
  );
});
