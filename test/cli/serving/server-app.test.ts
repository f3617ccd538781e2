// Tests the paths of a server: what each gives to whom, and what is never taken.
import { expect, it } from 'vitest';
import { digestOf } from '../../../src/cli/serving/shelf/request-of.ts';
import { type Asking, openServer, ownerToken } from './open-server.ts';

const people = `people:
  ann: { roles: [viewer, approver] }
  bob: { roles: [viewer, operator], slack: U0BOB }
  eve: { roles: [viewer] }
proxy: { header: X-User, from: [127.0.0.1] }
`;

const pool = `---
inputs:
  HOST: { required: true, pattern: '^[a-z0-9.-]+$' }
  PASSWORD: { secret: { env: POOL_PASSWORD } }
on:
  alertmanager: { match: { alertname: PoolFull } }
---

# Free the pool

## Steps

\`\`\`sh
true
\`\`\`
`;

const elsewhere =
  '---\nrun-on: dmz\non:\n  webhook: { match: { kind: dmz } }\n---\n\n# Elsewhere\n\n## Steps\n\n```sh\ntrue\n```\n\n- [ ] open\n- [x] ticked\n\n| a |\n|---|\n| b |\n';

it('keeps who may do what, on pages and for programs', async () => {
  const { ask, bugs } = await openServer({ 'pool.md': pool, 'elsewhere.md': elsewhere }, people);
  const statusOf = async (path: string, asking: Asking = {}) => (await ask(path, asking)).status;
  const table: readonly (readonly [path: string, asking: Asking, status: number])[] = [
    ['/runs', {}, 303],
    ['/runs', { who: 'eve' }, 200],
    ['/runs', { who: 'mallory' }, 303],
    ['/runs', { who: 'eve', headers: { 'x-from': '10.0.0.9' } }, 303],
    ['/runs', { who: 'eve', headers: { 'x-from': '::ffff:127.0.0.1' } }, 200],
    ['/runs', { who: 'eve', headers: { host: 'evil.example' } }, 421],
    ['/start', { who: 'eve', form: { path: 'pool.md' } }, 403],
    ['/start', { who: 'bob', form: { path: 'none.md' } }, 404],
    ['/start', { who: 'bob', form: { path: '../serve.yaml' } }, 404],
    ['/start', { who: 'bob', form: { path: 'pool.md' } }, 422],
    ['/start', { who: 'bob', form: { path: 'pool.md', 'input.HOST': 'db1' } }, 303],
    [
      '/start',
      { who: 'bob', form: { path: 'pool.md', 'input.HOST': 'db1' }, headers: { origin: 'null' } },
      403,
    ],
    ['/start', { form: { path: 'pool.md' } }, 401],
    ['/runs/20260101-000000-aaaa', { who: 'eve' }, 404],
    ['/runs/20260101-000000-aaaa/changes', { who: 'eve' }, 404],
    ['/runs/20260101-000000-aaaa/hand-over', { who: 'eve' }, 404],
    ['/runs/20260101-000000-aaaa/answers', { who: 'bob', form: { type: 'pause' } }, 404],
    ['/runs/20260101-000000-aaaa/answers', { who: 'eve', form: { type: 'pause' } }, 403],
    ['/runs/20260101-000000-aaaa/answers', { who: 'bob', form: { type: 'become' } }, 400],
    [
      '/runs/20260101-000000-aaaa/answers',
      { who: 'bob', form: { type: 'approve', address: 'a', digest: 'b' } },
      403,
    ],
    ['/runs/20260101-000000-aaaa/answers', { who: 'ann', form: { type: 'stop' } }, 403],
    ['/events/7', { who: 'eve' }, 404],
    ['/events/7/replay', { who: 'bob', form: {} }, 404],
    ['/events/7/replay', { who: 'eve', form: {} }, 403],
    ['/api/v1/runs', {}, 401],
    ['/api/v1/runs', { who: 'ann' }, 401],
    ['/api/v1/runs', { token: 'wrong' }, 401],
    ['/api/v1/runs', { token: ownerToken }, 200],
    ['/api/v1/runs?status=ended&limit=500', { token: ownerToken }, 200],
    ['/api/v1/runs?status=foo', { token: ownerToken }, 400],
    ['/api/v1/runs?limit=501', { token: ownerToken }, 400],
    ['/api/v1/runs?limit=0', { token: ownerToken }, 400],
    ['/api/v1/runs?limit=all', { token: ownerToken }, 400],
    ['/api/v1/runs/20260101-000000-aaaa', { token: ownerToken }, 404],
    ['/api/v1/runs', { token: ownerToken, json: { path: 'pool.md' } }, 422],
    ['/api/v1/runs', { token: ownerToken, json: { path: 7 } }, 400],
    ['/api/v1/runs', { token: ownerToken, json: [] }, 400],
    ['/api/v1/runs', { token: ownerToken, json: { path: 'pool.md', inputs: { HOST: 'db2' } } }, 409],
    ['/api/v1/runs/20260101-000000-aaaa/answers', { token: ownerToken, json: { type: 'stop' } }, 404],
    ['/api/v1/runs/20260101-000000-aaaa/answers', { token: ownerToken, json: { type: 'answer' } }, 400],
    ['/api/v1/openapi.json', {}, 200],
    ['/hooks/none', { json: {} }, 404],
  ];
  const came: (readonly [string, Asking, number])[] = [];
  for (const [path, asking] of table) came.push([path, asking, await statusOf(path, asking)]);
  expect(came).toEqual(table);
  expect(bugs).toEqual([]);
});

it('takes no secret from a page or a program, and says where it comes from', async () => {
  const { ask, queue } = await openServer({ 'pool.md': pool }, people);
  const words = 'PASSWORD is a secret, which the server gets from where the runbook says.';
  const byForm = await ask('/start', {
    who: 'bob',
    form: { path: 'pool.md', 'input.HOST': 'db1', 'input.PASSWORD': 'hunter2' },
  });
  expect([byForm.status, byForm.text.includes(words), byForm.text.includes('hunter2')]).toEqual([
    422,
    true,
    false,
  ]);
  const json = { path: 'pool.md', inputs: { HOST: 'db1', PASSWORD: 'hunter2' } };
  const byProgram = await ask('/api/v1/runs', { token: ownerToken, json });
  expect([byProgram.status, JSON.parse(byProgram.text)]).toEqual([422, { status: 422, detail: words }]);
  expect((await queue.runs({}, { limit: 10 })).entries).toEqual([]);
});

it('chooses nothing in a form that neither the page nor a person has chosen', async () => {
  const inputs = [
    'TARGET: { choices: [production, staging], required: true }',
    'FLAVOUR: { choices: [a, b] }',
    'FORCE: { type: boolean }',
    'REGION: { choices: [eu, us], default: us }',
  ];
  const { ask } = await openServer(
    { 'a.md': `---\ninputs:\n  ${inputs.join('\n  ')}\n---\n\n# A\n\n## Steps\n\n\`\`\`sh\ntrue\n\`\`\`\n` },
    people,
  );
  const fields = ({ text }: { readonly text: string }) =>
    [...text.matchAll(/<select id="input-(\w+)"[^>]*?( required)?>(.*?)<\/select>/g)].map((found) =>
      found.slice(1),
    );
  const nothing = '<option value=""></option>';
  const regions = ['REGION', undefined, '<option >eu</option><option selected>us</option>'];
  expect(fields(await ask('/library/a.md', { who: 'bob' }))).toEqual([
    ['TARGET', ' required', `${nothing}<option >production</option><option >staging</option>`],
    ['FLAVOUR', undefined, `${nothing}<option >a</option><option >b</option>`],
    ['FORCE', undefined, `${nothing}<option >true</option><option >false</option>`],
    regions,
  ]);
  const form = {
    path: 'a.md',
    'input.TARGET': '',
    'input.FLAVOUR': 'b',
    'input.FORCE': '',
    'input.REGION': 'us',
  };
  expect(fields(await ask('/start', { who: 'bob', form }))).toEqual([
    ['TARGET', ' required', `${nothing}<option >production</option><option >staging</option>`],
    ['FLAVOUR', undefined, `${nothing}<option >a</option><option selected>b</option>`],
    ['FORCE', undefined, `${nothing}<option >true</option><option >false</option>`],
    regions,
  ]);
});

it('starts one run by a form or a request that is sent twice', async () => {
  const free = '---\nconcurrency: allow\ninputs:\n  N: {}\n---\n\n# A\n\n## Steps\n\n```sh\ntrue\n```\n';
  const { ask, queue } = await openServer({ 'a.md': free }, people);
  const formKey = async () =>
    /name="key" value="([^"]+)"/.exec((await ask('/library/a.md', { who: 'bob' })).text)?.[1] ?? '';
  const [key, another] = [await formKey(), await formKey()];
  const send = async (form: Readonly<Record<string, string>>, who = 'bob') =>
    (await ask('/start', { who, form: { path: 'a.md', ...form } })).headers.get('location')?.slice(6);
  const program = async (idempotencyKey: string, inputs: Readonly<Record<string, string>>) => {
    const headers = { 'idempotency-key': idempotencyKey };
    const { text } = await ask('/api/v1/runs', {
      token: ownerToken,
      headers,
      json: { path: 'a.md', inputs },
    });
    return JSON.parse(text).run;
  };
  const came = [
    await send({ key, 'input.N': '1' }),
    await send({ key, 'input.N': '1' }),
    // Gone back to, and changed.
    await send({ key, 'input.N': '2' }),
    await send({ key: another, 'input.N': '1' }),
    await program('deploy-7', { N: '1' }),
    await program('deploy-7', { N: '1' }),
    await program('deploy-8', { N: '1' }),
  ];
  const runs = (await queue.runs({}, { limit: 10 })).entries.map(({ id }) => String(id)).reverse();
  expect([came.map((run) => runs.indexOf(run)), runs.length]).toEqual([[0, 0, 1, 2, 3, 3, 4], 5]);
});

it('takes an emptied field for no value, and an empty one for nothing said', async () => {
  const inputs = '  NODE: { default: db1 }\n  SIZE: { default: "3", pattern: "[0-9]+" }\n  NOTE: {}\n';
  const page = `---\nconcurrency: allow\ninputs:\n${inputs}---\n\n# A\n\n## Steps\n\n\`\`\`sh\ntrue\n\`\`\`\n`;
  const { ask, queue } = await openServer({ 'a.md': page }, people);
  const send = (form: Readonly<Record<string, string>>) =>
    ask('/start', { who: 'bob', form: { path: 'a.md', 'input.NOTE': '', ...form } });
  const started = await send({ 'input.NODE': '', 'input.SIZE': '4' });
  const refused = await send({ 'input.NODE': 'db1', 'input.SIZE': '' });
  expect([started.status, refused.status, /role="alert">(.*?)<\/p>/.exec(refused.text)?.[1]]).toEqual([
    303,
    422,
    'Not started: input <code>SIZE</code>: expected a match of /[0-9]+/; got nothing.',
  ]);
  expect((await queue.runs({}, { limit: 10 })).entries.map((run) => run.inputs)).toEqual([
    { NODE: '', SIZE: '4' },
  ]);
});

it('takes JSON of programs in whatever form they say that it is', async () => {
  const { ask } = await openServer({ 'pool.md': pool }, people);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { path: 'pool.md', inputs: { HOST: 'db1' } };
  expect((await ask('/api/v1/runs', { token: ownerToken, headers, json })).status).toBe(202);
  expect((await ask('/api/v1/runs', { headers, json })).status).toBe(401);
});

it('says of a start that it was left to a run that is there', async () => {
  const page = '---\nconcurrency: { when-full: coalesce }\n---\n\n# A\n\n## Steps\n\n```sh\ntrue\n```\n';
  const { ask } = await openServer({ 'a.md': page }, people);
  const start = async () =>
    JSON.parse((await ask('/api/v1/runs', { token: ownerToken, json: { path: 'a.md' } })).text);
  const { run } = await start();
  expect(await start()).toEqual({ run, joined: true });
  const { status, text } = await ask('/start', { who: 'bob', form: { path: 'a.md' } });
  expect([status, /<p class="notice alert" role="alert">(.*?)<\/p>/.exec(text)?.[1]]).toEqual([
    409,
    `No run was started: <code>${run}</code> is there already, with its own inputs, and it is left to that one.`,
  ]);
  expect(text).toContain(`<a href="/runs/${run}">The run that is there</a>`);
});

it('takes no run that is for the workers of others', async () => {
  const settings = `${people}queues: [default, databases]\nendpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`;
  const { ask, queue } = await openServer({ 'elsewhere.md': elsewhere }, settings);
  const words = 'its runs are for workers of `dmz`, and those of this server take `default` and `databases`';
  const { status, text } = await ask('/api/v1/runs', { token: ownerToken, json: { path: 'elsewhere.md' } });
  expect([status, JSON.parse(text)]).toEqual([422, { status: 422, detail: `Not here: ${words}.` }]);
  const headers = { authorization: `Bearer ${process.env.HOME}` };
  const told = await ask('/hooks/own', { json: { id: '1', kind: 'dmz', labels: { kind: 'dmz' } }, headers });
  expect([told.status, JSON.parse(told.text).runs]).toEqual([202, []]);
  const [event] = (await queue.events({}, { limit: 1 })).entries;
  expect(event?.rounds.map(({ decided }) => decided)).toEqual([
    [
      {
        ...{ rule: 'on[0]', type: 'rejected', reason: words },
        runbook: expect.objectContaining({ path: 'elsewhere.md' }),
      },
    ],
  ]);
});

it('lets nobody guess a token, and shuts out nobody who has it', async () => {
  const { ask, pass } = await openServer({}, '');
  const statusOf = async (token: string, from = '127.0.0.1') =>
    (await ask('/api/v1/runs', { token, headers: { 'x-from': from } })).status;
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) statuses.push(await statusOf(`wrong${attempt}`));
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  expect(await statusOf(ownerToken)).toBe(200);
  expect(await statusOf('wrong', '10.0.0.9')).toBe(401);
  expect((await ask('/sign-in', { form: { token: 'wrong' } })).status).toBe(429);
  pass(61_000);
  expect(await statusOf('wrong')).toBe(401);
});

it('remembers by which way a program has started and stopped a run that waits for its turn', async () => {
  const page =
    '---\nconcurrency: { limit: 1, when-full: queue }\n---\n\n# A\n\n## Steps\n\n```sh\ntrue\n```\n\n- [ ] open\n- [x] ticked\n\n| a |\n|---|\n| b |\n';
  const { ask, queue, library } = await openServer({ 'a.md': page }, people);
  const { text } = await ask('/api/v1/runs', { token: ownerToken, json: { path: 'a.md' } });
  const { run } = JSON.parse(text);
  const shelved = library.find('a.md');
  expect(await queue.run(run)).toEqual(
    expect.objectContaining({
      ...{ id: run, status: 'queued', may: 'change', runOn: 'default' },
      origin: { type: 'person', person: 'owner', via: 'api' },
      runbook: { repository: library.folder, path: 'a.md', digest: shelved && digestOf(shelved) },
    }),
  );
  const shown = await ask(`/runs/${run}`, { who: 'bob' });
  expect([shown.status, shown.text.includes('Stop it now'), shown.text.includes('Pause after')]).toEqual([
    200,
    true,
    false,
  ]);
  expect((await ask(`/runs/${run}`, { who: 'eve' })).text).not.toContain('Stop it now');
  const stopped = await ask(`/runs/${run}/answers`, { who: 'bob', form: { type: 'stop' } });
  expect([stopped.status, stopped.headers.get('location')]).toEqual([303, `/runs/${run}`]);
  expect(await queue.run(run)).toEqual(
    expect.objectContaining({ status: 'cancelled', reason: 'stopped by bob' }),
  );
});

it('lists a run also while a worker has taken it and not begun it', async () => {
  const { ask, queue } = await openServer({ 'a.md': '# A\n\n## Steps\n\n```sh\ntrue\n```\n' }, people);
  const { text } = await ask('/api/v1/runs', { token: ownerToken, json: { path: 'a.md' } });
  const { run } = JSON.parse(text);
  const listed = async () => {
    const page = (await ask('/runs', { who: 'bob' })).text;
    return /<span class="status">([^<]+)/.exec(page.slice(page.indexOf(`/runs/${run}`)))?.[1];
  };
  expect(await listed()).toBe('queued');
  expect(await queue.claim('worker', ['default'], Date.parse('2026-11-29T10:00:01Z'))).toMatchObject({
    run: { id: run, status: 'running' },
  });
  expect((await ask('/runs', { who: 'bob' })).text).toContain(`/runs/${run}`);
  expect(await listed()).toBe('running');
});

it('shows of a run that has not begun for whom it is to begin, and with what', async () => {
  const page = `---
on:
  webhook: { match: { kind: full }, quiet: { then: ask } }
inputs:
  HOST: { from: event.host, pattern: '[a-z0-9<>]+' }
---

# A

## Steps

\`\`\`sh
true
\`\`\`
`;
  const settings = `${people}endpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`;
  const { ask } = await openServer({ 'a.md': page }, settings);
  const headers = { authorization: `Bearer ${process.env.HOME}` };
  const told = await ask('/hooks/own', { json: { kind: 'full', host: '<b>1', title: 'Full' }, headers });
  const [run] = JSON.parse(told.text).runs;
  const said = async () => {
    const { text } = await ask(`/runs/${run}`, { who: 'bob' });
    return text
      .slice(text.indexOf('<main'))
      .replaceAll(/<[^>]*>|\s+/g, ' ')
      .replaceAll(/ +/g, ' ')
      .trim();
  };
  const why = 'it is within the quiet hours of UTC, in which a person is asked first';
  const facts = `run ${run} runbook a.md asked for 2026-11-29 10:00:00 UTC inputs HOST=&lt;b&gt;1`;
  expect(await said()).toBe(
    `a.md ● waits for permission Because of webhook event 1: Full (on[0]) Waits for an answer ${why}; may the run begin? Note, for the record begin it runs as if it had just been asked for drop it is not run Stop the run Nothing is undone by it. Stop it now It has not begun: ${why}. ${facts}`,
  );
  const form = { type: 'answer', question: 'may-begin', word: 'begin', note: 'INC-7' };
  expect((await ask(`/runs/${run}/answers`, { who: 'bob', form })).status).toBe(303);
  // What starts it is recorded when it begins.
  expect(await said()).toBe(
    `a.md · queued Because of webhook event 1: Full (on[0]), which bob (INC-7) let begin Stop the run Nothing is undone by it. Stop it now It has not begun: bob (INC-7) lets it begin. ${facts}`,
  );
});

it('leads from page to page through all runs that wait for their turn, newest first', async () => {
  const free = '---\nconcurrency: allow\n---\n\n# A\n\n## Steps\n\n```sh\ntrue\n```\n';
  const { ask, pass } = await openServer({ 'a.md': free }, people);
  const begun: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    pass(1_000);
    const { text } = await ask('/api/v1/runs', { token: ownerToken, json: { path: 'a.md' } });
    begun.push(JSON.parse(text).run);
  }
  const pages: string[][] = [];
  for (let query = 'limit=2'; pages.at(-1)?.length !== 0; query = `limit=2&before=${pages.at(-1)?.at(-1)}`) {
    const { text } = await ask(`/api/v1/runs?status=open&${query}`, { token: ownerToken });
    pages.push(JSON.parse(text).runs.map(({ id }: { readonly id: string }) => id));
  }
  const [one = '', two = '', three = '', four = '', five = ''] = begun;
  expect(pages).toEqual([[five, four], [three, two], [one], []]);
});

it('renders what an author has written, one heading lower and without their tags', async () => {
  const text =
    '---\ntitle: T\n---\n\n# One\n\n###### Six\n\n<b onclick="x()">bold</b> `<h1>code</h1>`\n\n## Steps\n\n```sh\ntrue\n```\n\n- [ ] open\n- [x] ticked\n\n| a |\n|---|\n| b |\n';
  const { ask } = await openServer({ 'a.md': text }, people);
  const { text: shown } = await ask('/library/a.md', { who: 'eve' });
  expect(/<article>([\s\S]*?)<\/article>/.exec(shown)?.[1]).toBe(
    '<h2>One</h2>\n<h6>Six</h6>\n<p>bold <code>&#x3C;h1>code&#x3C;/h1></code></p>\n<h3>Steps</h3>\n<pre tabindex="0"><code class="language-sh">true\n</code></pre>\n<ul class="contains-task-list">\n<li class="task-list-item">☐ open</li>\n<li class="task-list-item">☑ ticked</li>\n</ul>\n<div class="wide" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>',
  );
});

it('keeps no secret of a sender', async () => {
  const { ask, queue, bugs } = await openServer(
    {},
    `${people}endpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`,
  );
  const home = process.env.HOME ?? '';
  const headers = { authorization: `Bearer ${home}` };
  const told = await ask('/hooks/own', { json: { id: '1', told: home }, headers });
  expect([told.status, bugs]).toEqual([202, []]);
  const { raw } = (await queue.event(1)) ?? {};
  expect(new TextDecoder().decode(raw)).toBe('{"id":"1","told":"***"}');
  expect((await ask('/hooks/own', { json: {}, headers: { authorization: 'Bearer wrong' } })).status).toBe(
    401,
  );
});

it('keeps what is too large to be read where its proof is right, so that it is not told for ever', async () => {
  const settings = `${people}endpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`;
  const { ask, queue, bugs } = await openServer({}, settings);
  const json = { fill: 'x'.repeat(1_100_000) };
  const tell = (secret: string | undefined) =>
    ask('/hooks/own', { json, headers: { authorization: `Bearer ${secret}` } });
  expect([(await tell('wrong')).status, (await tell(process.env.HOME)).status, bugs]).toEqual([401, 202, []]);
  const { entries } = await queue.events({}, { limit: 9 });
  expect(entries.map(({ told }) => told)).toEqual([
    { type: 'unreadable', endpoint: 'own', source: 'webhook', reason: 'the body is larger than 1 MiB' },
  ]);
});

it('has a sender tell once more what could not be kept, and says so without a stack', async () => {
  const settings = `${people}endpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`;
  const { ask, bugs, queue } = await openServer({}, settings);
  await queue.close();
  const headers = { authorization: `Bearer ${process.env.HOME}` };
  const { status, text } = await ask('/hooks/own', { json: { id: '1' }, headers });
  expect([status, text, bugs]).toEqual([503, expect.stringMatching(/^not now: .*\n$/), []]);
});

it('says in the form that is asked for that nothing can be kept now, and that it is not ready', async () => {
  const { ask, bugs, queue, pass } = await openServer({ 'a.md': '# A\n' }, people);
  expect((await ask('/readyz')).status).toBe(200);
  await queue.close();
  pass(5_000);
  const asked = async (path: string, how: object) => {
    const { status, text, headers } = await ask(path, how);
    return [status, headers.get('content-type'), text];
  };
  expect([
    await asked('/readyz', {}),
    await asked('/metrics', {}),
    await asked('/runs', { who: 'bob' }),
    await asked('/api/v1/runs', { token: ownerToken }),
    bugs,
  ]).toEqual([
    [503, expect.stringMatching(/^text\/plain/), 'the queue was closed\n'],
    [503, expect.stringMatching(/^text\/plain/), expect.stringMatching(/^not now: .*\n$/)],
    [
      503,
      expect.stringMatching(/^text\/html/),
      expect.stringContaining('<p class="notice alert" role="alert">'),
    ],
    [503, 'application/problem+json', expect.stringMatching(/^\{"status":503,"detail":"not now: /)],
    [],
  ]);
});

it('counts what came of events', async () => {
  const rule = 'on: { webhook: { match: { type: full } } }';
  const settings = `${people}endpoints:\n  own: { type: webhook, secret: { env: HOME } }\n`;
  const { ask } = await openServer(
    { 'a.md': `---\n${rule}\n---\n\n# A\n\n\`\`\`sh\ntrue\n\`\`\`\n` },
    settings,
  );
  const tell = (json: unknown, key: string) =>
    ask('/hooks/own', {
      json,
      headers: { authorization: `Bearer ${process.env.HOME}`, 'idempotency-key': key },
    });
  for (const key of ['1', '1', '2']) await tell({ type: 'full', state: 'firing' }, key);
  await tell({ type: 'empty' }, '3');
  await tell([], '4');
  const { text } = await ask('/metrics');
  expect(text.match(/runsheet_events_total\{.* [1-9]/g)).toEqual([
    'runsheet_events_total{came="queued"} 1',
    'runsheet_events_total{came="joined"} 1',
    'runsheet_events_total{came="no-match"} 1',
    'runsheet_events_total{came="repeated"} 1',
    'runsheet_events_total{came="unreadable"} 1',
  ]);
});
