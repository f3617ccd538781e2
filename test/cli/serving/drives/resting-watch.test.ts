// Tests that a server tells what comes due in runs that rest, whoever has started them, and once.
import { expect, it } from 'vitest';
import { RestingWatch } from '../../../../src/cli/serving/drives/resting-watch.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { Rig } from '../../../e2e/rig.ts';

const page = (gate: string): string => `---
approvals: { dba: { people: [ann, bob]${gate} } }
notify: [{ on: [approval-timeout, denied], to: ops }]
escalation:
  - { after: approval, delay: 10m, notify: ops }
  - { after: 1h, notify: ops }
---

# Free the pool

Ends sessions.

## Steps

\`\`\`sh {name=end approve=dba}
echo ended >> log
\`\`\`
`;

const minutes = (count: number): number => count * 60_000;

/** A run that rests at its gate, and what its channel is told by looks so many minutes later. */
async function resting(gate: string, ...more: readonly string[]) {
  const rig = await Rig.create();
  const told = await rig.write('told', '');
  await rig.write(
    'runsheet.yaml',
    `channels:\n  ops: { command: [sh, -c, "cat >> ${told}; echo >> ${told}"] }\n`,
  );
  await rig.write('pool.md', page(gate));
  expect(await rig.run(['run', 'pool.md', '--yes', '--no-wait', ...more])).toMatchObject({ exitCode: 5 });
  const watch = new RestingWatch(new RunStore(rig.stateFolder), () => {});
  const start = Date.now();
  const look = async (later: number): Promise<readonly string[]> => {
    await watch.look(start + minutes(later));
    const lines = (await rig.file('told'))
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line).about);
  };
  return { rig, look };
}

it('has the time of a gate be over where nobody works on the run', async () => {
  const { rig, look } = await resting(', timeout: 5m');
  expect([await look(4), await look(6), await look(7)]).toEqual([
    [],
    ['approval timeout of end'],
    ['approval timeout of end'],
  ]);
  expect((await rig.run(['show'])).stdout).toContain('nobody answered for `end` in time: denied');
  expect((await rig.run(['verify'])).exitCode).toBe(0);
  // What follows is for who takes it up.
  expect((await rig.run(['resume', '--yes'])).exitCode).toBe(1);
});

it('waits on for a run that a server has started, and tells who is next when nobody has answered', async () => {
  const { rig, look } = await resting('', '--served-by', 'http://127.0.0.1');
  expect(await look(9)).toEqual([]);
  expect(await look(11)).toEqual(['approval of end after 10m']);
  expect(await look(61)).toEqual(['approval of end after 10m', 'after 1h']);
  expect(await look(62)).toEqual(['approval of end after 10m', 'after 1h']);
  expect((await rig.run(['runs'])).stdout).toContain('paused');
});

it('tells nobody of what came due long ago', async () => {
  const { look } = await resting('', '--served-by', 'http://127.0.0.1');
  expect(await look(60 * 26)).toEqual([]);
});

it('tells a run of a terminal of the time alone: the rest was told as it came to rest', async () => {
  const { rig, look } = await resting('');
  expect(await look(61)).toEqual(['after 1h']);
  expect((await rig.run(['show'])).stdout).toContain('the run paused or ended before 10m were over');
});
