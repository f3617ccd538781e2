// A program for a test: takes up the journal named by its argument and appends to it until it is killed; says each
// event's number on stdout once `append` has returned, and the number it went on from first.
import { existsSync, writeSync } from 'node:fs';
import { continueJournal } from '../../../src/engine/journal/continue-journal.ts';
import { recoverJournal } from '../../../src/engine/journal/recover-journal.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { newJournal } from './new-journal.ts';

const path = process.argv[2] ?? '';
const options = { now: () => new Date() };
const recovered = existsSync(path) ? recoverJournal(path) : undefined;
const journal = recovered ? continueJournal(path, recovered.end, options) : newJournal(path, options);
writeSync(1, `${recovered?.end.seq ?? 0}\n`);

for (let count = 0; ; count += 1) {
  const note = (text: string): RunEvent => ({ type: 'NoteAdded', text, by: { user: 'u', host: 'h' } });
  const batch = count % 3 === 0 ? [note('x'.repeat(9000)), note('y')] : [note('z')];
  for (const { seq } of journal.append(batch)) writeSync(1, `${seq}\n`);
}
