// Owns the benchmark against zx's Markdown mode, which is a tool of development here and never a dependency.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { oneBlock, trivialBlocks } from './runbooks.mjs';
import { row } from './table.mjs';
import { root } from './workplace.mjs';

const alone = (index) => `echo ${index}`;

export async function measurePeers(workplace) {
  const zx = join(root, 'node_modules', 'zx', 'build', 'cli.js');
  if (!existsSync(zx)) return [];
  const rows = [];
  for (const [name, text, rounds] of [
    ['one echo', oneBlock('echo hello'), 7],
    ['100 trivial blocks', trivialBlocks(100, alone), 5],
    ['1000 trivial blocks', trivialBlocks(1000, alone), 3],
  ]) {
    // zx runs a block labelled `bash` by bash, without state and without writing results.
    const file = workplace.write(`zx-${rounds}.md`, text.replaceAll('```sh', '```bash'));
    const { ours, peer } = await compare(
      {
        ours: workplace.run(`peer-${rounds}.md`, text),
        peer: { command: process.execPath, args: [zx, file], env: { FORCE_COLOR: '0' } },
      },
      rounds,
    );
    rows.push(row({ name: `peer: ${name}`, value: ours.ms, of: peer.ms, floor: 'zx FILE.md' }));
  }
  return rows;
}
