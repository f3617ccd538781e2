import { describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';

const restart = `---
outputs: [POD, COUNT, NEVER]
---
# Restart

## Steps

### Find

\`\`\`sh {name=find capture=POD when="test -e there"}
echo pod-7
\`\`\`

\`\`\`sh {name=count}
echo "COUNT=3" >> "$RUNSHEET_OUTPUT"
\`\`\`

### Delete

\`\`\`sh {name=delete}
echo "deleting $POD, \${POD:-none}" | tee -a said
\`\`\`

\`\`\`python {name=report}
import os
print(os.environ["POD"], os.environ["COUNT"])
\`\`\`
`;

describe('what a step hands on', () => {
  test('is there for later blocks, and told at the end and by show', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    await rig.write('there', '');
    const run = await rig.run(['run', 'restart.md', '--yes']);
    expect(run.exitCode).toBe(0);
    expect(run.stderr.split('\n').slice(-4)).toEqual(['  POD=pod-7', '  COUNT=3', '  NEVER was not set', '']);
    const shown = await rig.run(['show']);
    expect(shown.stdout.split('\n').slice(-3)).toEqual(['  POD=pod-7', '  COUNT=3', '']);
    const machine = await rig.run(['run', 'restart.md', '--yes', '--surface', 'ndjson', '--log', 'none']);
    expect(JSON.parse(machine.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'run-ended',
      outputs: { POD: 'pod-7', COUNT: '3' },
    });
  });

  test('is not run without, so that there is nothing to undo of a block that was refused', async () => {
    const rig = await Rig.create();
    const step = (name: string, block: string) =>
      `### ${name}\n\n${block}\n#### Rollback\n\n\`\`\`sh {name=undo-${name}}\necho undo-${name} >> log\n\`\`\`\n\n`;
    await rig.write(
      'undo.md',
      `# Undo\n\n## Steps\n\n${step('find', '```sh {capture=POD when=false}\necho pod-7\n```\n')}` +
        `${step('mark', '```sh\necho marked >> log\n```\n')}${step('delete', '```sh\necho "$POD" >> log\n```\n')}`,
    );
    expect((await rig.run(['run', 'undo.md', '--yes', '--on-failure', 'rollback'])).exitCode).toBe(3);
    expect(await rig.file('log')).toBe('marked\nundo-mark\n');
  });

  test('is not run without: the step that was skipped is named', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    const run = await rig.run(['run', 'restart.md', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(
      /`delete` failed in .*: .*`\$POD` is not set: `find` sets it, and was skipped\n/,
    );
    expect((await rig.exec('ls', [rig.path()])).stdout).toBe('restart.md\n');
    expect(
      await rig.run(['run', 'restart.md', '--yes', '--log', 'none'], { env: { POD: 'mine' } }),
    ).toMatchObject({
      exitCode: 0,
    });
    expect(await rig.file('said')).toBe('deleting mine, mine\n');
  });

  test('is refused before the run where the step is not chosen', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    const run = await rig.run(['run', 'restart.md', '--yes', '--step', 'report']);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: `error[unset-output]: \`report\` needs \`$POD\`, which only \`find\` sets; that is not part of this run
  --> restart.md:24:1
   |
24 | \`\`\`python {name=report}
   | ^^^^^^^^^^^^^^^^^^^^^^^
   = help: choose \`find\` as well, or set it in the environment: POD=…
error[unset-output]: \`report\` needs \`$COUNT\`, which only \`count\` sets; that is not part of this run
  --> restart.md:24:1
   |
24 | \`\`\`python {name=report}
   | ^^^^^^^^^^^^^^^^^^^^^^^
   = help: choose \`count\` as well, or set it in the environment: COUNT=…
`,
    });
  });

  test('reaches the runbook that links to it, and undo blocks are not run without it', async () => {
    const rig = await Rig.create();
    await rig.write(
      'child.md',
      '---\noutputs: [NODE]\n---\n## Steps\n\n```sh {capture=NODE}\ntest -e there && echo node-1\n```\n',
    );
    await rig.write(
      'main.md',
      '## Steps\n\n### Drain\n\n[Drain](child.md)\n\n#### Rollback\n\n```sh {name=undo}\necho "undoing $NODE" >> said\n```\n\n### Use\n\n```sh\necho "using $NODE" >> said; exit 1\n```\n',
    );
    expect(
      await rig.run(['run', 'main.md', '--yes', '--on-failure', 'rollback', '--log', 'none']),
    ).toMatchObject({
      exitCode: 6,
    });
    await rig.write('there', '');
    expect(
      await rig.run(['run', 'main.md', '--yes', '--on-failure', 'rollback', '--log', 'none']),
    ).toMatchObject({
      exitCode: 3,
    });
    expect(await rig.file('said')).toBe('using node-1\nundoing node-1\n');
  });

  test('can be parts of what is printed, which stand in the page and are there after a resume', async () => {
    const rig = await Rig.create();
    const page = `## Steps

\`\`\`sh {name=look capture=VERSION:/v([0-9.]+)/ capture-json=POD:.items[0].id}
echo '{"items":[{"id":"pod-1"}],"v":"v1.20"}'
\`\`\`

\`\`\`sh {name=use}
echo "$VERSION $POD" >> said; test -e there
\`\`\`

\`\`\`sh {name=none capture=MISSING:/absent/}
echo here
\`\`\`
`;
    await rig.write('parts.md', page);
    expect(await rig.run(['print', 'parts.md'])).toMatchObject({
      stdout: expect.stringContaining(
        'sh change capture=VERSION:/v([0-9.]+)/ capture-json=POD:.items[0].id  echo',
      ),
    });
    expect(await rig.run(['run', 'parts.md', '--yes'])).toMatchObject({ exitCode: 1 });
    expect(await rig.file('parts.md')).toContain('captured `VERSION` = `1.20`\n> - captured `POD` = `pod-1`');
    await rig.write('there', '');
    const resumed = await rig.run(['resume', 'parts.md', '--yes']);
    expect(resumed).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        'expected a value for `MISSING` by /absent/: nothing in the output matches',
      ),
    });
    expect(await rig.file('said')).toBe('1.20 pod-1\n1.20 pod-1\n');
  });
});
