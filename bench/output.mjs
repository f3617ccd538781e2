// Owns the benchmark of much output: 100 MB in one piece, and 200,000 short lines.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { oneBlock } from './runbooks.mjs';
import { row } from './table.mjs';
import { root } from './workplace.mjs';

const bulkBytes = 100_000_000;
const lineLoop = 'for ((i = 0; i < 200000; i++)); do printf "line %d\\n" "$i"; done';

export async function measureOutput(workplace) {
  const bulk = join(workplace.folder, 'bulk.txt');
  writeFileSync(bulk, `${'0123456789abcdef'.repeat(6)}abc\n`.repeat(bulkBytes / 100));
  const through = join(workplace.folder, 'through.txt');
  const floor = {
    command: process.execPath,
    args: [join(root, 'bench', 'pipe-through.mjs'), through, 'cat', bulk],
  };
  const run = workplace.run('bulk.md', oneBlock(`cat ${bulk}`));
  const { ours, cat } = await compare({ ours: run, cat: floor }, 5);
  const stored = largestFile(run.state);

  const script = workplace.write('lines.sh', `${lineLoop}\n`);
  const lines = await compare(
    {
      ours: workplace.run('lines.md', oneBlock(lineLoop)),
      bash: { command: 'bash', args: [script], stdoutTo: join(workplace.folder, 'lines.txt') },
    },
    5,
  );
  return [
    row({ name: '100 MB of output', value: ours.ms, of: cat.ms, floor: 'cat through Node', bound: 2.5 }),
    row({ name: '100 MB: peak memory', value: ours.peakMb, of: undefined, unit: 'MB', bound: 150 }),
    row({ name: '100 MB: not stored', value: (bulkBytes - stored) / 1e6, unit: 'MB', bound: 0 }),
    row({
      name: '200,000 lines',
      value: lines.ours.ms,
      of: lines.bash.ms,
      floor: 'bash to a file',
      bound: 1.5,
    }),
  ];
}

/** Size of the largest file below `folder`. */
function largestFile(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).size));
}
