// Tests the report of a real run, as a page for those who were not there.
import { expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';

const runbook = `---
inputs:
  TARGET: { default: web1 }
  KEY: { secret: { file: key } }
---
# Drain | a node

## Steps

### Drain it

\`\`\`sh {name=drain estimate=1m}
echo "$TARGET"
\`\`\`

### Watch

Look at the graphs.
`;

it('tells a run over all its operators, without its secrets', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', runbook);
  await rig.write('key', 'c4nary-of-the-report\n');
  const ran = await rig.run(['run', 'drain.md', '--yes'], { env: namedUser('ada') });
  expect(ran.exitCode).toBe(5);
  const resumed = ['resume', '--yes', '--manual', 'skip'];
  expect((await rig.run(resumed, { env: namedUser('grace') })).exitCode).toBe(0);

  const page = await rig.run(['report']);
  expect(page.exitCode).toBe(0);
  expect(page.stdout).toMatch(/^# Drain \\\| a node\n/);
  const line = (pattern: RegExp) => page.stdout.split('\n').filter((one) => pattern.test(one));
  expect(line(/^\| operators /)).toEqual([expect.stringMatching(/ada@.*, grace@/)]);
  expect(line(/^\| inputs /)).toEqual(['| inputs | TARGET=web1, KEY=\\*\\*\\* |']);
  expect(line(/^\| steps \| Drain it /)).toEqual([
    expect.stringMatching(/^\| steps \| Drain it \| drain \| passed \| .+ \| 1 min \|$/),
  ]);
  expect(line(/resumed by grace/)).toHaveLength(2);
  const html = await rig.run(['report', 'drain.md', '--format', 'html']);
  expect(html.stdout).toMatch(
    /^<!doctype html>\n[\s\S]*<h1>Drain \| a node<\/h1>[\s\S]*<td><code>drain<\/code> passed/,
  );
  expect(`${page.stdout}${html.stdout}`).not.toContain('c4nary');
  expect((await rig.run(['report', 'nothing.md'])).exitCode).toBe(2);
});
