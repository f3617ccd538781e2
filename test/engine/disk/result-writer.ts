// Owns writing results into a document as fast as it goes: path, state folder, whose blocks, how many rounds.
import { address, runId } from '../../../src/basics/address.ts';
import { DocumentWriter } from '../../../src/engine/disk/document-writer.ts';
import { readRunbookFile } from '../../../src/engine/disk/read-runbook-file.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

const [path = '', state = '', who = '', rounds = '0'] = process.argv.slice(2);
const read = readRunbookFile(path);
if (!read.ok) throw new Error(read.error.message);
const run = runId(`20261121-021322-${who}`);
const writer = new DocumentWriter({
  mode: 'document',
  run,
  others: 'mark',
  file: read.value,
  runbook: parseRunbook(decodeSource(path, read.value.bytes).source).runbook,
  copyPath: `${path}.copy`,
  loosePath: `${state}/loose-${who}.md`,
  lockFolder: state,
  onNotice: () => {},
});
const at = '2026-11-21T02:13:22.000Z';
const by = { user: who, host: 'bastion' };
for (let round = 0; round < Number(rounds); round += 1) {
  const name = address(`${who}-${round % 10}`);
  const head = new TextEncoder().encode(`round ${round}\n`);
  const output = { head, totalBytes: head.length, totalLines: 1 };
  writer.update(name, () => ({ address: name, status: 'passed', at, by, output }));
  writer.setLogEntry({ run, at, by, outcome: 'open', inputs: {}, version: 'v' });
  const { problem, unplaced } = await writer.flush();
  if (problem !== undefined || unplaced.length > 0) throw new Error(problem?.message ?? `${unplaced}`);
  if (round === 3) process.stdout.write('ready');
}
