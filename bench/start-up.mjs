// Owns the benchmark of how soon the tool answers, against the start of Node itself.
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { realisticRunbook } from './runbooks.mjs';
import { row } from './table.mjs';
import { nothingKept, root, tool } from './workplace.mjs';

export async function measureStartUp(workplace) {
  const node = process.execPath;
  // What somebody has run of the listed pages would be looked up.
  const env = { RUNSHEET_STATE: join(workplace.folder, 'no-runs') };
  const book = workplace.write('print.md', realisticRunbook(20_000));
  const candidates = {
    node: { command: node, args: ['-e', '0'] },
    '--help': { command: node, args: [tool, '--help'] },
    'list DIR': { command: node, args: [tool, 'list', join(root, 'runbooks')], env },
    'list DIR for the first time': {
      ...{ command: node, args: [tool, 'list', join(root, 'runbooks')] },
      env: { ...env, XDG_CACHE_HOME: nothingKept },
    },
    'print FILE of 20 KB': { command: node, args: [tool, 'print', book] },
    'print FILE of 20 KB for the first time': {
      ...{ command: node, args: [tool, 'print', book], env: { XDG_CACHE_HOME: nothingKept } },
    },
  };
  const { node: floor, ...ours } = await compare(candidates, 21);
  const bounds = {
    '--help': [1.5, 1.3],
    'list DIR': [2.5, 2],
    'list DIR for the first time': [],
    'print FILE of 20 KB': [2.5, 2],
    'print FILE of 20 KB for the first time': [],
  };
  return Object.entries(ours).map(([name, { ms }]) => {
    const [bound, aim] = bounds[name];
    return row({ name: `start-up: ${name}`, value: ms, of: floor.ms, floor: 'node -e 0', bound, aim });
  });
}
