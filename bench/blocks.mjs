// Owns the benchmark of what a block costs, against a bash for each block and against one bash for all of them. Ours
// carries state over, journals and syncs every event, and writes the results into the document.
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { trivialBlock, trivialBlocks } from './runbooks.mjs';
import { row } from './table.mjs';
import { root } from './workplace.mjs';

export async function measureBlocks(workplace) {
  const rows = [];
  for (const [count, rounds, bound, aim] of [
    [1, 11],
    [100, 7],
    [1000, 5, 1, 0.6],
  ]) {
    const codes = Array.from({ length: count }, (_, index) => trivialBlock(index));
    const file = workplace.write(`blocks-${count}.json`, JSON.stringify(codes));
    const script = workplace.write(`blocks-${count}.sh`, `${codes.join('\n')}\n`);
    const { ours, each, one } = await compare(
      {
        ours: workplace.run(`blocks-${count}.md`, trivialBlocks(count)),
        each: { command: process.execPath, args: [join(root, 'bench', 'spawn-each.mjs'), file] },
        one: { command: 'bash', args: [script] },
      },
      rounds,
    );
    const name = `${count} trivial block${count === 1 ? '' : 's'}`;
    rows.push(row({ name, value: ours.ms, of: each.ms, floor: 'Node, a bash for each', bound, aim }));
    rows.push(row({ name, value: ours.ms, of: one.ms, floor: 'one bash for all' }));
  }
  return rows;
}
