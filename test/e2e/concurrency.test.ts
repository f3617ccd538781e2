// Tests several runs at a time of one runbook and of one document.
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const waiting = (frontMatter: string, more = '') => `${frontMatter}# Wait

## Steps

### Wait

\`\`\`sh {name=wait}
echo ready
test -e go || exec tail -f /dev/null
\`\`\`

### After

\`\`\`sh {name=after}
echo after
\`\`\`
${more}`;

it('refuses a second run while one is going on, and not any more when that was killed', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting(''));
  const first = rig.start(['run', 'wait.md', '--yes']);
  await first.waitFor('ready');
  const [live] = await runsOf(rig);
  const second = await rig.run(['run', 'wait.md', '--yes']);
  expect(second.exitCode).toBe(7);
  expect(second.stderr.replaceAll(live?.id ?? '', 'RUN').replace(/^note.*\n/gm, '')).toBe(
    `error: this runbook is being run already, as \`RUN\`, in process ${first.pid}\n` +
      '  = help: wait for it, watch it with `runsheet show --follow`, or say `concurrency: allow` in the front matter\n',
  );
  // The run itself is one process's at a time, too.
  const resumed = await rig.run(['resume', live?.id ?? '', '--yes']);
  expect([resumed.exitCode, resumed.stderr.replaceAll(live?.id ?? '', 'RUN')]).toEqual([
    2,
    expect.stringMatching(new RegExp(`^error: run \`RUN\` is going on in process ${first.pid} on .*\n`)),
  ]);
  first.kill('SIGKILL');
  await first.ended;
  await rig.write('go', '');
  // The dead process's locks are stale, and are known to be.
  expect(await rig.run(['run', 'wait.md', '--yes'])).toMatchObject({ exitCode: 0 });
  // Both may have begun in the same second, which is as fine as the order of runs goes.
  expect((await runsOf(rig)).map(({ status }) => status).sort()).toEqual(['interrupted', 'succeeded']);
});

it('lets two runs go on that allow it, and keeps the results of both in one document', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting('---\nconcurrency: allow\n---\n\n'));
  const wait = rig.start(['run', 'wait.md', '--yes', '--step', 'wait']);
  await wait.waitFor('ready');
  expect(await rig.run(['run', 'wait.md', '--yes', '--step', 'after'])).toMatchObject({ exitCode: 0 });
  wait.kill('SIGTERM');
  expect((await wait.ended).exitCode).toBe(5);
  const document = await rig.file('wait.md');
  expect(document.match(/(?<=<!-- runsheet:result )\S+/g)).toEqual(['wait', 'after']);
  // The log has the order of the ids, which in one second is not that of the runs.
  const ids = (await runsOf(rig)).map(({ id }) => `\`${id}\``);
  expect(document.match(/`\d{8}-\d{6}-\w{4}`(?= \|)/g)).toEqual(ids.sort().reverse());
});

it('never loses results of many runs that write one document at the same time', async () => {
  const rig = await Rig.create();
  const steps = Array.from({ length: 6 }, (_, index) => `s${index + 1}`);
  const blocks = steps.map((name) => `### ${name}\n\n\`\`\`sh {name=${name}}\necho ${name}\n\`\`\`\n`);
  await rig.write('many.md', `---\nconcurrency: allow\n---\n\n# Many\n\n## Steps\n\n${blocks.join('\n')}`);
  const runs = await Promise.all(steps.map((name) => rig.run(['run', 'many.md', '--yes', '--step', name])));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(steps.map(() => 0));
  const document = await rig.file('many.md');
  expect(document.match(/(?<=<!-- runsheet:result )\S+/g)).toEqual(steps);
  expect(new Set(document.match(/`\d{8}-\d{6}-\w{4}`/g))).toEqual(
    new Set((await runsOf(rig)).map(({ id }) => `\`${id}\``)),
  );
});

it('refuses a new run beside a paused one where the runbook says forbid', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting('---\nconcurrency: forbid\n---\n\n', '\n- [ ] look\n'));
  await rig.write('go', '');
  expect(await rig.run(['run', 'wait.md', '--yes'])).toMatchObject({ exitCode: 5 });
  const [paused] = await runsOf(rig);
  const second = await rig.run(['run', 'wait.md', '--yes']);
  expect(second.exitCode).toBe(7);
  expect(second.stderr.replaceAll(paused?.id ?? '', 'RUN')).toBe(
    'error: run `RUN` of this runbook is open, and it allows one at a time\n' +
      '  = help: `runsheet resume RUN` takes it up, `runsheet show RUN` shows it\n',
  );
  expect(await rig.run(['resume', '--yes', '--manual', 'skip'])).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['run', 'wait.md', '--yes', '--manual', 'skip'])).toMatchObject({ exitCode: 0 });
});

it('lets one run at a time come to a linked runbook that wants that', async () => {
  const rig = await Rig.create();
  await rig.write('pages/wait.md', waiting('---\nconcurrency: forbid\n---\n\n'));
  for (const name of ['one', 'other'])
    await rig.write(`${name}.md`, '## Steps\n\n### [Wait](pages/wait.md)\n');
  const first = rig.start(['run', 'one.md', '--yes']);
  await first.waitFor('ready');
  const other = await rig.run(['run', 'other.md', '--yes', '--log', 'none']);
  expect(other.exitCode).toBe(7);
  expect(other.stderr).toContain(
    `error: the linked runbook \`pages/wait.md\`: this runbook is being run already, in process ${first.pid}\n`,
  );
  expect(await rig.run(['run', 'pages/wait.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 7 });
  first.kill('SIGTERM');
  await first.ended;
  await rig.write('pages/go', '');
  expect(await rig.run(['run', 'other.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 0 });
});

it('tells programs in one record that a run did not begin, and what is in its way', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting(''));
  const first = rig.start(['run', 'wait.md', '--yes', '--log', 'none']);
  await first.waitFor('ready');
  const [live] = await runsOf(rig);
  const second = await rig.run(['run', 'wait.md', '--yes', '--surface', 'ndjson']);
  expect([second.exitCode, JSON.parse(second.stdout)]).toEqual([
    7,
    {
      v: 1,
      type: 'run-refused',
      reason: 'busy',
      message: `this runbook is being run already, as \`${live?.id}\`, in process ${first.pid}`,
      run: live?.id,
    },
  ]);
  first.kill('SIGTERM');
  expect((await first.ended).exitCode).toBe(5);
});

it('takes up no run while another one of its runbook goes on', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting(''));
  const first = rig.start(['run', 'wait.md', '--yes', '--log', 'none']);
  await first.waitFor('ready');
  first.kill('SIGTERM');
  await first.ended;
  const [resting] = await runsOf(rig);
  const second = rig.start(['run', 'wait.md', '--yes', '--log', 'none']);
  await second.waitFor('ready');
  const resumed = await rig.run(['resume', resting?.id ?? '', '--yes', '--surface', 'ndjson']);
  expect([resumed.exitCode, resumed.stderr, JSON.parse(resumed.stdout)]).toEqual([
    7,
    expect.stringMatching(/^error: this runbook is being run already, as `/m),
    expect.objectContaining({ type: 'run-refused', reason: 'busy' }),
  ]);
  second.kill('SIGTERM');
  await second.ended;
});

const keyed = (rule: string): string =>
  waiting(`---\ninputs: { HOST: { default: a } }\nconcurrency: { key: $HOST, ${rule} }\n---\n\n`);
const on = (host: string): readonly string[] => [
  'run',
  'wait.md',
  '--yes',
  '--log',
  'none',
  '--set',
  `HOST=${host}`,
];

it('counts runs together by the value of an input', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', keyed('limit: 2'));
  const going = [rig.start(on('a')), rig.start(on('a')), rig.start(on('b'))];
  await Promise.all(going.map((run) => run.waitFor('ready')));
  const one = await rig.run(on('a'));
  expect([one.exitCode, one.stderr]).toEqual([
    7,
    expect.stringContaining(
      'error: 2 runs of this runbook for `a` are going on\n' +
        '  = help: nothing was run; watch it with `runsheet show --follow`\n',
    ),
  ]);
  await rig.write('go', '');
  expect(await rig.run(on('c'))).toMatchObject({ exitCode: 0 });
  for (const run of going) run.kill('SIGTERM');
  await Promise.all(going.map((run) => run.ended));
});

it('leaves one more to the run that goes on, where the page says so', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', keyed('when-full: coalesce'));
  const going = rig.start(on('a'));
  await going.waitFor('ready');
  const one = await rig.run(on('a'));
  expect([one.exitCode, one.stderr]).toEqual([
    7,
    expect.stringContaining('error: a run of this runbook for `a` is going on; this one is left to it\n'),
  ]);
  going.kill('SIGTERM');
  await going.ended;
});

it('has runs wait for their turn in the order in which they came, also behind one that is killed', async () => {
  const rig = await Rig.create();
  const page = `---
inputs: { NAME: {} }
concurrency: { when-full: queue }
---

## Steps

### Wait

\`\`\`sh {name=wait}
echo "$NAME" | tee -a log
test -e go || exec tail -f /dev/null
\`\`\`
`;
  await rig.write('wait.md', page);
  const start = (name: string) =>
    rig.start(['run', 'wait.md', '--yes', '--log', 'none', '--set', `NAME=${name}`]);
  const first = start('first');
  await first.waitFor('first');
  const waits: ReturnType<typeof start>[] = [];
  for (const name of ['second', 'killed', 'third', 'fourth']) {
    const one = start(name);
    await one.waitFor('this one waits for its turn');
    waits.push(one);
  }
  waits[1]?.kill('SIGKILL');
  await rig.write('go', '');
  first.kill('SIGKILL');
  const ends = await Promise.all(waits.map(async (one) => (await one.ended).exitCode));
  expect([ends, await rig.file('log')]).toEqual([[0, null, 0, 0], 'first\nsecond\nthird\nfourth\n']);
});

it('waits for its turn no longer than the page says', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', keyed('when-full: queue, wait: 1s'));
  const going = rig.start(on('a'));
  await going.waitFor('ready');
  const one = await rig.run(on('a'));
  expect([one.exitCode, one.stderr]).toEqual([
    7,
    expect.stringContaining(
      'error: a run of this runbook for `a` is going on, and none has ended in 1.0 s\n' +
        '  = help: nothing was run; `wait:` of `concurrency:` says how long is waited\n',
    ),
  ]);
  expect(await runsOf(rig)).toHaveLength(1);
  going.kill('SIGTERM');
  await going.ended;
});

it('refuses a key that names no input', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', keyed('limit: 1').replace('$HOST', '$HOSTS'));
  const run = await rig.run(['run', 'wait.md', '--yes']);
  expect([run.exitCode, run.stderr]).toEqual([
    2,
    expect.stringContaining(
      'error[front-matter-value]: `HOSTS` in `concurrency.key` is not an input of this page\n',
    ),
  ]);
});

it.each(['', 'concurrency: forbid', 'concurrency: { limit: 1 }'])(
  'knows a page by each of its paths, also while a link is set anew: "%s"',
  async (rule) => {
    const rig = await Rig.create();
    const page = waiting(rule === '' ? '' : `---\n${rule}\n---\n\n`);
    for (const release of ['42', '43']) await rig.write(`releases/${release}/wait.md`, page);
    const link = (release: string): void => {
      rmSync(rig.path('current'), { force: true });
      symlinkSync(`releases/${release}`, rig.path('current'));
    };
    link('42');
    symlinkSync('releases/42/wait.md', rig.path('linked.md'));
    const args = (path: string): readonly string[] => ['run', path, '--yes', '--log', 'none'];
    const first = rig.start(args('current/wait.md'));
    await first.waitFor('ready');
    const tried = async (...paths: readonly string[]): Promise<readonly unknown[]> => {
      const ends = [];
      for (const path of paths) ends.push((await rig.run(args(path))).exitCode);
      return ends;
    };
    expect(await tried('current/wait.md', 'releases/42/wait.md', 'linked.md')).toEqual([7, 7, 7]);
    link('43');
    expect(await tried('current/wait.md', 'releases/42/wait.md')).toEqual([7, 7]);
    first.kill('SIGTERM');
    await first.ended;
    for (const release of ['42', '43']) await rig.write(`releases/${release}/go`, '');
    if (rule !== 'concurrency: forbid')
      expect(await tried('releases/42/wait.md', 'current/wait.md')).toEqual([0, 0]);
  },
);

it('refuses a new run beside one that was killed in the middle where the runbook says forbid', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting('---\nconcurrency: forbid\n---\n\n'));
  const first = rig.start(['run', 'wait.md', '--yes']);
  await first.waitFor('ready');
  first.kill('SIGKILL');
  await first.ended;
  await rig.write('go', '');
  const [cut] = await runsOf(rig);
  const second = await rig.run(['run', 'wait.md', '--yes']);
  expect([
    second.exitCode,
    second.stderr.replaceAll(cut?.id ?? '', 'RUN').replace(/^note.*\n/gm, ''),
  ]).toEqual([
    7,
    'error: run `RUN` of this runbook was interrupted and is still open, and it allows one at a time\n' +
      '  = help: `runsheet resume RUN` takes it up, `runsheet show RUN` shows it\n',
  ]);
  // Nobody is there to say how the block had ended; then somebody is.
  expect(await rig.run(['resume', '--yes'])).toMatchObject({ exitCode: 5 });
  expect(await rig.run(['answer', cut?.id ?? '', 'wait', 'done'])).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['resume', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['run', 'wait.md', '--yes'])).toMatchObject({ exitCode: 0 });
});

it('says how a lock is removed whose process nobody can look at from here', async () => {
  const rig = await Rig.create();
  await rig.write('wait.md', waiting(''));
  const first = rig.start(['run', 'wait.md', '--yes', '--log', 'none']);
  await first.waitFor('ready');
  const locks = join(rig.stateFolder, 'locks');
  const [lock = ''] = readdirSync(locks, { encoding: 'utf8', recursive: true }).filter((name) =>
    /\/lock\.1$/.test(name),
  );
  const path = join(locks, lock);
  const elsewhere = { ...JSON.parse(readFileSync(path, 'utf8')), boot: 'another', machine: 'another' };
  writeFileSync(path, JSON.stringify(elsewhere));
  const second = await rig.run(['run', 'wait.md', '--yes', '--log', 'none']);
  expect([second.exitCode, second.stderr]).toEqual([
    7,
    expect.stringContaining(`if that process, on ${elsewhere.host}, is gone, remove \`${path}\`\n`),
  ]);
  first.kill('SIGTERM');
  await first.ended;
});
