// Tests a server of runs: what its page shows, who may do what on it, and that it goes on after it was killed.
import { expect, it } from 'vitest';
import { midMonth } from './fleet/moved-clock.ts';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';

const page = `---
inputs:
  HOST: { pattern: '^[a-z0-9.-]+$', default: db1 }
approvals: { dba: { people: [ann, bob] } }
---

# Free the pool

## Steps

### Ask the team

Say that sessions will be ended.

### End sessions

\`\`\`sh {name=end approve=dba check="test -e log"}
echo "ended on $HOST" >> log
\`\`\`

### Wipe

\`\`\`sh {name=wipe risk=destructive}
test -e flag
\`\`\`

## Rollback

\`\`\`sh {name=begin}
echo undone >> log
\`\`\`
`;

it('starts a run, asks what it needs of people by the rules of the run, and rolls it back', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/pool.md', page);
  const served = await Served.start(rig);
  expect((await served.post('/start', { path: 'pool.md' }, 'eve')).status).toBe(403);
  expect((await served.post('/start', { path: '../pool.md' }, 'bob')).status).toBe(404);
  const refused = await served.post('/start', { path: 'pool.md', 'input.HOST': 'DB 1' }, 'bob');
  expect([refused.status, /role="alert">(.*?)<\/p>/.exec(refused.text)?.[1]]).toEqual([
    422,
    'Not started: input <code>HOST</code>: expected a match of /^[a-z0-9.-]+$/; got <code>DB 1</code>.',
  ]);
  const run = await served.startRun('pool.md', { HOST: 'db2' });
  const asked = await served.until(run, /Waits for an answer/);
  expect(asked).toContain('<p>Say that sessions will be ended.</p>');
  expect(asked).toContain('You may look, but not answer: that takes the role operator.');
  const answer = async (who: 'ann' | 'bob', fields: Readonly<Record<string, string>>) => {
    const { text } = await served.get(run, who);
    return (await served.post(`${run}/answers`, { ...hiddenFields(text), ...fields }, who)).status;
  };
  expect(await answer('ann', { type: 'answer', question: 'manual:ask-the-team:0', word: 'done' })).toBe(403);
  expect(await answer('bob', { word: 'done', note: 'told' })).toBe(303);
  const wanted = await served.until(run, /Waits for approval/);
  expect(wanted).toContain('already done if <code>test -e log</code>');
  expect(await answer('bob', { type: 'approve', address: 'end', digest: '0' })).toBe(403);
  expect(await answer('ann', { type: 'approve', digest: '000000000000' })).toBe(409);
  expect(await answer('ann', { type: 'approve', comment: 'go <b>on</b>' })).toBe(303);
  await served.until(run, /It destroys something/);
  expect(await answer('bob', { word: 'yes', value: 'wrong' })).toBe(409);
  expect(await answer('bob', { word: 'yes', value: 'wipe' })).toBe(303);
  await served.until(run, /it failed/);
  expect(await answer('bob', { word: 'rollback' })).toBe(303);
  const ended = await served.until(run, /failed and was rolled back/);
  expect(ended).toContain('go &lt;b&gt;on&lt;/b&gt;');
  expect(ended).toContain('<tr><th scope="row">approved by</th><td>ann (page)</td></tr>');
  expect(await rig.file('library/log')).toBe('ended on db2\nundone\n');
  expect(await rig.file('library/pool.md')).toBe(page);
  served.process.kill('SIGTERM');
  expect((await served.process.ended).exitCode).toBe(0);
});

it('gives nothing away, and does nothing that no page of its own has asked for', async () => {
  const rig = await Rig.create();
  const script = '<script>alert(1)</script>';
  const endpoints = 'endpoints: { prod: { type: alertmanager, secret: { env: AM_TOKEN } } }\n';
  await rig.write('serve.yaml', `${serveFile}${endpoints}`);
  await rig.write(
    `library/${encodeURIComponent(script)}.md`,
    `# ${script}\n\n${script}\n\n## Steps\n\n\`\`\`sh\nprintf '%s\\033[31m\\n' '${script}'\n\`\`\`\n`,
  );
  const served = await Served.start(rig, [], { AM_TOKEN: 'right' });
  // The name of an alert, its labels and what it says are anybody's who can raise one.
  const hostile = `${script}\u001b[31m`;
  const labels = { alertname: hostile, [hostile]: hostile };
  const told = await fetch(`${served.origin}/hooks/prod`, {
    method: 'POST',
    headers: { Authorization: 'Bearer right' },
    body: JSON.stringify(alert({ labels, annotations: { summary: hostile }, generatorURL: hostile })),
  });
  expect(told.status).toBe(202);
  const [location] = [(await served.get('/runs')).headers.get('location')];
  expect(location).toBe('/sign-in?next=%2Fruns');
  expect((await served.get('/runs?part=live')).status).toBe(401);
  expect((await served.get('/runs', 'eve', { 'X-Forwarded-Host': 'evil' })).status).toBe(200);
  expect((await served.get('/runs', undefined, { 'X-User': 'mallory' })).status).toBe(303);
  const path = `${encodeURIComponent(script)}.md`;
  for (const headers of [{}, { Origin: 'https://evil.example' }, { Origin: 'null' }])
    expect((await served.post('/start', { path }, 'bob', headers)).status).toBe(403);
  expect((await served.get('/start', 'bob')).status).toBe(404);
  expect(
    (await served.post('/sign-in', { token: served.token, next: '//evil.example' })).headers.get('location'),
  ).toBe('/runs');
  const run = await served.startRun(path);
  const pages = [
    '/runs',
    '/library',
    `/library/${encodeURIComponent(path)}`,
    '/events',
    '/events/1',
    '/statistics',
    run,
    `${run}/hand-over`,
  ];
  await served.until(run, /succeeded/);
  for (const one of pages) {
    const { status, text, headers } = await served.get(one, 'bob');
    expect([
      one,
      status,
      text.includes(script),
      text.includes('\u001b'),
      text.includes(served.token),
    ]).toEqual([one, 200, false, false, false]);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect([
      headers.get('referrer-policy'),
      headers.get('cache-control'),
      headers.get('x-content-type-options'),
    ]).toEqual(['same-origin', 'no-store', 'nosniff']);
  }
  const [output = ''] = /\/runs\/[^"]*\/outputs\/[^"]*/.exec((await served.get(run, 'eve')).text) ?? [];
  const sent = await served.get(output, 'eve');
  expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  for (const other of ['journal.ndjson', '..%2F..%2Fserve.yaml', 'outputs%2F..%2Fplan.json'])
    expect((await served.get(`${run}/outputs/${other}`, 'eve')).status).toBe(404);
  expect((await served.post('/start', { path, fill: 'x'.repeat(300_000) }, 'bob')).status).toBe(413);
});

it('takes up after it was killed what it had begun, and asks about a block that it did not see end', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write(
    'library/slow.md',
    '# Slow\n\n## Steps\n\n```sh {name=slow}\necho begun >> log\ntouch started\nuntil test -e go; do sleep 0.05; done\n```\n',
  );
  const first = await Served.start(rig);
  const run = await first.startRun('slow.md');
  await first.until(run, /running<\/span>, a process works on it/);
  await rig.exec('sh', ['-c', 'until test -e library/started; do sleep 0.05; done']);
  first.process.kill('SIGKILL');
  await first.process.ended;
  await rig.exec('pkill', ['-KILL', '-f', `run.*${run.slice(6)}`]);
  const second = await Served.start(rig);
  const asked = await second.until(run, /how it ended is not known/);
  const { text } = await second.get(run, 'bob');
  expect(asked).toContain('slow');
  await rig.write('library/go', '');
  expect(
    (await second.post(`${run}/answers`, { ...hiddenFields(text), word: 'run-again' }, 'bob')).status,
  ).toBe(303);
  await second.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe('begun\nbegun\n');
});

it('has a run pause behind its block when it is asked to end, and the next server goes on with it', async () => {
  const rig = await Rig.create();
  const env = midMonth(rig.path());
  await rig.write('serve.yaml', serveFile);
  const block = (name: string): string =>
    `\n\`\`\`sh\ntouch ${name}\nuntil test -e go; do sleep 0.05; done\n\`\`\`\n`;
  await rig.write('library/runsheet.yaml', 'machine-rate: 3600 EUR\nrates: { default: 90 EUR }\n');
  await rig.write(
    'library/slow.md',
    `---\nmanual-estimate: 30m\n---\n\n# Slow\n\n## Steps\n${block('one')}${block('two')}`,
  );
  const first = await Served.start(rig, [], env);
  const run = await first.startRun('slow.md');
  await rig.exec('sh', ['-c', 'until test -e library/one; do sleep 0.05; done']);
  await first.stopBehind(run);
  expect(first.process.said()).toContain('each run pauses after the block');
  await rig.write('library/go', '');
  expect((await first.process.ended).exitCode).toBe(0);
  const shown = await rig.run(['show', run.slice(6)]);
  expect(shown.stdout).not.toContain('library/two');
  expect((await rig.exec('ls', ['library'])).stdout).toBe('go\none\nrunsheet.yaml\nslow.md\n');
  const second = await Served.start(rig, [], env);
  await second.until(run, /succeeded/);
  expect((await rig.exec('ls', ['library'])).stdout).toBe('go\none\nrunsheet.yaml\nslow.md\ntwo\n');
  second.process.kill('SIGTERM');
  expect((await second.process.ended).exitCode).toBe(0);
  // Both processes were seen from their start to their end: longer than the journal knows, and not by much.
  const events = (await rig.run(['show', run.slice(6), '--json'])).stdout.trim().split('\n');
  const at = (types: RegExp): number[] =>
    events.flatMap((line) => {
      const { at, event } = JSON.parse(line);
      return types.test(event.type) ? [Date.parse(at)] : [];
    });
  const sum = (times: readonly number[]): number => times.reduce((all, one) => all + one, 0);
  const recordedMs = sum(at(/^(RunPaused|RunEnded)$/)) - sum(at(/^(RunStarted|RunResumed)$/));
  const [{ cost, months, waitedMs, idle }] = JSON.parse((await rig.run(['stats', '--json'])).stdout);
  // Between the two servers nobody worked on it; that is neither of machines nor of people.
  expect(waitedMs).toBeGreaterThan(0);
  expect(idle).toEqual({
    ms: expect.any(Number),
    money: [{ amount: idle.ms / 1000, currency: 'EUR' }],
  });
  const { ms } = cost.machines;
  expect(ms).toBeGreaterThan(recordedMs);
  expect(cost).toEqual({
    runs: 1,
    machines: { ms, money: [{ amount: ms / 1000, currency: 'EUR' }] },
    people: { ms: 0, money: [{ amount: 0, currency: 'EUR' }] },
    byHand: { runs: 1, ms: 1_800_000, money: [{ amount: 45, currency: 'EUR' }] },
  });
  expect(months).toEqual([{ month: expect.any(String), cost }]);
  const report = (await rig.run(['report', run.slice(6), '--format', 'markdown'])).stdout;
  expect(report).toContain(
    ` ${(ms / 1000).toFixed(2)} EUR |\n| work by hand | none |\n| all by hand | 30 min, 45 EUR |\n`,
  );
  const told = (await rig.run(['stats'], { cwd: 'library' })).stdout.split('\n\n')[1];
  expect(told).toMatch(
    /^month .*\n2\d{3}-\d\d +1 +.* EUR +\S+ m?s, .* EUR; .* a run +none +30 min, 45 EUR\n$/,
  );
});

it('runs no other text than the one that was asked for, and stops what an operator stops', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', `${serveFile}workers: 1\n`);
  const text = (block: string): string => `# A\n\n## Steps\n\n\`\`\`sh\n${block}\n\`\`\`\n`;
  await rig.write('library/slow.md', text('touch started\nsleep 600'));
  await rig.write('library/later.md', text('touch first'));
  const served = await Served.start(rig);
  const slow = await served.startRun('slow.md');
  const later = await served.startRun('later.md');
  await rig.exec('sh', ['-c', 'until test -e library/started; do sleep 0.05; done']);
  await rig.write('library/later.md', text('touch second'));
  expect((await served.post(`${slow}/answers`, { type: 'stop' }, 'eve')).status).toBe(403);
  expect((await served.post(`${slow}/answers`, { type: 'stop' }, 'bob')).status).toBe(303);
  const stopped = await served.until(slow, /stopped by bob/);
  expect(stopped).not.toContain('Stop it now');
  await served.until(later, /the runbook has changed since it was asked for/);
  expect((await rig.exec('ls', ['library'])).stdout).toBe('later.md\nslow.md\nstarted\n');
});

it('does not begin where it could not be used as it is asked to', async () => {
  const rig = await Rig.create();
  await rig.write('library/a.md', '# A\n');
  const refusals: string[] = [];
  for (const args of [
    ['--listen', '0.0.0.0:0', '--library', 'library'],
    ['--listen', 'nowhere', '--library', 'library'],
    ['--listen', '127.0.0.1:0', '--library', 'none'],
    ['--listen', '127.0.0.1:0', '--library', 'library/a.md'],
  ]) {
    const { exitCode, stderr } = await rig.run(['serve', ...args]);
    refusals.push(`${exitCode} ${stderr.replaceAll(/`[^`]*\/(library|none)/g, '`…/$1')}`);
  }
  await rig.write('serve.yml', 'people: { ann: { roles: [viewer] } }\n');
  const { exitCode, stderr } = await rig.run(['serve', '--listen', '127.0.0.1:0', '--library', 'library']);
  refusals.push(`${exitCode} ${stderr}`);
  const none = 'give the folder of the runbooks with `--library`';
  expect(refusals).toEqual([
    '2 error: `--listen 0.0.0.0:0` lets other machines in, and it is not known by which address they come\n' +
      '  = help: say it as `public-url:` in `serve.yaml`: the address of the proxy in front, which speaks https\n',
    '2 error: `--listen nowhere` is no address\n  = help: give an address and a port, such as `127.0.0.1:8042`\n',
    `2 error: the library \`…/none\` does not exist\n  = help: ${none}\n`,
    `2 error: the library \`…/library/a.md\` is no folder\n  = help: ${none}\n`,
    '2 error: `serve.yml` is not read by that name\n  = help: name it `serve.yaml`, or say `--config serve.yml`\n',
  ]);
});

const alert = (more: object = {}) => ({
  version: '4',
  groupKey: '{}:{alertname="PoolFull"}',
  status: 'firing',
  receiver: 'runsheet',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'PoolFull', instance: 'db1', severity: 'page' },
      annotations: {},
      startsAt: '2026-11-29T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: '',
      fingerprint: 'a1b2c3d4e5f60718',
      ...more,
    },
  ],
});

it('starts a run of an alert once, which looks, and changes something when somebody has approved', async () => {
  const rig = await Rig.create();
  await rig.write(
    'serve.yaml',
    `${serveFile}endpoints:\n  prod: { type: alertmanager, secret: { env: AM_TOKEN } }\n`,
  );
  await rig.write(
    'library/pool.md',
    `---
on:
  alertmanager: { match: { alertname: PoolFull } }
inputs:
  HOST: { from: event.labels.instance, pattern: '^[a-z0-9.-]+$' }
---

# Pool

## Diagnosis

\`\`\`sh {name=look}
echo "looked at $HOST, token \${AM_TOKEN:-none}"
\`\`\`

## Steps

\`\`\`sh {name=end}
echo "ended on $HOST" >> log
\`\`\`

## Rollback

\`\`\`sh
true
\`\`\`
`,
  );
  const served = await Served.start(rig, [], { AM_TOKEN: 'right' });
  const tell = async (body: object, token: string) => {
    const answer = await fetch(`${served.origin}/hooks/prod`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [answer.status, await answer.text()] as const;
  };
  expect(await tell(alert(), 'wrong')).toEqual([401, 'refused\n']);
  const [status, text] = await tell(alert(), 'right');
  const { runs } = JSON.parse(text);
  expect([status, runs.length]).toEqual([202, 1]);
  const [again, repeated] = await tell(alert(), 'right');
  expect([again, JSON.parse(repeated)]).toEqual([202, { events: [{ event: 1, times: 2 }], runs }]);
  const hostile = alert({
    labels: { alertname: 'PoolFull', instance: '$(reboot)' },
    fingerprint: 'ffff000011112222',
  });
  expect(JSON.parse((await tell(hostile, 'right'))[1]).runs).toEqual([]);
  const run = `/runs/${runs[0]}`;
  const asked = await served.until(run, /Waits for approval/);
  expect(asked).toContain('Because of alertmanager event 1: PoolFull');
  expect(asked).toContain('looked at db1, token none');
  const { text: form } = await served.get(run, 'ann');
  expect(
    (await served.post(`${run}/answers`, { ...hiddenFields(form), type: 'approve' }, 'ann')).status,
  ).toBe(303);
  await served.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe('ended on db1\n');
  const events = (await served.get('/events', 'eve')).text;
  expect(events).toContain(`run <a href="${run}">`);
  expect(events).toContain('rejected');
  expect((await served.post('/events/1/replay', {}, 'eve')).status).toBe(403);
  expect((await served.post('/events/1/replay', {}, 'bob')).status).toBe(303);
  expect((await served.get('/events/1', 'eve')).text).toContain('once more by bob');
  const replayed = (...args: readonly string[]) =>
    rig.run(['events', 'replay', ...args, '--library', 'library'], { env: { AM_TOKEN: 'right' } });
  const [joined, anew, none] = [await replayed('1'), await replayed('1', '--again'), await replayed('9')];
  expect(joined.stdout).toContain(`pool.md on[0]: left to run ${runs[0]}, by its dedup key`);
  const [, other = ''] = /pool\.md on\[0\]: run (\S+)\n/.exec(anew.stdout) ?? [];
  await served.until(`/runs/${other}`, /Waits for approval/);
  expect([none.exitCode, none.stderr]).toEqual([
    2,
    'error: there is no event `9`\n  = help: `runsheet events list` lists them\n',
  ]);
});
