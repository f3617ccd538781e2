// Owns the benchmark of long runbooks: parsing and writing back at 1, 2 and 5 MB, against bare remark-parse.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { realisticRunbook } from './runbooks.mjs';
import { row } from './table.mjs';

const megabyte = 1_000_000;
/** remark-parse is stopped after this long; its time is then this or more. */
const capMs = 120_000;

export async function measureDocuments(workplace) {
  const program = await workplace.program('document-cost.ts');
  const rows = [];
  const perMegabyte = [];
  for (const [megabytes, rounds, bound] of [
    [1, 3],
    [2, 3],
    [5, 3, 3000],
  ]) {
    const file = workplace.write(`large-${megabytes}.md`, realisticRunbook(megabytes * megabyte));
    const call = async (mode, times) => {
      const said = join(workplace.folder, 'said.json');
      const { it } = await compare(
        { it: { command: process.execPath, args: [program, mode, file], stdoutTo: said, capMs } },
        times,
        { warmUp: false },
      );
      return { ...it, ...(it.capped ? { parseMs: capMs } : JSON.parse(readFileSync(said, 'utf8'))) };
    };
    const ours = await call('runsheet', rounds);
    const remark = await call('remark', 1);
    const name = `${megabytes} MB runbook`;
    const note = remark.capped
      ? 'remark-parse did not come to an end'
      : `${Math.round(ours.peakMb)} MB of memory`;
    rows.push(
      row({ name: `${name}: parse`, value: ours.parseMs, of: remark.parseMs, floor: 'remark-parse', note }),
    );
    if (bound) rows.push(row({ name: `${name}: parse, in all`, value: ours.parseMs, bound }));
    rows.push(row({ name: `${name}: place ${ours.results} results`, value: ours.writeMs }));
    perMegabyte.push((ours.parseMs + ours.writeMs) / megabytes);
  }
  const [first, , last] = perMegabyte;
  rows.push(
    row({ name: 'a MB of 5, against a MB alone', value: last, of: first, floor: '1 MB', bound: 1.5 }),
  );
  return rows;
}
