// Tests `show A B`, `handover` and lists of runs on narrow terminals, of real runs.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const runbook = `---
title: Drain a node and put it back into service afterwards, with all due care
inputs: { NODE: { default: one } }
---
# Drain

## Steps

### Look

\`\`\`sh {name=look}
echo "a line that is the same"
echo "drained $NODE"
\`\`\`

### Go

\`\`\`sh {name=go}
test "$NODE" = one
\`\`\`

#### Rollback

\`\`\`sh {name=undo}
true
\`\`\`

### Watch

Look at the graphs.
`;

it('compares two runs, and tells one who takes a run over what there is to know', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', runbook);
  expect((await rig.run(['run', 'drain.md', '--yes', '--log', 'none'])).exitCode).toBe(5);
  expect((await rig.run(['run', 'drain.md', '--yes', '--log', 'none', '--set', 'NODE=two'])).exitCode).toBe(
    1,
  );
  const [second, first] = (await runsOf(rig)).map(({ id }) => id);
  const compared = await rig.run(['show', String(first), String(second)]);
  expect([compared.exitCode, compared.stdout.split('\n').slice(2)]).toEqual([
    0,
    [
      '',
      'input NODE: `one` › `two`',
      '· `look` passed',
      '    output differs from line 2:',
      '    A  drained one',
      '    B  drained two',
      '· `go` passed › failed, exit 1',
      '1 other step without a difference',
      '',
    ],
  ]);
  const machine = JSON.parse((await rig.run(['show', String(first), String(second), '--json'])).stdout);
  expect(machine.items[0].output).toEqual({ line: 2, lines: ['drained one', 'drained two'] });
  expect(await rig.run(['show', String(first), 'nothing'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: there is no run `nothing`\n  = help: `runsheet runs` lists all of them\n',
  });
  expect(await rig.run(['show', String(first), String(second), '--follow'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: `--follow` shows one run as it goes on\n  = help: name one run\n',
  });

  const page = await rig.run(['handover']);
  expect(page.exitCode).toBe(0);
  expect(page.stdout.split('\n').slice(0, 3)).toEqual([
    '# Hand-over: Drain a node and put it back into service afterwards, with all due care',
    '',
    'The run is paused at `watch`: `watch` has to be done by a person; 2 of 3 steps done.',
  ]);
  expect(page.stdout).toContain(`- \`runsheet rollback ${first}\` runs \`undo\`\n`);
  expect((await rig.run(['handover', String(second), '--format', 'html'])).stdout).toMatch(
    /^<!doctype html>\n[\s\S]*<p>The run has ended; 1 of 3 steps done\.<\/p>/,
  );
});

it('keeps lists and tales of runs within 80 columns of a terminal', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', runbook);
  await rig.run(['run', 'drain.md', '--yes', '--log', 'none', '--set', 'NODE=two']);
  for (const args of [['runs'], ['show']]) {
    const terminal = rig.terminal(args, { cols: 80, rows: 24 });
    expect((await terminal.ended).exitCode).toBe(0);
    const screen = terminal.screen().join('\n');
    if (args[0] === 'runs') expect(screen).toMatch(/^\S+ {2}failed {2}\S+ {2}Drain a node and .*…$/m);
    else expect(screen).toMatch(/^\d\d:\d\d:\d\d {2}▶ run \S+ of `Drain a node .*\n {12}\S/m);
  }
});
