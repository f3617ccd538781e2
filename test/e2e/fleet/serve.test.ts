// Tests a server of a fleet: its page, the answers that reach runs at other machines, and what it takes in.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { signal } from '../processes-with.ts';
import { Rig, repositoryRoot } from '../rig.ts';
import { hiddenFields, Served, serveFile, type Who } from '../served.ts';
import { describeWith, freePort } from '../services.ts';
import { beatMs, openFleet, tool, until } from './open-fleet.ts';

const page = `---
approvals: { dba: { people: [ann] } }
---
# Free the pool

## Steps

### Look

\`\`\`sh {risk=read}
seq 1 3
\`\`\`

### Ask the team

Say that sessions will be ended.

### End sessions

\`\`\`sh {approve=dba}
echo ended >> "$LINES"
\`\`\`

### Free the rest

\`\`\`sh
grep -c ended "$LINES"
test -e "$LINES.free"
\`\`\`
`;

test('a fleet says what is to be installed where the packages that it needs are not', async () => {
  const rig = await Rig.create();
  // Beside no folder of packages.
  const alone = rig.path('dist');
  cpSync(dirname(tool), alone, { recursive: true });
  for (const command of [['serve', '--listen', '127.0.0.1:0'], ['worker']]) {
    const line = [join(alone, 'runsheet.js'), ...command, '--database', 'postgres://127.0.0.1/runs'];
    const { status, stdout, stderr } = spawnSync(process.execPath, line, {
      ...{ encoding: 'utf8', cwd: rig.path() },
      env: { PATH: process.env.PATH, RUNSHEET_STATE: rig.stateFolder },
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'error: the database cannot be used: a fleet needs two packages that are not installed: ' +
        '`npm install --global @dbos-inc/dbos-sdk@5.3.0 pg@8`\n',
    });
  }
});

test('a fleet says what it would need to be told', async () => {
  const rig = await Rig.create();
  const said = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await rig.run(['fleet', ...args]);
    expect([exitCode, stdout]).toEqual([2, '']);
    return stderr;
  };
  expect([
    await said(),
    await said('tidy'),
    await said('show', '--older-than', '3d'),
    await said('tidy', '--older-than', '3d', '--json'),
  ]).toEqual([
    'error: a fleet needs a database\n' +
      '  = help: give it as `--database postgres://…`, or in the variable `RUNSHEET_DATABASE`\n',
    'error: `fleet tidy` needs to know what is old\n' +
      '  = help: say it as `--older-than 365d`: runs that have ended before are taken away with their records\n',
    'error: `fleet show` takes no `--older-than`\n  = help: it is an option of `fleet tidy`\n',
    'error: `fleet tidy` takes no `--json`\n',
  ]);
});

/** Whoever is next is told when nobody has answered for a while, also while nobody works on the run. */
const slow = `---
approvals: { dba: { people: [ann] } }
escalation: [{ after: approval, delay: 1s, notify: ops }]
---
# Slow

Waits.

## Steps

\`\`\`sh {name=end approve=dba}
echo never
\`\`\`
`;
const channels = `channels:\n  ops: { command: [sh, -c, 'cat >> "$LINES.told"; echo >> "$LINES.told"'] }\n`;

const long = `# Long

## Steps

\`\`\`sh
echo "begun, and not ended"
until test -e "$LINES.go"; do sleep 0.1; done
\`\`\`
`;

/** What the documentation shows of a fleet on Kubernetes. */
const manifests = [
  ...readFileSync(join(repositoryRoot, 'docs', 'fleet.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, text = '']) => parse(text));
const [deployment, scaled, knative] = manifests;

test('a fleet takes its runbooks from folders', async () => {
  const rig = await Rig.create();
  const library = [
    '--library',
    'git+https://git.example.org/books.git',
    '--database',
    'postgres://127.0.0.1/runs',
  ];
  for (const command of [['serve', '--listen', '127.0.0.1:0'], ['worker']])
    expect(await rig.run([...command, ...library])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        'error: a fleet takes its runbooks from a folder, and not from a repository\n' +
        '  = help: keep a copy of it at each worker and server, and give its folder\n',
    });
});

test('the lines of the manifests of the documentation are taken', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', 'public-url: https://runbooks.example.org\n');
  expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment', 'ScaledJob', 'Service']);
  const line = (template: { spec: { containers: readonly { args: readonly string[] }[] } }) =>
    (template.spec.containers[0]?.args ?? []).map((word) =>
      word.replace(/^\/etc\/runsheet\/(?:serve\/)?/, `${rig.path()}/`).replace('0.0.0.0:8042', '0.0.0.0:0'),
    );
  await rig.write('runbooks/page.md', '# Page\n');
  for (const template of [deployment.spec.template, scaled.spec.jobTargetRef.template])
    expect((await rig.run(line(template))).stderr).toMatch(/^error: a worker needs a database\n/);
  // Where there is no database, it says so and nothing else.
  const refused = await rig.run(line(knative.spec.template), {
    env: { RUNSHEET_DATABASE: `postgres://127.0.0.1:${await freePort()}/runs` },
  });
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/ECONNREFUSED/) });
});

describeWith(['initdb', 'postgres', 'psql'], 'a server of a fleet', () => {
  test('shows a run that others work on, and what people answer reaches it at whatever worker', async () => {
    const fleet = await openFleet({
      'pool.md': page,
      'slow.md': slow,
      'long.md': long,
      'runsheet.yaml': channels,
    });
    onTestFinished(() => fleet.dispose());
    const rig = await Rig.create();
    await rig.write('serve.yaml', serveFile);
    const serve = (...more: readonly string[]) =>
      Served.start(
        rig,
        ['--beat', `${beatMs}ms`, ...more],
        { RUNSHEET_DATABASE: fleet.url, LINES: fleet.lines },
        ['--library', fleet.libraryFolder],
      );
    const served = await serve('--no-worker');
    const answer = async (run: string, who: Who, fields: Readonly<Record<string, string>>) => {
      const { text } = await served.get(run, who);
      return (await served.post(`${run}/answers`, { ...hiddenFields(text), ...fields }, who)).status;
    };
    const first = fleet.work();
    const slowRun = await fleet.order('slow.md');
    // What a block prints is seen while it runs.
    const longRun = await served.startRun('long.md');
    expect(await served.until(longRun, /has printed so far:/)).toContain(
      'has printed so far:</p>\n<pre tabindex="0"><code>begun, and not ended</code></pre>',
    );
    writeFileSync(`${fleet.lines}.go`, '');
    await served.until(longRun, /succeeded/);
    const run = await served.startRun('pool.md');
    const asked = await served.until(run, /Waits for an answer/);
    expect(asked).toContain('1\n2\n3');
    signal(first.pid, 'SIGTERM');
    expect(await first.ended).toBe(0);
    const workers = [fleet.work(), fleet.work()];
    expect(await answer(run, 'bob', { word: 'done', note: 'told' })).toBe(303);
    await served.until(run, /Waits for approval/);
    expect(await answer(run, 'ann', { type: 'approve', digest: '000000000000' })).toBe(409);
    for (const { pid } of workers) signal(pid, 'SIGKILL');
    const last = await serve('--state-dir', join(rig.stateFolder, 'other'));
    expect(await answer(run, 'ann', { type: 'approve', comment: 'go' })).toBe(303);
    await served.until(run, /it failed/);
    expect(await answer(run, 'bob', { type: 'stop' })).toBe(303);
    const ended = await served.until(run, /stopped/);
    expect(ended).toContain('<tr><th scope="row">approved by</th><td>ann (page)</td></tr>');
    const id = run.split('/').at(-1) ?? '';
    const record = await fleet.record(id as never);
    expect(
      record.map(({ type }) => type).filter((type) => /Approval|Answer|RunStopped|RunEnded/.test(type)),
    ).toEqual([
      'QuestionAnswered',
      'AnswerTaken',
      'ApprovalRequested',
      'AnswerRefused',
      'ApprovalGiven',
      'ApprovalChecked',
      'RunEnded',
    ]);
    // What is shown is the record itself.
    const verified = await rig.run(['verify', id, '--state-dir', join(rig.stateFolder, 'mirror')]);
    expect(verified).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\S+: \d+ records, whole and unaltered; last hash [0-9a-f]{64}\n$/),
    });
    expect((await served.get('/metrics')).text).toMatch(/^runsheet_fleet_slots\{queue="default"\} \d+$/m);
    const env = { RUNSHEET_DATABASE: fleet.url };
    expect((await rig.run(['fleet', '--beat', `${beatMs}ms`], { env })).stdout).toMatch(
      /^worker .*\n(?:\S+-[0-9a-f]{8} +default +0 +2 .*\n)+\nqueue .*\ndefault( +0){2} +1 +2\n\nnothing waits\n$/,
    );
    expect(await rig.run(['fleet', 'tidy', '--older-than', '1d'], { env })).toMatchObject({
      ...{ exitCode: 0, stderr: 'took away 0 runs with what they had recorded\n' },
    });
    const told = await until(
      'who is next',
      async () => (existsSync(`${fleet.lines}.told`) ? readFileSync(`${fleet.lines}.told`, 'utf8') : ''),
      (text) => text.endsWith('\n'),
    );
    expect(JSON.parse(told)).toMatchObject({ about: 'approval of end after 1s' });
    expect(await fleet.queue.run(slowRun)).toMatchObject({ status: 'resting' });
    const { rows } = await fleet.database.query(scaled.spec.triggers[0].metadata.query);
    expect(rows).toEqual([{ count: 0 }]);
    for (const { process } of [last, served]) {
      process.kill('SIGTERM');
      expect((await process.ended).exitCode).toBe(0);
    }
  });
});
