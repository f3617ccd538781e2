import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const document = [
  '# Health',
  '',
  '## Steps',
  '',
  '1. Look',
  '',
  '   ```sh {name=look expect=output}',
  "   printf 'pod-%s up\\nall healthy\\n' $((6 + 1))",
  '   ```',
  '',
  '   ```output',
  '   pod-[..] up',
  '   all unhealthy',
  '   ```',
  '',
  '2. Again',
  '',
  '   ```sh {name=again expect=output expect-number=<70}',
  '   echo 42',
  '   ```',
  '',
  '   ```output',
  '   41',
  '   ```',
  '',
].join('\n');
const updated = document.replace('all unhealthy', 'all healthy').replace('   41\n', '   42\n');

test('a failed expectation shows the difference, and the document tells of it', async () => {
  const rig = await Rig.create();
  await rig.write('health.md', document);
  const { exitCode, stderr } = await rig.run(['run', 'health.md', '--yes']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the output is not the one shown below the block\n');
  expect(stderr).toContain('   pod-7 up\n  -all unhealthy\n  +all healthy\n');
  expect(await rig.file('health.md')).toContain(
    '   What was expected (`-`) and what was printed (`+`):\n\n   ```diff\n    pod-7 up\n   -all unhealthy\n   +all healthy\n   ```\n',
  );
});

test('unattended, expected outputs are rewritten and nothing else is', async () => {
  const rig = await Rig.create();
  await rig.write('health.md', document);
  const args = ['run', 'health.md', '--yes', '--log', 'none', '--update-expected'];
  const first = await rig.run(args);
  expect(first.exitCode).toBe(0);
  expect(first.stderr).toContain(
    '\nlook: shown (-) and printed (+)\n   pod-7 up\n  -all unhealthy\n  +all healthy\n',
  );
  expect(first.stderr.endsWith('note: 2 expected outputs updated in health.md\n')).toBe(true);
  expect(await rig.file('health.md')).toBe(updated);

  const second = await rig.run(args);
  expect([second.exitCode, await rig.file('health.md')]).toEqual([0, updated]);
  expect(second.stderr.endsWith('note: every output is as shown; there is nothing to update\n')).toBe(true);
  expect((await rig.run(['run', 'health.md', '--yes', '--log', 'none'])).exitCode).toBe(0);
});

test('results of the same run stay in the document', async () => {
  const rig = await Rig.create();
  await rig.write('health.md', document);
  const { exitCode } = await rig.run(['run', 'health.md', '--yes', '--update-expected']);
  const text = await rig.file('health.md');
  expect([exitCode, text.match(/<!-- runsheet:result /g)?.length]).toEqual([0, 2]);
  await rig.run(['clear', 'health.md']);
  expect(await rig.file('health.md')).toBe(updated);
});

test('what else a block is expected to print still counts', async () => {
  const rig = await Rig.create();
  const failing = document.replace('<70', '<40');
  await rig.write('health.md', failing);
  const { exitCode } = await rig.run(['run', 'health.md', '--yes', '--log', 'none', '--update-expected']);
  expect([exitCode, await rig.file('health.md')]).toEqual([
    1,
    failing.replace('all unhealthy', 'all healthy'),
  ]);
});
