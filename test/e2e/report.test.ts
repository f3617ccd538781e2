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
  const table = page.stdout.slice(0, page.stdout.indexOf('## Time'));
  const line = (pattern: RegExp) => page.stdout.split('\n').filter((one) => pattern.test(one));
  expect(table).toMatch(/\| steps \| 1 of 2 steps done and 1 skipped \|/);
  expect(line(/^\| operators /)).toEqual([expect.stringMatching(/ada@.*, grace@/)]);
  expect(line(/^\| inputs /)).toEqual(['| inputs | TARGET=web1, KEY=\\*\\*\\* |']);
  expect(line(/^\| steps \| Drain it /)).toEqual([
    expect.stringMatching(/^\| steps \| Drain it \| `drain` \| passed \| .+ \|.*\| 1 min \|$/),
  ]);
  expect(line(/resumed by grace/)).toHaveLength(2);
  const html = await rig.run(['report', 'drain.md', '--format', 'html']);
  expect(html.stdout).toMatch(
    /^<!doctype html>\n[\s\S]*<h1>Drain \| a node<\/h1>[\s\S]*<summary><code>drain<\/code> passed in /,
  );
  expect(`${page.stdout}${html.stdout}`).not.toContain('c4nary');
  expect((await rig.run(['report', 'nothing.md'])).exitCode).toBe(2);
});

it('writes reports when a run rests, and appends the summary of a job', async () => {
  const rig = await Rig.create();
  await rig.write(
    'break.md',
    '# Break\n\n## Steps\n\n```sh {name=break}\necho before\nls /nothing-here\n```\n',
  );
  await rig.write('summary.md', 'What stood there.\n');
  const asked = (format: string) => ['--report', format];
  const formats = ['junit=r.xml', 'markdown=r.md', 'html=r.html', 'step-summary'];
  const ran = await rig.run(['run', 'break.md', '--yes', '--log', 'none', ...formats.flatMap(asked)], {
    env: { GITHUB_STEP_SUMMARY: rig.path('summary.md') },
  });
  expect(ran.exitCode).toBe(1);
  const failed = '`break` of “Steps” failed: exit 2 at line 7: `ls /nothing-here`.';
  const markdown = await rig.file('r.md');
  expect(markdown.split('\n')).toContain(failed);
  expect(markdown).toBe((await rig.run(['report'])).stdout);
  expect(await rig.file('r.html')).toBe((await rig.run(['report', '--format', 'html'])).stdout);
  const summary = await rig.file('summary.md');
  expect(summary).toMatch(/^What stood there\.\n# ✘ Break failed\n/);
  expect(summary.split('\n')).toContain(failed);
  expect(await rig.file('r.xml')).toMatch(
    /<failure message="exit 2 at line 7: `ls \/nothing-here`">\$ ls \/nothing-here\nWhat it printed:\nbefore\nls: .*<\/failure>/,
  );
});

it('says what is wrong with the asking for a report', async () => {
  const rig = await Rig.create();
  await rig.write('a.md', '# A\n\n```sh\ntrue\n```\n');
  const messageOf = async (format: string) =>
    (await rig.run(['run', 'a.md', '--yes', '--report', format])).stderr;
  expect(await messageOf('htm=x')).toBe(
    'error: --report: there is no format `htm`; did you mean `html`? (formats: markdown, html, step-summary, junit)\n',
  );
  expect(await messageOf('html')).toBe('error: --report: expected html=FILE; got `html`\n');
  expect(await messageOf('step-summary')).toBe(
    'error: --report: `GITHUB_STEP_SUMMARY` is not set; expected step-summary=FILE\n',
  );
});
