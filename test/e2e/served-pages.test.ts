// Tests every page of a server in a browser: that the rules of accessibility are kept, on both grounds and at any width,
// and that nobody is left without a way on.
import { expect, it } from 'vitest';
import { mailServer } from '../surfaces/notify/channels/mail-server.ts';
import { KeyboardBrowser } from './keyboard-browser.ts';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';
import { describeWith } from './services.ts';

const page = `---
owner: dba
severity: SEV2
tags: [postgres]
manual-estimate: 10m
concurrency: allow
on:
  alertmanager: { match: { alertname: PoolFull } }
inputs:
  HOST: { from: event.labels.instance, pattern: '^[a-z0-9.-]+$', default: db1 }
  MODE: { choices: [idle, all], default: idle, description: Which sessions end }
  BUDDY: { default: carol }
approvals: { dba: { people: [ann], timeout: 30m } }
---

# Free the pool

| column | ${'wide '.repeat(30)} |
|---|---|
| 1 | 2 |

## Steps

### Tell the others

Say that sessions on \`$HOST\` will be ended, and that \`$BUDDY\` looks on.

- [ ] The channel knows
- [ ] \`$BUDDY\` has read it

### End sessions

\`\`\`sh {name=end approve=dba}
echo "${'every one of them, '.repeat(12)}on $HOST"
\`\`\`

### Look

\`\`\`sh {name=look}
echo "${'it did not go away '.repeat(12)}" >&2
false
\`\`\`
`;

const slow = `---
concurrency: allow
---

# Slow

## Steps

\`\`\`sh {name=slow}
echo started >> started
until test -e go; do sleep 0.05; done
\`\`\`
`;

async function serving() {
  const rig = await Rig.create();
  const { mails, port } = await mailServer();
  const known = serveFile
    .replace('[viewer, operator]', '[viewer, operator, approver]')
    .replace('ann: { ', 'ann: { mail: ann@example.org, ');
  await rig.write(
    'serve.yaml',
    `${known}mail: { smtp: 'smtp://127.0.0.1:${port}', from: runbooks@example.org }
oidc: { issuer: https://login.example.org, client-id: runsheet }
endpoints: { prod: { type: alertmanager, secret: { env: AM_TOKEN } } }
`,
  );
  await rig.write('library/pool.md', page);
  await rig.write('library/slow.md', slow);
  await rig.write('library/broken.md', '# Broken\n\n## Steps\n\n```sh {timout=3s}\ntrue\n```\n');
  const served = await Served.start(rig, [], { AM_TOKEN: 'right' });
  return { rig, mails, served };
}

async function tell({ origin }: Served, instance: string): Promise<void> {
  const alert = {
    status: 'firing',
    labels: { alertname: 'PoolFull', instance },
    annotations: {},
    startsAt: '2026-11-29T10:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: instance === 'db7' ? 'a1b2c3d4e5f60718' : 'ffff000011112222',
  };
  const { status } = await fetch(`${origin}/hooks/prod`, {
    method: 'POST',
    headers: { Authorization: 'Bearer right' },
    body: JSON.stringify({ version: '4', groupKey: '{}', status: 'firing', receiver: 'r', alerts: [alert] }),
  });
  expect(status).toBe(202);
}

async function answer(served: Served, run: string, who: 'ann' | 'bob', fields: Record<string, string>) {
  const { text } = await served.get(run, who);
  return served.post(`${run}/answers`, { ...hiddenFields(text), ...fields }, who);
}

it('tells what a run waits with in words of its own, with the values that the text names', async () => {
  const { served } = await serving();
  const run = await served.startRun('pool.md', { BUDDY: 'dora <b>' });
  const asked = await served.until(run, /Waits for an answer/, 'bob');
  expect(asked).toContain(
    '<tr><th scope="row"><code>HOST</code></th><td>db1</td></tr>\n<tr><th scope="row"><code>BUDDY</code></th><td>dora &lt;b&gt;</td></tr>',
  );
  expect(asked).toContain('</span> <span class="status">paused</span>: a person has something to do</p>');
  expect(asked).toContain(
    '<button name="word" value="skip" aria-describedby="does-skip">skip</button><span class="hint" id="does-skip">goes on without it; say why in the note</span>',
  );
  const refused = await answer(served, run, 'bob', { word: 'done', item: '0' });
  expect([refused.status, refused.text]).toEqual([
    409,
    expect.stringContaining(
      `<p class="notice alert" role="alert">1 of 2 items are not ticked.</p><p><a href="${run}">Back to the run</a></p>`,
    ),
  ]);
  expect((await served.get(run, 'bob')).text).toContain('1 of 2 items ticked');
  expect((await answer(served, run, 'bob', { word: 'done', item: '1' })).status).toBe(303);
  expect(await served.until(run, /Waits for approval/, 'ann')).toMatch(
    /<th scope="row">Asked for by<\/th><td>\w+@\S+<\/td><\/tr>\n<tr><th scope="row">Because of<\/th><td>a start by bob on the page<\/td>/,
  );
  expect((await answer(served, run, 'ann', { type: 'approve' })).status).toBe(303);
  const failed = await served.until(run, /it failed/, 'bob');
  const [, question = ''] = /<form class="box"([\s\S]*?)<\/form>/.exec(failed) ?? [];
  expect(question).toContain('it did not go away it did not');
  expect(question).toContain('>undoes what was done so far</span>');
  const list = (await served.get('/runs', 'eve')).text;
  expect(list).toContain(
    `<a href="${run}">Free the pool</a> <span class="under">${run.slice(6)}</span></td><td><span class="mark is-waiting" aria-hidden="true">●</span> <span class="status">paused</span>: a step failed</td>`,
  );
  expect(list).toContain(' UTC</time> <span class="under">bob</span></td>');
});

describeWith(['chromium'], 'every page in a browser', () => {
  it('keeps the rules of accessibility on both grounds, and fits a phone', async () => {
    const { rig, mails, served } = await serving();
    const slowRun = await served.startRun('slow.md');
    const waiting = await served.startRun('pool.md');
    await served.until(waiting, /Waits for an answer/);
    const asked = await served.startRun('pool.md');
    await served.until(asked, /Waits for an answer/);
    await answer(served, asked, 'bob', { word: 'tick' });
    await answer(served, asked, 'bob', { word: 'done' });
    await served.until(asked, /Waits for approval/);
    await expect.poll(() => mails.length, { timeout: 30_000 }).toBe(1);
    const [, link = ''] =
      /http:\S+(\/answer\/[\w-]{43})/.exec(mails[0]?.text.replaceAll('=\n', '') ?? '') ?? [];
    const failed = await served.startRun('pool.md');
    await served.until(failed, /Waits for an answer/);
    await answer(served, failed, 'bob', { word: 'skip', note: 'they know' });
    await served.until(failed, /Waits for approval/);
    await answer(served, failed, 'ann', { type: 'approve' });
    await served.until(failed, /it failed/);
    await tell(served, 'db7');
    await tell(served, '$(reboot)');
    await rig.exec('sh', ['-c', 'until test -e library/started; do sleep 0.05; done']);
    const doubtful = await served.startRun('slow.md');
    // A run that is killed before its block has begun is not in doubt.
    await rig.exec('sh', ['-c', 'until test "$(wc -l < library/started)" = 2; do sleep 0.05; done']);
    await rig.exec('pkill', ['-KILL', '-f', `run.*${doubtful.slice(6)}`]);
    await served.until(doubtful, /how it ended is not known/);

    const browser = await KeyboardBrowser.open();
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      for (const [width, ground, rules] of [
        [390, 'dark', 'all'],
        [820, 'light', ['color-contrast']],
      ] as const) {
        await browser.look(width, ground);
        const faults = await browser.faults(rules);
        if (faults.length > 0) found[`${name} ${width} ${ground}`] = faults;
      }
    };
    const open = async (path: string, words: RegExp): Promise<void> => {
      await browser.open(`${served.origin}${path}`, words);
      await look(path);
    };
    await open('/sign-in', /Token/);
    await browser.tabTo(/^Token/);
    await browser.type('wrong');
    await browser.enter();
    await browser.until(/not known/);
    await look('a wrong token');
    await open(link, /You answer as ann/);
    await open(`/answer/${'x'.repeat(43)}`, /There is no such link/);
    await browser.open(`${served.origin}/sign-in`, /Token/);
    await browser.tabTo(/^Token/);
    await browser.type(served.token);
    await browser.enter();
    await browser.until(/Free the pool/);
    for (const [path, words] of [
      ['/runs', /a step failed/],
      [slowRun, /a process works on it/],
      [waiting, /What is done/],
      [asked, /Waits for approval/],
      [failed, /it failed/],
      [doubtful, /how it ended is not known/],
      [`${failed}/hand-over`, /How to go on/],
      ['/library', /1 error: not run/],
      ['/library/broken.md', /It cannot be started/],
      ['/library/pool.md', /Which sessions end/],
      ['/events', /rejected/],
      ['/events/1', /As it came/],
      ['/events/2', /rejected/],
      ['/statistics', /Cost by month/],
      ['/nothing', /no such page/],
      ['/runs/20260101-000000-aaaa', /no such page/],
    ] as const)
      await open(path, words);
    await browser.open(`${served.origin}/library/pool.md`, /Start the run/);
    await browser.tabTo(/^HOST$/);
    await browser.type('DB 1');
    await browser.enter();
    await browser.until(/Not started/);
    await look('a refused start');
    expect(found).toEqual({});
    await rig.write('library/go', '');
  });
});
