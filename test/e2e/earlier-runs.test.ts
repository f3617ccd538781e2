// Tests that a run tells what earlier runs of its page took, and how long going back takes.
import { expect, it } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = (drain: string): string => `# Drain

## Steps

### Drain it

\`\`\`sh {name=drain estimate=2m}
${drain}
\`\`\`

#### Rollback

\`\`\`sh {name=fill}
sleep 0.2
\`\`\`

### Break

\`\`\`sh {name=break}
test -e nothing
\`\`\`
`;

it('tells what the same code took in earlier runs of the page, and how long going back takes', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', page('echo drained'));
  await rig.write('other.md', page('echo drained'));
  const all = ['--yes', '--log', 'none', '--on-failure', 'rollback'];
  for (const name of ['drain.md', 'drain.md', 'other.md'])
    expect((await rig.run(['run', name, ...all])).exitCode).toBe(3);

  const guided = ['run', 'drain.md', '--log', 'none', '--surface'];
  const prompt = rig.terminal([...guided, 'prompt'], { cols: 100, rows: 40 });
  await prompt.waitFor('Run this block?');
  const took = /takes about 2 min · took \d+ ms, the median of 2 earlier runs · undone by `fill`/;
  expect(prompt.screen().join('\n')).toMatch(took);
  prompt.type(keys.enter);
  await prompt.waitFor(/Run this block[\s\S]*Run this block/);
  prompt.type(keys.enter);
  await prompt.waitFor(/going back from here takes about \d+ ms, as in earlier runs[\s\S]*What now\?/);
  prompt.type('p');
  expect((await prompt.ended).exitCode).toBe(5);
  const line = (text: string, pattern: RegExp) => text.split('\n').find((one) => pattern.test(one));
  const handover = await rig.run(['handover']);
  expect(line(handover.stdout, /going back/)).toMatch(
    /^- going back from here takes about \d+ ms, as in earlier runs$/,
  );
  const report = await rig.run(['report']);
  expect(line(report.stdout, /^\| Section/)).toMatch(/\| Estimated \| Earlier \(median\) \|$/);
  expect(line(report.stdout, /^\| steps \| Drain it/)).toMatch(/\| 2 min \| \d+ ms \|$/);

  const full = rig.terminal(['resume', '--surface', 'tui'], { cols: 80, rows: 24 });
  await full.waitFor(/Going back from here takes about \d+ ms, as in earlier runs\.[\s\S]*Enter do it/);
  full.type('b');
  await full.waitFor(/Rollback: 1 undo[\s\S]*Going back from here takes about \d+ ms, as in earlier runs\./);
  await ready(full, 'Rollback: 1 undo', 'p pause');
  full.type('p');
  expect((await full.ended).exitCode).toBe(5);

  // What another code took says nothing of this one.
  await rig.write('drain.md', page('echo otherwise'));
  const again = rig.terminal([...guided, 'prompt'], { cols: 100, rows: 40 });
  await again.waitFor('Run this block?');
  expect(again.screen().join('\n')).toContain('  sh · takes about 2 min · undone by `fill`');
  again.type('q');
  expect((await again.ended).exitCode).toBe(130);
});
