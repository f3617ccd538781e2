// Owns replacing a file without end, to be killed at it; says `ready` when it is well under way.
import { readRunbookFile } from '../../../src/engine/disk/read-runbook-file.ts';
import { replaceFile } from '../../../src/engine/disk/replace-file.ts';

const path = process.argv[2] ?? '';
for (let round = 0; ; round += 1) {
  const read = readRunbookFile(path);
  if (!read.ok) throw new Error(read.error.message);
  const text = String(round % 10).repeat(3_000_000);
  await replaceFile(path, new TextEncoder().encode(text), read.value.identity);
  if (round === 3) process.stdout.write('ready');
}
