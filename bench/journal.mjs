// Owns the benchmark of a long journal: reading, verifying and replaying 10,000 events against JSON-parsing the file.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { row } from './table.mjs';

export async function measureJournal(workplace) {
  const program = await workplace.program('journal-cost.ts');
  const file = join(workplace.folder, 'journal.ndjson');
  const startedAt = performance.now();
  execFileSync(process.execPath, [program, 'write', file, '10000']);
  const writeMs = performance.now() - startedAt;
  const of = (mode) => ({ command: process.execPath, args: [program, mode, file] });
  const { read, resume, parse } = await compare(
    { read: of('read'), resume: of('resume'), parse: of('parse') },
    11,
  );
  return [
    row({
      name: 'journal of 10,000 events: read, verified',
      value: read.ms,
      of: parse.ms,
      floor: 'Node, JSON.parse',
      bound: 3,
    }),
    row({
      name: 'journal of 10,000 events: resumed',
      value: resume.ms,
      of: parse.ms,
      floor: 'Node, JSON.parse',
      bound: 3,
    }),
    row({ name: 'journal: one event, synced', value: writeMs / 10_000 }),
  ];
}
