import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import type { LogEntry } from '../../../src/runbook/regions/run-log.ts';
import { addToRunLog, logRow, parseRunLog, renderRunLog } from '../../../src/runbook/regions/run-log.ts';
import { anyCharacter } from '../../any-character.ts';

const entry: LogEntry = {
  run: runId('20261121-021322-k3f9'),
  at: '2026-11-21T02:13:22.000Z',
  by: { user: 'ada', host: 'bastion' },
  outcome: 'succeeded',
  durationMs: 63_000,
  inputs: { TARGET: 'staging', ODD: 'a|b `c`' },
  version: '3f2a91c0d4e5f60718',
};
const empty = { rows: [], remarks: [] };

describe('the run log', () => {
  test('is a table', () => {
    expect(renderRunLog(addToRunLog(empty, logRow(entry)))).toEqual([
      '## Run log',
      '',
      '| Started | By | Outcome | Duration | Inputs | Runbook | Run |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| 2026-11-21 02:13:22 UTC | ada@bastion | succeeded | 1 min 3 s | `TARGET=staging`, ODD=a&#124;b \\`c\\` | `3f2a91c0d4e5` | `20261121-021322-k3f9` |',
    ]);
  });

  test('is newest first, holds a run once, and keeps the last twenty', () => {
    let log: ReturnType<typeof parseRunLog> = empty;
    for (let day = 10; day < 35; day += 1) {
      log = addToRunLog(log, logRow({ ...entry, run: runId(`202611${day}-000000-aaaa`) }));
    }
    log = addToRunLog(log, logRow({ ...entry, run: runId('20261130-000000-aaaa'), outcome: 'failed' }));
    log = addToRunLog(log, logRow({ ...entry, run: runId('20261133-120000-aaaa') }));
    expect(log.rows.map((row) => row.run.slice(6, 11))).toEqual([
      '34-00',
      '33-12',
      '33-00',
      '32-00',
      '31-00',
      '30-00',
      '29-00',
      '28-00',
      '27-00',
      '26-00',
      '25-00',
      '24-00',
      '23-00',
      '22-00',
      '21-00',
      '20-00',
      '19-00',
      '18-00',
      '17-00',
      '16-00',
    ]);
    expect(log.rows[5]?.line).toContain('| failed |');
  });

  test('keeps former rows and remarks as they stand', () => {
    const lines = [
      '## Run log',
      '',
      '| Started | By | Outcome | Duration | Inputs | Runbook | Run |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| then | \\| who <b> | ok \\\\| strange |  | an older column | 20250101-000000-zzzz |',
      '',
      'Remark: the run of January was a rehearsal.',
    ];
    expect(renderRunLog(parseRunLog(lines))).toEqual(lines);
    expect(renderRunLog(addToRunLog(parseRunLog(lines), logRow(entry))).slice(4)).toEqual([
      logRow(entry).line,
      ...lines.slice(4),
    ]);
  });

  test('reads back whatever it wrote', () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 40 });
    const entries = fc.record({
      at: text,
      by: fc.record({ user: text, host: text }),
      outcome: text,
      inputs: fc.dictionary(text, text, { maxKeys: 3 }),
      version: text,
    });
    fc.assert(
      fc.property(entries, (fields) => {
        const log = addToRunLog(empty, logRow({ ...fields, run: entry.run }));
        expect(parseRunLog(renderRunLog(log))).toEqual(log);
      }),
    );
  });
});
