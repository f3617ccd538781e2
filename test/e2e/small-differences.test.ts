// Tests what several runs leave in a page, as its history in a repository shows it.
import { createTwoFilesPatch } from 'diff';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const runbook = `# Drain

## Preconditions

\`\`\`sh {name=gate}
test -d .
\`\`\`

## Steps

### Look

\`\`\`sh {name=look risk=read}
cat state
\`\`\`

### Go

\`\`\`sh {name=go}
test ! -e broken
\`\`\`

#### Rollback

\`\`\`sh {name=undo}
echo undone
\`\`\`

### Watch

Look at the graphs.
`;

/** Lines that are gone, and lines that are new, without what differs from run to run. */
function changes(before: string, after: string): string[] {
  const patch = createTwoFilesPatch('a', 'b', before, after, '', '', { context: 0 });
  return patch
    .split('\n')
    .slice(4)
    .filter((line) => /^[-+]/.test(line))
    .map((line) =>
      line
        .replace(/\d{8}-\d{6}-\w{4}/g, 'RUN')
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'THEN')
        .replace(/\b[\d.]+ m?s\b/g, 'TOOK')
        .replace(/`[0-9a-f]{12}`/, '`DIGEST`')
        .replace(/ at line \d+/, ' at line N')
        .replace(/code=[0-9a-f]{12}/, 'code=CODE')
        .replaceAll(/[\w-]+@[\w.-]+/g, 'WHO'),
    );
}

const row = (outcome: string) => `+| THEN | WHO | ${outcome} | TOOK |  | \`DIGEST\` | \`RUN\` |`;

it('is one line where a run brings nothing new, and what is new where it does', async () => {
  const rig = await Rig.create();
  await rig.write('runsheet.yaml', 'log: changes\n');
  await rig.write('drain.md', runbook);
  await rig.write('state', 'three\n');
  const run = async (...more: string[]) => {
    const before = await rig.file('drain.md');
    const { exitCode } = await rig.run(['run', 'drain.md', '--yes', ...more]);
    return [exitCode, changes(before, await rig.file('drain.md'))] as const;
  };
  expect((await run('--manual', 'skip'))[0]).toBe(0);
  expect(await run('--manual', 'skip')).toEqual([0, [row('✔ succeeded')]]);

  await rig.write('state', 'four\n');
  const [ended, changed] = await run('--manual', 'skip');
  // Two runs of one second can have taken the same time.
  expect([ended, changed.filter((line) => !/^[-+]> /.test(line))]).toEqual([
    0,
    [
      '-<!-- runsheet:result look run=RUN code=CODE -->',
      '+<!-- runsheet:result look run=RUN code=CODE -->',
      '-three',
      '+four',
      row('✔ succeeded'),
    ],
  ]);

  await rig.write('broken', '');
  const [code, rolledBack] = await run('--manual', 'skip', '--on-failure', 'rollback');
  expect([code, rolledBack.filter((line) => line.startsWith('+>'))]).toEqual([
    3,
    [
      '+> ✘ **failed** in TOOK · exit 1 at line N: `test ! -e broken` · THEN · WHO',
      '+>',
      '+> - decided: roll back · WHO, without asking · THEN',
      '+> ✔ **passed** in TOOK · exit 0 · THEN · WHO',
    ],
  ]);
  const again = await run('--manual', 'skip', '--on-failure', 'rollback');
  // What failed is that of the newest run, though it may have failed in the same second.
  expect(again[1].filter((line) => line.startsWith('+<!-- runsheet'))).toEqual([
    '+<!-- runsheet:result go run=RUN code=CODE -->',
  ]);
  for (const { id } of await runsOf(rig))
    expect([id, (await rig.run(['verify', id])).exitCode]).toEqual([id, 0]);
});

it('of a run that is paused is taken up, and its record stays whole', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', runbook);
  await rig.write('state', 'three\n');
  const args = ['run', 'drain.md', '--yes', '--log', 'changes'];
  expect((await rig.run(args)).exitCode).toBe(5);
  const first = await rig.file('drain.md');
  expect((await rig.run(args)).exitCode).toBe(5);
  const second = await rig.file('drain.md');
  expect(changes(first, second)).toEqual([row('◌ paused')]);
  const [newest] = await runsOf(rig);
  expect((await rig.run(['resume', newest?.id ?? '', '--yes', '--manual', 'skip'])).exitCode).toBe(0);
  for (const { id } of await runsOf(rig))
    expect([id, (await rig.run(['verify', id])).exitCode]).toEqual([id, 0]);
  expect((await rig.run(['clear', 'drain.md'])).exitCode).toBe(0);
  expect(await rig.file('drain.md')).toBe(runbook);
});
