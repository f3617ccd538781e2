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
    [1000, 7, 1, 0.8],
  ]) {
    const codes = Array.from({ length: count }, (_, index) => trivialBlock(index));
    const file = workplace.write(`blocks-${count}.json`, JSON.stringify(codes));
    const script = workplace.write(`blocks-${count}.sh`, `${codes.join('\n')}\n`);
    const { ours, each, forked, one } = await compare(
      {
        ours: workplace.run(`blocks-${count}.md`, trivialBlocks(count)),
        each: { command: process.execPath, args: [join(root, 'bench', 'spawn-each.mjs'), file] },
        forked: {
          command: process.execPath,
          args: [join(root, 'bench', 'fork-each.mjs'), file, join(workplace.folder, 'forked.journal')],
        },
        one: { command: 'bash', args: [script] },
      },
      rounds,
    );
    const name = `${count} trivial block${count === 1 ? '' : 's'}`;
    rows.push(row({ name, value: ours.ms, of: each.ms, floor: 'Node, a bash for each', bound, aim }));
    rows.push(
      row({ name, value: ours.ms, of: forked.ms, floor: 'Node, one bash, a fork and a sync for each' }),
    );
    rows.push(row({ name, value: ours.ms, of: one.ms, floor: 'one bash for all' }));
  }
  return [...rows, ...(await measureLargeState(workplace))];
}

const largeStates = {
  '400 functions':
    'for ((i = 0; i < 400; i++)); do eval "f$i() { local a=\\$1; if [[ \\$a ]]; then echo \\$a; fi; }"; done',
  'a variable of 1 MB': "printf -v large '%01000000d' 0",
};

/** What each of 200 blocks pays for what the first one left behind: where they change nothing, and where they do. */
async function measureLargeState(workplace) {
  const rows = [];
  for (const [what, later] of [
    ['blocks', 'echo same'],
    ['blocks that change another', 'count=$((count + 1))'],
  ]) {
    const book = (first) => trivialBlocks(201, (index) => (index === 0 ? first : later));
    const candidates = { empty: workplace.run(`state-empty.md`, book(':')) };
    for (const [name, first] of Object.entries(largeStates))
      candidates[name] = workplace.run(`state-${name.replaceAll(' ', '-')}.md`, book(first));
    const measured = await compare(candidates, 7);
    for (const name of Object.keys(largeStates))
      rows.push(
        row({
          name: `200 ${what}, with ${name}`,
          value: measured[name].ms,
          of: measured.empty.ms,
          floor: 'with an empty state',
        }),
      );
  }
  return rows;
}
