// Owns the benchmark of what a block's being a script costs: a file for each, the trap that names what failed, and
// traps that go from block to block; each against the same run without it.
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { trivialBlock, trivialBlocks } from './runbooks.mjs';
import { row } from './table.mjs';

const count = 1000;
const rounds = 15;
const bound = 1.05;

/** Blocks that begin with one which sets `trap`. */
const behind = (trap) =>
  trivialBlocks(count, (index) => (index === 0 ? `${trap}; ${trivialBlock(0)}` : trivialBlock(index)));

export async function measurePrices(workplace) {
  const files = await workplace.program('code-files-cost.ts');
  const write = (number) => ({
    command: process.execPath,
    args: [files, join(workplace.folder, 'code'), String(number)],
  });
  const taken = await compare(
    {
      plain: workplace.run('prices.md', trivialBlocks(count)),
      lax: workplace.run('prices-lax.md', `---\nerrexit: false\n---\n\n${trivialBlocks(count)}`),
      signal: workplace.run('prices-signal.md', behind("trap 'echo told' USR1")),
      end: workplace.run('prices-end.md', behind("trap 'echo bye' EXIT")),
      files: write(count),
      'no files': write(0),
    },
    rounds,
  );
  const plain = taken.plain.ms;
  const price = (name, value, of, floor) =>
    row({ name: `${count} blocks: ${name}`, value, of, floor, bound });
  return [
    price('a file for each', plain, plain - (taken.files.ms - taken['no files'].ms), 'without writing them'),
    price('a failing command is named', plain, taken.lax.ms, 'errexit: false'),
    price('a trap of a signal, carried', taken.signal.ms, plain, 'without'),
    price('a trap of the end, carried', taken.end.ms, plain, 'without'),
  ];
}
