import { describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const restart = `# Restart

| Parameter | Description | Default |
|---|---|---|
| \`<namespace>\` | where it runs | prod |

## Steps

### Show

\`\`\`sh {name=show}
echo "in <namespace>:" <service>
cat <<'END'
$HOME <service>
END
ls <path> >/dev/null && echo found
\`\`\`

### Report

\`\`\`sh {name=report}
echo "restarted <service>"
\`\`\`
`;

const hard = `it's "a" $(touch made) \`touch made\` \\ & é🎉`;

describe('a placeholder', () => {
  test('without a value refuses an unattended run, at its place', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    const run = await rig.run(['run', 'restart.md', '--yes', '--set', 'path=/']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toBe(
      `error[placeholder-without-value]: \`<service>\` has no value, and there is nobody to ask for it
  --> restart.md:12:26
   |
12 | echo "in <namespace>:" <service>
   |                          ^^^^^^^^^
   = help: --set SERVICE=…
`
        .replace('12:26', '12:24')
        .replace('   |                          ^', '   |                        ^'),
    );
    expect(await rig.file('restart.md')).toBe(restart);
  });

  test('is handed over as data in every kind of quotes, and recorded as an input', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    const run = await rig.run([
      ...['run', 'restart.md', '--yes', '--set', `service=${hard}`, '--set', 'path=/', '--surface', 'ndjson'],
    ]);
    expect(run.exitCode).toBe(0);
    const records = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.find(({ type }) => type === 'run-started').inputs).toEqual({
      NAMESPACE: 'prod',
      SERVICE: hard,
      PATH: '/',
    });
    const document = await rig.file('restart.md');
    expect(document).toContain(`in prod: ${hard}\n$HOME ${hard}\nfound\n`);
    expect(document).toContain(`restarted ${hard}\n`);
    expect((await rig.exec('ls', [rig.path()])).stdout).toBe('restart.md\n');
  });

  test('is asked for once, with what a table says of it', async () => {
    const rig = await Rig.create();
    await rig.write('restart.md', restart);
    const terminal = rig.terminal(['run', 'restart.md', '--surface', 'prompt', '--log', 'none'], {
      cols: 100,
    });
    await terminal.waitFor('NAMESPACE (where it runs): prod');
    terminal.type(`2${keys.enter}`);
    await terminal.waitFor('SERVICE');
    terminal.type(`api${keys.enter}`);
    await terminal.waitFor('PATH');
    terminal.type(`/${keys.enter}`);
    await terminal.waitFor('<service>=api');
    await terminal.waitFor('<namespace>=prod2');
    await terminal.waitFor('a run all');
    terminal.type('a');
    await terminal.waitFor('restarted api');
    expect((await terminal.ended).exitCode).toBe(0);
  });

  test('that nothing can be put in is refused, unless its block is not chosen', async () => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      '## Steps\n\n```sh {name=good}\necho good\n```\n\n```sh {name=bad}\necho ${<name>}\n```\n',
    );
    const run = await rig.run(['run', 'a.md', '--yes', '--set', 'name=x']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('error[unfillable-placeholder]: `<name>` is inside an expansion');
    expect(run.stderr).toContain('--> a.md:8:8');
    expect(await rig.run(['run', 'a.md', '--yes', '--step', 'good'])).toMatchObject({ exitCode: 0 });
    expect((await rig.run(['check', 'a.md'])).stderr).toContain('error[unfillable-placeholder]');
  });

  test('in code of a script language is refused, with what to write instead', async () => {
    const rig = await Rig.create();
    const code = '# of <service>\nprint("restarted <my-service>")';
    await rig.write(
      'a.md',
      `---\ninputs: { MY_SERVICE: {} }\n---\n## Steps\n\n\`\`\`python\n${code}\n\`\`\`\n`,
    );
    const run = await rig.run(['run', 'a.md', '--yes', '--set', 'MY_SERVICE=x']);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      `error[unfillable-placeholder]: \`<my-service>\` is in code of \`python\`
 --> a.md:8:18
  |
8 | print("restarted <my-service>")
  |                  ^^^^^^^^^^^^
  = help: write \`os.environ["MY_SERVICE"]\`, and declare it: \`inputs: { MY_SERVICE: {} }\`
`,
    ]);
    const { stderr, stdout } = await rig.run(['check', 'a.md']);
    expect([...`${stdout}${stderr}`.matchAll(/(?:error|warning)\[[\w-]+\]/g)].map(([one]) => one)).toEqual([
      'error[unfillable-placeholder]',
    ]);
  });

  test('in code that a program reads again takes only what has no meaning to it', async () => {
    const rig = await Rig.create();
    await rig.write('a.md', "## Steps\n\n```sh\nbash -c 'echo got <word>; echo $(( <n> + 1 ))'\n```\n");
    const run = (word: string) => rig.run(['run', 'a.md', '--yes', '--set', `word=${word}`, '--set', 'n=4']);
    expect(await run('x; touch made')).toMatchObject({
      exitCode: 2,
      stderr:
        'error: input `WORD`: expected only letters, digits and `_ . / : @ + , = -`, because a program reads it as part of its own code; got `x; touch made`\n',
    });
    expect((await run('a-b/c.d')).exitCode).toBe(0);
    expect(await rig.file('a.md')).toContain('got a-b/c.d\n5\n');
  });

  test('that is called like a secret is one: never on a command line, never stored', async () => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      '## Steps\n\n```sh\necho "X-Token: <api-token>" | tr a-z A-Z >&2; echo <api-token>\n```\n',
    );
    const refused = await rig.run(['run', 'a.md', '--yes', '--set', 'api-token=canary-4711']);
    expect(refused.stderr).toContain('--set API_TOKEN: a secret does not belong on a command line');
    const run = await rig.run(['run', 'a.md', '--yes'], { env: { API_TOKEN: 'canary-4711' } });
    expect(run.exitCode).toBe(0);
    const found = await rig.exec('grep', ['-rl', 'canary-4711', rig.path(), rig.stateFolder]);
    expect(found.stdout).toBe('');
  });

  test('of a linked runbook has the value that the link gives, or that a runbook above has', async () => {
    const rig = await Rig.create();
    await rig.write('child.md', '## Steps\n\n```sh\necho "<pod> in <namespace>" >> "$OUTSIDE/said"\n```\n');
    await rig.write(
      'main.md',
      '## Steps\n\n### One {with.POD=pod-1}\n\n[Child](child.md)\n\n### Two {with.POD=$NAME}\n\n[Child](child.md)\n\n' +
        '### Name\n\n```sh {capture=NAME}\necho "<namespace> x"\n```\n\n### Three {with.POD=$NAME with.NAMESPACE=other}\n\n' +
        '[Child](child.md)\n',
    );
    const run = await rig.run(['run', 'main.md', '--yes', '--set', 'namespace=n s'], {
      env: { OUTSIDE: rig.path(), NAME: 'from outside' },
    });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await rig.file('said')).toBe('pod-1 in n s\nfrom outside in n s\nn s x in other\n');
  });

  test('that an earlier block captures is not asked for', async () => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      '## Steps\n\n```sh {capture=POD_NAME}\necho "pod 7"\n```\n\n```sh\necho "[<pod-name>]"\n```\n',
    );
    expect(await rig.run(['run', 'a.md', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await rig.file('a.md')).toContain('[pod 7]\n');
  });
});
