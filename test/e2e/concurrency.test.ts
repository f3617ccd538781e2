// Tests several runs at a time of one runbook and of one document.
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
  expect(second.exitCode).toBe(2);
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
  expect((await runsOf(rig)).map(({ status }) => status).sort()).toEqual(['broken off', 'succeeded']);
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
  expect(second.exitCode).toBe(2);
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
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain(
    `error: the linked runbook \`pages/wait.md\`: this runbook is being run already, in process ${first.pid}\n`,
  );
  expect(await rig.run(['run', 'pages/wait.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 2 });
  first.kill('SIGTERM');
  await first.ended;
  await rig.write('pages/go', '');
  expect(await rig.run(['run', 'other.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 0 });
});
