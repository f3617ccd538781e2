// Tests the action for code hosts: its steps, as its file says them, in a repository with a good, a bad and a doubtful page.
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Ended, Rig, repositoryRoot } from './rig.ts';

interface Step {
  readonly name: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const action = parse(readFileSync(join(repositoryRoot, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

const good = `# Restart the app

## Preconditions

\`\`\`sh {name=is-up}
echo up
\`\`\`

## Steps

\`\`\`sh {name=restart}
systemctl restart app
\`\`\`

## Rollback

\`\`\`sh {name=back}
systemctl stop app
\`\`\`

## Validation

\`\`\`sh {name=runs}
echo fine
\`\`\`
`;
const bad =
  '# Bad\n\n## Steps\n\n```sh {name=one timout=3s}\ntrue\n```\n\n## Validation\n\n```sh\ntrue\n```\n\n## Rollback\n\nNone.\n';
const doubtful =
  '# Doubtful\n\n## Steps\n\nFor example:\n\n```sh {name=example}\ntouch x\n```\n\n## Validation\n\n```sh\ntrue\n```\n\n## Rollback\n\nNone.\n';
const tests = `cases:
  - name: restarts it
    stubs: { systemctl: {} }
    expect: { outcome: succeeded, calls: [systemctl restart app] }
`;

/** The steps that are shell, in their order, with the inputs as they are given. */
async function runAction(rig: Rig, given: Readonly<Record<string, string>>) {
  const inputs = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: text }]) => [name, text])),
    ...given,
  };
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
      const value = (inputs as Record<string, string>)[name];
      expect(value, `an input \`${name}\``).toBeDefined();
      return value ?? '';
    });
  const files = { GITHUB_OUTPUT: rig.path('output'), GITHUB_STEP_SUMMARY: rig.path('summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const ended: Record<string, Ended> = {};
  for (const { name, run, env = {} } of action.runs.steps) {
    if (run === undefined) continue;
    const own = Object.fromEntries(Object.entries(env).map(([key, text]) => [key, fill(text)]));
    ended[name] = await rig.exec('bash', ['-e', '-c', run], {
      cwd: 'repo',
      env: { ...files, RUNNER_TEMP: rig.path(''), GITHUB_ACTION_PATH: repositoryRoot, ...own },
    });
  }
  return { ended, output: await rig.file('output'), summary: await rig.file('summary') };
}

/** Without what differs from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/\/\S*\/repo\//g, 'REPO/')
    .replaceAll(/\b\d{8}-\d{6}-[a-z0-9]{4}\b/g, 'RUN')
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\b/g, 'WHEN')
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'TIME')
    .replaceAll(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, 'SPAN')
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, 'DIGEST')
    .replaceAll(`${userInfo().username}@${hostname()}`, 'USER@HOST');

it('tells of each page beside its lines, tests and rehearses, and fails for what is wrong', async () => {
  const rig = await Rig.create();
  await rig.write('repo/runbooks/good.md', good);
  await rig.write('repo/runbooks/good.test.yaml', tests);
  await rig.write('repo/runbooks/bad.md', bad);
  await rig.write('repo/runbooks/doubtful.md', doubtful);
  const { ended, output, summary } = await runAction(rig, { path: 'runbooks' });
  expect(Object.fromEntries(Object.entries(ended).map(([name, { exitCode }]) => [name, exitCode]))).toEqual({
    'Build runsheet': 0,
    Check: 2,
    Test: 0,
    Rehearse: 1,
  });
  const annotations = ended.Check?.stdout.split('\n').filter((line) => line.startsWith('::')) ?? [];
  expect(annotations).toMatchInlineSnapshot(`
    [
      "::notice file=runbooks/bad.md,title=runsheet%3A missing-parts::nothing says what it is for%0Aadd a sentence below the title, or \`description:\`",
      "::error file=runbooks/bad.md,line=5,endLine=5,col=17,endColumn=23,title=runsheet%3A unknown-attribute::\`timout\` is not an attribute of a code block%0Adid you mean \`timeout\`?",
      "::notice file=runbooks/doubtful.md,title=runsheet%3A missing-parts::nothing says what it is for or what must hold before it begins%0Aadd a sentence below the title, or \`description:\` and a section \`Preconditions\`",
      "::warning file=runbooks/doubtful.md,line=7,endLine=7,col=1,endColumn=21,title=runsheet%3A doubt/condition::the words before it say that it is an example, or run only sometimes%0Awrite the condition as \`when="…"\`, or say \`run\` if it is always run and \`run=false\` if it never is",
      "::notice file=runbooks/good.md,title=runsheet%3A missing-parts::nothing says what it is for%0Aadd a sentence below the title, or \`description:\`",
    ]
  `);
  expect(output).toBe(`sarif=runsheet.sarif\njunit=${rig.path('')}/runsheet-tests.xml\n`.replace('//', '/'));
  const sarif = JSON.parse(await rig.file('repo/runsheet.sarif'));
  expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
    expect.arrayContaining(['unknown-attribute', 'doubt/condition']),
  );
  expect(await rig.file('runsheet-tests.xml')).toContain('tests="1" failures="0"');
  expect(steady(summary)).toMatchInlineSnapshot(`
    "## Runbooks checked

    \`\`\`text
    3 runbooks checked: 1 error, 1 warning, 3 hints
    \`\`\`
    ## Tests of runbooks

    \`\`\`text
    runbooks/good.md
      ✔ restarts it SPAN

    1 case: 1 passed
    \`\`\`
    # ✔ Doubtful was rehearsed

    |  |  |
    | --- | --- |
    | run | RUN |
    | outcome | was rehearsed |
    | why | rehearsed: 0 looked at, 2 left out |
    | steps | 0 of 2 steps done and 2 skipped |
    | operators | USER@HOST |
    | started | WHEN |
    | ended | WHEN |
    | took | SPAN |
    | runbook | REPO/runbooks/doubtful.md |
    | digest | DIGEST |

    | Section | Step | Part | Result | Took | Waited | Estimated |
    | --- | --- | --- | --- | ---: | ---: | ---: |
    | steps | Steps | \`example\` | skipped: this is a rehearsal |  |  |  |
    | validation | Validation | \`validation\` | skipped: this is a rehearsal |  |  |  |
    # ✔ Restart the app was rehearsed

    |  |  |
    | --- | --- |
    | run | RUN |
    | outcome | was rehearsed |
    | why | rehearsed: 1 looked at, 2 left out |
    | steps | 1 of 3 steps done and 2 skipped |
    | operators | USER@HOST |
    | started | WHEN |
    | ended | WHEN |
    | took | SPAN |
    | runbook | REPO/runbooks/good.md |
    | digest | DIGEST |

    | Section | Step | Part | Result | Took | Waited | Estimated |
    | --- | --- | --- | --- | ---: | ---: | ---: |
    | preconditions | Preconditions | \`is-up\` | passed | SPAN |  |  |
    | steps | Steps | \`restart\` | skipped: this is a rehearsal |  |  |  |
    | validation | Validation | \`runs\` | skipped: this is a rehearsal |  |  |  |
    "
  `);
  expect(ended.Rehearse?.stdout).toContain(
    '::error file=runbooks/bad.md::the rehearsal ended with exit code 2\n',
  );
  expect(ended.Rehearse?.stdout).not.toContain('::error file=runbooks/good.md');
});

it('passes where all is well, and says that there are no tests', async () => {
  const rig = await Rig.create();
  await rig.write('repo/good.md', good);
  const { ended, output } = await runAction(rig, { sarif: '' });
  expect(Object.values(ended).map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  expect(ended.Test?.stdout).toBe('no tests of runbooks here\n');
  expect(output).toBe('');
});

it('fails for a warning where that is wanted', async () => {
  const rig = await Rig.create();
  await rig.write('repo/doubtful.md', doubtful);
  const [lax, strict] = [
    await runAction(rig, { sarif: '' }),
    await runAction(rig, { sarif: '', strict: 'true' }),
  ];
  expect([lax.ended.Check?.exitCode, strict.ended.Check?.exitCode]).toEqual([0, 2]);
});

it('is described as it is: each input in the page, with its default', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/ci.md'), 'utf8');
  const rows = Object.entries(action.inputs).map(
    ([name, { description, default: text }]) => `| \`${name}\` | ${description} | ${text && `\`${text}\``} |`,
  );
  expect(page).toContain(`|---|---|---|\n${rows.join('\n')}\n`);
});

it('has examples and hooks that can be read', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/ci.md'), 'utf8');
  const [github, gitlab, nightly, gitlabNightly, hooks] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, text = '']) => parse(text),
  );
  const step = github.jobs.runbooks.steps.at(-1);
  expect(Object.keys(step.with).filter((name) => !(name in action.inputs))).toEqual([]);
  expect(Object.keys(nightly.jobs)).toHaveLength(1);
  expect(Object.keys(gitlab.runbooks.artifacts.reports)).toEqual(['codequality', 'junit']);
  // What fails is what the report is for, and GitLab keeps nothing of a job that fails unless it is told to.
  expect([gitlab.runbooks.artifacts.when, gitlabNightly.rot.cache.when, gitlabNightly.rot.artifacts]).toEqual(
    ['always', 'always', { when: 'always', paths: ['rot.md'] }],
  );
  expect(gitlabNightly.rot.script.slice(1).join('\n')).toContain(' > rot.md || failed=1\nexit ${failed:-0}');
  const known = parse(readFileSync(join(repositoryRoot, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string;
  }[];
  expect(hooks.repos[0].hooks.map(({ id }: { id: string }) => id)).toEqual(known.map(({ id }) => id));
});

it('takes every line of a list that is written in several', async () => {
  const rig = await Rig.create();
  await rig.write('repo/first/good.md', good);
  await rig.write('repo/second/good.md', good);
  await rig.write('repo/second/good.test.yaml', tests);
  await rig.write('repo/third/bad.md', bad);
  const { ended, summary } = await runAction(rig, {
    path: 'first second\nthird\n',
    'test-options': '--filter\nnowhere\n',
    rehearse: 'true',
  });
  expect(Object.fromEntries(Object.entries(ended).map(([name, { exitCode }]) => [name, exitCode]))).toEqual({
    'Build runsheet': 0,
    Check: 2,
    Test: 2,
    Rehearse: 1,
  });
  expect(summary).toContain('\n3 runbooks checked: 1 error, 0 warnings, 3 hints\n');
  expect(ended.Test?.stdout).toBe('error: no case has `nowhere` in its name\n');
  expect(ended.Rehearse?.stdout.match(/^::group::.*$/gm)).toEqual([
    '::group::first/good.md',
    '::group::second/good.md',
    '::group::third/bad.md',
  ]);
});
