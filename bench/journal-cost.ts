// A program of the benchmark: `write FILE N` makes a journal of N events; `read FILE` reads and verifies it; `parse FILE`
// only reads the file and JSON-parses each line.
import { readFileSync } from 'node:fs';
import { address } from '../src/basics/ids.ts';
import { createJournal } from '../src/engine/journal/journal-file.ts';
import { readJournal } from '../src/engine/journal/read-journal.ts';
import type { RunEvent } from '../src/run/event.ts';

const [, , mode, file = '', count = '0'] = process.argv;

const passed = (index: number): RunEvent => ({
  type: 'BlockPassed',
  address: address(`drain-node-${index}`),
  attempt: 1,
  result: {
    exitCode: 0,
    durationMs: 12.5,
    output: { file: `outputs/drain-node-${index}.log`, stdoutBytes: 120, stderrBytes: 0, lines: 4 },
    captured: { NODE: 'worker-3' },
    warnings: [],
  },
});

if (mode === 'write') {
  const journal = createJournal(file, { now: () => new Date() });
  for (let index = 0; index < Number(count); index += 1) journal.append([passed(index)]);
  journal.close();
} else if (mode === 'read') {
  const { events, state } = readJournal(file);
  console.log(events.length, state.type);
} else {
  console.log(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)).length,
  );
}
