// Tests runs that may only look by themselves, and answers of people whom a server knows.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { address, runId } from '../../src/basics/address.ts';
import { giveToRun } from '../../src/cli/telling/give-to-run.ts';
import { readJournal } from '../../src/engine/journal/read-journal.ts';
import { type RunFolder, runFolder } from '../../src/engine/journal/run-folder.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';
import { requestDigest } from '../../src/run/approvals/request-digest.ts';
import { evolve, initialState } from '../../src/run/evolve.ts';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const page = `# Pool

## Diagnosis

\`\`\`sh {name=look}
echo 98 of 100
\`\`\`

## Steps

\`\`\`sh {name=end}
echo ended >> log
\`\`\`

\`\`\`sh {name=wipe risk=destructive}
echo wiped >> log
\`\`\`
`;
const start = ['run', 'page.md', '--yes', '--no-wait', '--log', 'none', '--may', 'read'];

it('rests before the first change, and goes on once a person of the page has approved', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  const first = await rig.run([...start, '--allow-destructive', '--served-by', 'https://ops.example']);
  expect([first.exitCode, first.stderr.match(/waits.*/)?.[0]]).toEqual([
    5,
    'waits for 1 approval of this and all that follows',
  ]);
  const [run] = await runsOf(rig);
  const folder = runFolder(join(rig.stateFolder, 'runs'), runId(run?.id ?? ''));
  const of = digestAsked(folder, 'end');
  const store = new RunStore(rig.stateFolder);
  const found = store.find(run?.id ?? '');
  const given = found.ok
    ? await giveToRun(store, found.value, {
        type: 'GiveApproval',
        address: 'end',
        of,
        host: hostname(),
        onBehalf: { person: 'ann', way: 'link' },
      })
    : undefined;
  expect(given).toBe('taken');
  const resumed = await rig.run(['resume', 'page.md', '--yes', '--no-wait']);
  expect([resumed.exitCode, await rig.file('log')]).toEqual([0, 'ended\nwiped\n']);
  expect((await rig.run(['show', 'page.md'])).stdout).toContain('approved by ann (link)');
  expect(await rig.run(['verify', 'page.md'])).toMatchObject({ exitCode: 0 });
});

/** The digest by which an answer to the request at that item names it. */
function digestAsked(folder: RunFolder, item: string): string {
  const plan = JSON.parse(readFileSync(folder.plan, 'utf8'));
  const state = readJournal(folder.journal).events.reduce(evolve, initialState(plan));
  const index = state.indexOf.get(address(item)) ?? -1;
  const [asked, gate] = [state.plan.items[index], state.items[index]?.approval];
  return (asked && gate && requestDigest(state, asked, gate)) ?? '';
}

it('is lifted by who takes it up, and says what cannot be asked', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  expect(await rig.run([...start, '--asks', '0'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: `--asks 0`: expected a number of people from 1 on, or the name of a group\n',
  });
  expect(await rig.run(['run', 'page.md', '--yes', '--asks', 'dba'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: `--asks` says who approves of what `--may read` holds back\n  = help: give both\n',
  });
  expect(await rig.run([...start, '--asks', 'dba'])).toMatchObject({ exitCode: 5 });
  expect(await rig.run(['resume', 'page.md', '--yes', '--no-wait'])).toMatchObject({ exitCode: 5 });
  const lifted = await rig.run(['resume', 'page.md', '--yes', '--may', 'change', '--allow-destructive']);
  expect([lifted.exitCode, await rig.file('log')]).toEqual([0, 'ended\nwiped\n']);
});
