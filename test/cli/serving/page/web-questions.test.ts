// Tests what the page of a run shows beside the question how an interrupted block ended.
import { expect, test } from 'vitest';
import { readRun } from '../../../../src/cli/history/read-run.ts';
import { webQuestions } from '../../../../src/cli/serving/page/web-questions.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { Rig } from '../../../e2e/rig.ts';

const page = `# Migrate

## Steps

\`\`\`sh {name=migrate}
for table in $(seq 30); do echo "table $table"; done
while ! test -e go; do sleep 0.1; done
\`\`\`
`;

test('the end of what it had printed', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  const run = rig.start(['run', 'page.md', '--yes', '--surface', 'plain', '--log', 'none']);
  await run.waitFor('table 30');
  const kept = async () =>
    (await rig.exec('grep', ['-rl', 'table 30', rig.stateFolder, '--include=*.out'])).stdout;
  await expect.poll(kept).not.toBe('');
  run.kill('SIGKILL');
  await run.ended;

  const store = new RunStore(rig.stateFolder);
  const [listed] = store.list();
  const read = listed && readRun(listed.folder);
  if (listed === undefined || read === undefined) throw new Error('there is no run');
  const person = { name: 'ada', roles: ['operator'], way: 'page' } as const;
  const [asked] = webQuestions({ store, run: listed, read, isLive: false, person });
  if (asked?.type !== 'question') throw new Error('nothing is asked');
  expect(asked.words).toContain('run-again');
  expect(asked.shown.slice(-2)).toEqual([
    { type: 'paragraph', text: 'The last that it had printed until it was cut off:' },
    { type: 'code', label: 'text', lines: Array.from({ length: 20 }, (_, index) => `table ${index + 11}`) },
  ]);
});
