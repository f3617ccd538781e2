// Tests telling channels of a run end to end: a real server and a real program, what they get, and what is refused.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig, repositoryRoot } from './rig.ts';
import { storyOf } from './told-story.ts';

const runbook = `---
severity: SEV2
inputs:
  TOKEN: { secret: { file: token } }
approvals: { dba: { people: [grace], timeout: 1s, on-timeout: escalate } }
notify:
  - { on: [started, failed, succeeded, rolled-back], to: ops }
escalation:
  - { after: failure, notify: pager }
  - { after: approval timeout, notify: pager }
  - { after: 1h, notify: pager }
---
# Rotate

## Steps

### Change it {notify=ops}

\`\`\`sh {name=change notify=pager}
echo "$TOKEN"
\`\`\`

#### Rollback

\`\`\`sh {name=undo}
true
\`\`\`

### Use it

\`\`\`sh {name=use expect="something else"}
echo "got $TOKEN"; test ! -e broken
\`\`\`
`;

const secret = 'c4nary-for-the-channels';

async function layOut(text = runbook) {
  const rig = await Rig.create();
  const posted: { about: string; text: string; severity?: string }[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      bodies.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
      posted.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await rig.write('rotate.md', text);
  await rig.write('token', `${secret}\n`);
  await rig.write('tell', '#!/bin/sh\ncat >> told\n');
  await rig.exec('chmod', ['+x', 'tell']);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await rig.write(
    'runsheet.yaml',
    `channels:\n  ops: { webhook: "${url}" }\n  pager: { command: [./tell] }\n`,
  );
  return { rig, posted, bodies };
}

const env = namedUser('ada');

it('tells each channel what its rules say, without a secret, and says so in the record', async () => {
  const { rig, posted, bodies } = await layOut();
  const run = await rig.run(['run', 'rotate.md', '--yes', '--on-failure', 'rollback'], { env });
  expect(run.exitCode).toBe(3);
  expect(posted.map(({ about }) => about)).toEqual(['started', 'end of change-it', 'rolled-back']);
  expect(posted[2]).toMatchObject({
    severity: 'SEV2',
    outcome: 'rolled-back',
    operator: expect.stringMatching(/^ada@/),
  });
  const told = (await rig.file('told')).trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line).about)).toEqual(['end of change', 'failure of use']);
  expect(JSON.parse(told[1] ?? '').text).toMatch(/^Rotate: `use` failed in .*expected/);
  expect([...bodies, ...told].filter((text) => text.includes(secret))).toEqual([]);
  const story = await storyOf(rig);
  expect(story.filter((line) => line.startsWith('told ')).toSorted()).toEqual([
    'told `ops` about end of change-it',
    'told `ops` about rolled-back',
    'told `ops` about started',
    'told `pager` about end of change',
    'told `pager` about failure of use',
  ]);
  expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
});

it('loses nothing but a line where a channel fails', async () => {
  const { rig } = await layOut(runbook.replace(' expect="something else"', ''));
  await rig.write('tell', '#!/bin/sh\necho no route >&2; exit 7\n');
  const run = await rig.run(['run', 'rotate.md', '--yes'], { env });
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toMatch(/! could not tell `pager`: `\S*tell` ended with exit 7: no route/);
  expect((await storyOf(rig)).filter((line) => line.includes('pager'))).toHaveLength(1);
});

it('tells of a denial by the clock as of a failure', async () => {
  const { rig, posted } = await layOut(
    runbook
      .replace('on-timeout: escalate', 'on-timeout: deny')
      .replace('on: [started, ', 'on: [failure, ')
      .replace('name=use expect="something else"', 'name=use approve=dba'),
  );
  const run = await rig.run(['run', 'rotate.md', '--yes'], { env });
  expect(run.exitCode).toBe(1);
  expect(posted.map(({ about }) => about)).toEqual(['end of change-it', 'approval timeout of use', 'failed']);
  const told = (await rig.file('told')).trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line).about)).toEqual(['end of change', 'approval timeout of use']);
});

it('tells when nobody approves in time, and goes on waiting', async () => {
  const { rig } = await layOut(runbook.replace('name=use expect="something else"', 'name=use approve=dba'));
  const running = rig.start(['run', 'rotate.md', '--yes'], { env });
  await running.waitFor('told `pager` about approval timeout of use');
  running.kill('SIGTERM');
  expect((await running.ended).exitCode).toBe(5);
});

it('tells who is to approve what they need to know, and how to answer', async () => {
  const { rig, posted } = await layOut(
    runbook
      .replace('on: [started, ', 'on: [approval, ')
      .replace('timeout: 1s, on-timeout: escalate', 'timeout: 1h')
      .replace('name=use expect="something else"', 'name=use approve=dba risk=change'),
  );
  const running = rig.start(['run', 'rotate.md', '--yes'], { env });
  await running.waitFor('told `ops` about approval of use');
  running.kill('SIGTERM');
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(5);
  const id = / run (\S+) of `Rotate`/.exec(stderr)?.[1] ?? '';
  const asked = posted.find(({ about }) => about === 'approval of use');
  expect(asked).toMatchObject({
    run: id,
    step: 'Use it',
    address: 'use',
    text: expect.stringContaining(`risk: change; answer with \`runsheet approve ${id} use\``),
    approval: {
      gate: 'dba',
      people: ['grace'],
      needed: 1,
      until: { at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/), what: 'denied' },
      risk: 'change',
      command: 'echo "got $TOKEN"; test ! -e broken',
      values: {},
      undo: 'none is written',
      approve: `runsheet approve ${id} use`,
      deny: `runsheet deny ${id} use`,
    },
  });
});

it('tells of a run that was killed by the next command that looks, once', async () => {
  const { rig, posted } = await layOut(
    runbook
      .replace('on: [started, ', 'on: [broken-off, ')
      .replace('{ after: failure, notify: pager }', '{ after: failure, delay: 10m, notify: pager }')
      .replace('test ! -e broken', 'sleep 1000'),
  );
  const running = rig.start(['run', 'rotate.md', '--yes'], { env });
  await running.waitFor('`use` started');
  await running.waitFor('told `pager` about end of change');
  running.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
  const before = posted.length;
  const [first, second] = [await rig.run(['runs'], { env }), await rig.run(['runs'], { env })];
  expect(first.exitCode).toBe(0);
  expect(first.stderr).toMatch(
    /^note: run \S+ was interrupted; told `\w+` about interrupted[^;]*; told `\w+` about .*\n`runsheet show \S+` says what it waits for, and how to answer\n$/,
  );
  expect(second.stderr).toMatch(/^`runsheet show \S+` says what it waits for, and how to answer\n$/);
  expect(posted.slice(before)).toMatchObject([
    {
      about: 'interrupted',
      text: expect.stringMatching(
        /^Rotate: nobody works on the run any more: its process has disappeared, found by ada@/,
      ),
    },
  ]);
  const told = (await rig.file('told')).trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line).about)).toEqual(['end of change', 'interrupted after 10m']);
  expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
  const resumed = await rig.run(['resume', '--yes'], { env });
  expect(resumed.stderr).not.toContain('was interrupted;');
});

it('is not told again of what was told before, when the run is taken up', async () => {
  const { rig, posted } = await layOut(
    `${runbook}\n### Look\n\nLook at it.\n`.replace(' expect="something else"', ''),
  );
  expect((await rig.run(['run', 'rotate.md', '--yes'], { env })).exitCode).toBe(5);
  const before = posted.length;
  expect((await rig.run(['resume', '--yes', '--manual', 'skip'], { env })).exitCode).toBe(0);
  expect(posted.slice(before).map(({ about }) => about)).toEqual(['succeeded']);
});

it('refuses a runbook that names a channel which nobody configured, at check and before a run', async () => {
  const { rig } = await layOut(
    runbook
      .replace('notify: pager }', 'notify: pagr }')
      .replace('name=change notify=pager', 'name=change notify=mail'),
  );
  const check = await rig.run(['check', 'rotate.md']);
  expect(check.exitCode).toBe(2);
  expect(check.stderr).toContain(
    [
      'error[unknown-channel]: no channel `pagr` is configured',
      ' --> rotate.md:9:31',
      '  |',
      '9 |   - { after: failure, notify: pagr }',
    ].join('\n'),
  );
  expect(check.stderr).toContain('did you mean `pager`?');
  expect(check.stderr).toContain(
    'name it in `runsheet.yaml`: `channels: { mail: { command: [notify-send] } }`',
  );
  const run = await rig.run(['run', 'rotate.md', '--yes'], { env });
  expect([run.exitCode, run.stderr.match(/unknown-channel/g)?.length]).toEqual([2, 2]);
});

const linked = `---
severity: SEV1
owner: team-db
inputs: { NODE: { required: true } }
notify:
  - { on: [started, succeeded, failed], to: ops, text: "<!here> $NODE: $SAID" }
escalation:
  - { after: failure, notify: pager }
---
# Drain

## Steps

\`\`\`sh {name=say capture=SAID}
echo "<!channel> of $NODE"
\`\`\`

\`\`\`sh {name=drain}
test ! -e broken
\`\`\`
`;

const opened = `---
severity: SEV3
notify: [{ on: [ended], to: ops }]
---
# Outer

## Steps

### [Drain](drain.md) {name=first with.NODE=n1}

### [Drain again](drain.md) {name=again with.NODE=n2}

### After

\`\`\`sh {name=after on-failure=continue}
false
\`\`\`
`;

it('honours what a linked page says of its own part, for that part', async () => {
  const { rig, posted } = await layOut(opened);
  await rig.write('drain.md', linked);
  expect(await rig.run(['run', 'rotate.md', '--yes', '--log', 'none'], { env })).toMatchObject({
    exitCode: 1,
  });
  expect(posted).toMatchObject([
    { about: 'started of first', text: '<!here> n1: (SAID is not set)', severity: 'SEV1', owner: 'team-db' },
    { about: 'succeeded of first', text: '<!here> n1: &lt;!channel&gt; of n1', severity: 'SEV1' },
    { about: 'started of again', severity: 'SEV1' },
    { about: 'succeeded of again', text: '<!here> n2: &lt;!channel&gt; of n2', severity: 'SEV1' },
    { about: 'failed', severity: 'SEV3' },
  ]);
  expect(await rig.exec('ls', [rig.path('told')])).toMatchObject({ exitCode: 2 });
  await rig.write('broken', '');
  posted.splice(0);
  expect(await rig.run(['run', 'rotate.md', '--yes', '--log', 'none'], { env })).toMatchObject({
    exitCode: 1,
  });
  expect(posted.map(({ about }) => about)).toEqual(['started of first', 'failed of first', 'failed']);
  const told = (await rig.file('told')).trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line))).toMatchObject([
    { about: 'failure of first/drain', severity: 'SEV1', owner: 'team-db' },
  ]);
});

it('refuses a linked page that names a channel which the opened one has not', async () => {
  const { rig } = await layOut(opened.replaceAll('drain.md', 'other/drain.md'));
  await rig.write('other/drain.md', linked.replaceAll(/pager/g, 'theirs'));
  await rig.write(
    'other/runsheet.yaml',
    'channels: { ops: { command: [cat] }, theirs: { command: [cat] } }\n',
  );
  const checked = await rig.run(['check', 'rotate.md']);
  expect(checked.exitCode).toBe(2);
  expect(checked.stderr).toContain(
    [
      'error[linked-runbook]: the linked runbook `other/drain.md:8`: no channel `theirs` is configured for the page that is opened',
      ' --> rotate.md:9:1',
    ].join('\n'),
  );
  expect(await rig.run(['run', 'rotate.md', '--yes'], { env })).toMatchObject({ exitCode: 2 });
});

it('tells many channels at once, and says nothing of its own about that', async () => {
  const rig = await Rig.create();
  const names = Array.from({ length: 15 }, (_, index) => `c${index}`);
  await rig.write(
    'runsheet.yaml',
    `channels:\n${names.map((name) => `  ${name}: { command: [sh, -c, "sleep 0.3; cat >> told"] }\n`).join('')}`,
  );
  const notify = names.map((name) => `  - { on: [succeeded], to: ${name} }\n`).join('');
  await rig.write('many.md', `---\nnotify:\n${notify}---\n# Many\n\n## Steps\n\n\`\`\`sh\ntrue\n\`\`\`\n`);
  const { stderr, exitCode } = await rig.run(['run', 'many.md', '--yes']);
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('Warning');
  expect(stderr.match(/told `c\d+` about succeeded/g)).toHaveLength(15);
});

const announced = `---
inputs: { POOL: { default: main }, TOKEN: { secret: { file: token } } }
---
# Announce

## Steps

### Look

\`\`\`sh {name=look capture=SLOW}
echo "<!here> 12"
\`\`\`

### Tell the team

\`\`\`text {name=tell send=ops,pager}
Draining <POOL>: $SLOW are slow.

Ask $USER_NAME, not $TOKEN. It costs $5, \\$HOME is mine.
\`\`\`

### Go on

\`\`\`sh {name=go}
true
\`\`\`
`;

it('sends the text of a block to its channels, with the values of the run', async () => {
  const { rig, posted, bodies } = await layOut(announced.replace('$USER_NAME', 'ada'));
  const run = await rig.run(['run', 'rotate.md', '--yes', '--log', 'none'], { env });
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('`tell` passed in ')]);
  const text = 'Draining main: &lt;!here&gt; 12 are slow.\n\nAsk ada, not ***. It costs $5, $HOME is mine.';
  expect(posted).toMatchObject([{ about: 'message of tell', step: 'Tell the team', address: 'tell', text }]);
  const told = JSON.parse(await rig.file('told'));
  expect(told.text).toBe(text.replace('&lt;!here&gt;', '<!here>'));
  expect(bodies.join('')).not.toContain(secret);
});

it('fails a message that is not with all of its channels, and sends it again to those only', async () => {
  const { rig, posted } = await layOut(announced.replace('$USER_NAME', 'ada'));
  await rig.write('tell', '#!/bin/sh\necho no route >&2; exit 7\n');
  const run = await rig.run(['run', 'rotate.md', '--yes', '--log', 'none', '--on-failure', 'stop'], { env });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toMatch(
    /✘ `tell` failed in .*: not sent: `pager`: `\S*tell` ended with exit 7: no route\n/,
  );
  expect(posted).toHaveLength(1);
  await rig.write('tell', '#!/bin/sh\ncat >> told\n');
  const [id = ''] = /\d{8}-\d{6}-\w{4}/.exec(run.stderr) ?? [];
  expect((await rig.run(['resume', id, '--yes'], { env })).exitCode).toBe(0);
  expect(posted).toHaveLength(1);
  expect(JSON.parse(await rig.file('told')).about).toBe('message of tell');
});

it('sends nothing where a value is missing, or in a rehearsal', async () => {
  const { rig, posted } = await layOut(announced);
  const run = await rig.run(['run', 'rotate.md', '--yes', '--log', 'none'], { env });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toMatch(/✘ `tell` failed in .*: not sent: `\$USER_NAME` has no value\n/);
  expect((await rig.run(['run', 'rotate.md', '--rehearse', '--yes'], { env })).exitCode).toBe(0);
  expect(posted).toEqual([]);
});

it('checks what a message is given, and whom it is for', async () => {
  const { rig } = await layOut(
    announced.replace('send=ops,pager', 'send=ops,pagr host=web1 exit=1 file=/tmp/x risk=read'),
  );
  const { exitCode, stderr } = await rig.run(['check', 'rotate.md']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    [
      'error[send-attribute]: `host` means nothing on a block that sends a message',
      '  --> rotate.md:16:34',
      '   |',
      '16 | ```text {name=tell send=ops,pagr host=web1 exit=1 file=/tmp/x risk=read}',
      '   |                                  ^^^^',
      '   = help: a message is sent from where `runsheet` runs: take it out',
    ].join('\n'),
  );
  expect(stderr.match(/^error.*/gm)).toEqual([
    'error[unknown-channel]: no channel `pagr` is configured',
    'error[send-attribute]: `host` means nothing on a block that sends a message',
    'error[send-attribute]: `exit` means nothing on a block that sends a message',
    'error[send-attribute]: `file` means nothing on a block that sends a message',
    'error[send-attribute]: a block that sends a message does not only look',
  ]);
});

it('sends an update from the line prompt, on a page that has no other rule', async () => {
  const { rig, posted } = await layOut(announced.replace('---\n', '---\nupdates: { to: ops, every: 1h }\n'));
  const run = await rig.run(['run', 'rotate.md', '--surface', 'prompt', '--log', 'none'], {
    env,
    input: '\nu\nwe look into it\np\n',
  });
  expect([run.exitCode, posted.map(({ about, text }) => [about, text])]).toEqual([
    5,
    [['update', expect.stringMatching(/^Announce: update by ada@\S+: we look into it$/)]],
  ]);
});

it('takes the example of the documentation, channels and all', async () => {
  const text = await readFile(join(repositoryRoot, 'docs', 'messages.md'), 'utf8');
  const [, page = ''] = /^`{4}markdown\n(.*?)^`{4}$/ms.exec(text) ?? [];
  const [, channels = ''] = /^```yaml\n(.*?)^```$/ms.exec(text) ?? [];
  const rig = await Rig.create();
  await rig.write('page.md', page);
  await rig.write('runsheet.yaml', channels);
  const checked = await rig.run(['check', 'page.md']);
  expect([checked.exitCode, `${checked.stdout}${checked.stderr}`]).toEqual([
    0,
    expect.stringContaining('0 errors, 0 warnings, '),
  ]);
  const { stdout } = await rig.run(['run', 'page.md', '--dry-run', '--set', 'NODE=n1']);
  expect(stdout).toContain('  tell-the-customers  a message to `customers` (change)\n');
});
