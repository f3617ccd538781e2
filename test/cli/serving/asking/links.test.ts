// Tests links by which people answer who are not signed in: whom they are sent to, what they show, and when they count.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLinkPort } from '../../../../src/cli/serving/asking/create-link-port.ts';
import { markHandedOver } from '../../../../src/engine/journal/handed-over.ts';
import { type Mail, mailServer } from '../../../surfaces/notify/channels/mail-server.ts';
import { askedServer, gatedPage } from './asked-server.ts';

const people = `  ann: { roles: [approver], mail: ann@example.org }
  bob: { roles: [approver], mail: bob@example.org }
  eve: { roles: [viewer, operator], mail: eve@example.org }
`;
const settingsOf = (port: number, known = people): string =>
  `people:\n${known}proxy: { header: X-User, from: [127.0.0.1] }\nmail: { smtp: 'smtp://127.0.0.1:${port}', from: runbooks@example.org }\n`;

/** The text of a mail, whose lines may be wrapped on their way. */
const decoded = (text: string): string =>
  text.replaceAll('=\n', '').replaceAll('=3D', '=').replaceAll('=20', ' ');

/** The path of the link in a mail. */
const linkIn = ({ text }: Mail): string =>
  /http:\/\/127\.0\.0\.1:8042(\/answer\/[\w-]{43})\n/.exec(decoded(text))?.[1] ?? text;

it('sends each person whom the gate names one link, which answers once and shows all that the page shows', async () => {
  const { mails, port } = await mailServer();
  const { ask, start, goOn, newAsker, folder, queue, bugs, said } = await askedServer(
    gatedPage(),
    settingsOf(port),
  );
  const run = await start();
  const asker = newAsker();
  await Promise.all([asker.look(), asker.look()]);
  await asker.look();
  // Another server, after the first one has ended.
  await newAsker().look();
  expect(mails.map(({ to, from }) => [to, from])).toEqual([
    [['ann@example.org'], 'runbooks@example.org'],
    [['bob@example.org'], 'runbooks@example.org'],
  ]);
  const [ofAnn = '', ofBob = ''] = mails.map(linkIn);
  const text = mails[0]?.text.split('\n\n').slice(1).join('\n\n') ?? '';
  const known = [
    [/answer\/[\w-]+/, 'answer/…'],
    [run, 'RUN'],
    [/ {4}.* UTC/, '    … UTC'],
    [/by \S+@\S+/, 'by …'],
  ] as const;
  expect(known.reduce((shown, [what, words]) => shown.replace(what, words), decoded(text))).toBe(
    `Free the pool: \`end\` waits for 1 approval from ann or bob; risk: change

Step: Steps
Risk: change
Undo: none is written
Approvers: ann, bob

    echo ended >> log

Look at it, and approve or deny:
    http://127.0.0.1:8042/answer/…
The link is yours alone, and counts once, until:
    … UTC

--${' '}
Free the pool, run RUN
operated by …
`,
  );
  for (let count = 0; count < 3; count += 1) {
    const { status, text: shown, headers } = await ask(ofAnn);
    expect([
      status,
      headers.get('set-cookie'),
      headers.get('referrer-policy'),
      headers.get('cache-control'),
    ]).toEqual([200, null, 'strict-origin', 'no-store']);
    const byPage = await ask(`/runs/${run}`, { who: 'ann' });
    const form = (page: string): string => /<form class="box"[^>]*>([\s\S]*?)<\/form>/.exec(page)?.[1] ?? '';
    expect(form(shown)).toBe(form(byPage.text));
    expect(form(shown)).toContain('echo ended &gt;&gt; log');
    expect([
      shown.includes('41 of 40 in use'),
      shown.includes(ofAnn.slice(8)),
      shown.includes('<nav'),
    ]).toEqual([true, false, false]);
  }
  const answer = (path: string, form: Readonly<Record<string, string>>, headers = {}) =>
    ask(path, { form, headers });
  expect((await answer(ofAnn, { type: 'approve' }, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await answer(ofAnn, { type: 'approve' }, { origin: 'null' })).status).toBe(403);
  expect((await answer(ofAnn, { type: 'stop' })).status).toBe(400);
  const uses = await Promise.all(
    [1, 2, 3].map(() => answer(ofAnn, { type: 'approve', comment: 'seen by <b>' })),
  );
  expect(uses.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  expect(uses.find(({ status }) => status === 200)?.text).toContain(
    '<p class="notice" role="status">Your approval of <code>end</code> was taken, ann.</p>',
  );
  const again = await ask(ofAnn);
  expect([again.status, again.text.includes('It was used before, and counts once.')]).toEqual([410, true]);
  const over = await answer(ofBob, { type: 'deny' });
  expect([over.status, over.text.includes('What it asks for is not waited for any more')]).toEqual([
    410,
    true,
  ]);
  await goOn(run, 0);
  expect(readFileSync(join(folder, 'library', 'log'), 'utf8')).toBe('ended\n');
  const shown = (await ask(`/runs/${run}`, { who: 'eve' })).text;
  expect(shown).toContain('<tr><th scope="row">approved by</th><td>ann (link)</td></tr>');
  expect(shown).toContain('seen by &lt;b&gt;');
  // The token is with who was sent it, and nowhere else.
  const journal = readFileSync(join(folder, 'state', 'runs', run, 'journal.ndjson'), 'utf8');
  const kept = JSON.stringify(await queue.mark(`asked ${run}`));
  for (const token of [ofAnn, ofBob].map((path) => path.slice('/answer/'.length)))
    expect([shown, journal, kept, said.join()].filter((place) => place.includes(token))).toEqual([]);
  await asker.look();
  expect([mails.length, bugs, said]).toEqual([2, [], []]);
});

it('says of a link that is worth nothing why that is so, and lets nobody guess one', async () => {
  const { mails, port } = await mailServer();
  const gate = ', count: 2, timeout: 30h';
  const {
    ask,
    start,
    goOn,
    newAsker,
    pass,
    queue,
    port: web,
    folder,
    bugs,
  } = await askedServer(gatedPage(gate), settingsOf(port));
  const run = await start();
  const asker = newAsker();
  await asker.look();
  const [ofAnn = '', ofBob = ''] = mails.map(linkIn);
  const sayings = async (path: string, form?: Readonly<Record<string, string>>) => {
    const { status, text } = await ask(path, form && { form });
    return [status, /<p class="notice" role="status">(.*?)<\/p>/.exec(text)?.[1]];
  };
  // Nobody who was not sent it: the gate names eve no more than the mail does.
  expect(mails.flatMap(({ to }) => to)).toEqual(['ann@example.org', 'bob@example.org']);
  const digest = async () =>
    /name="digest" value="(\w+)"/.exec((await ask(`/runs/${run}`, { who: 'bob' })).text)?.[1] ?? '';
  const approveOnPage = async (): Promise<void> => {
    const form = { type: 'approve', address: 'end', digest: await digest() };
    expect((await ask(`/runs/${run}/answers`, { who: 'ann', form })).status).toBe(303);
  };
  // Ann answers on the page, and her link says so.
  const first = await digest();
  await approveOnPage();
  expect((await ask(ofAnn)).text).toContain('<p class="notice"><code>ann</code> has approved already</p>');
  await asker.look();
  expect(mails.length).toBe(2);
  // The page is edited, and who resumes takes that: what was agreed to is void, and asked for anew.
  writeFileSync(join(folder, 'library', 'pool.md'), gatedPage(gate, 'echo other >> log'));
  expect((await sayings(ofBob, { type: 'approve' }))[0]).toBe(200);
  await goOn(run, 5, '--changed', 'take');
  expect((await digest()) === first).toBe(false);
  const changed =
    'What is to be approved has changed since, and is asked for anew: there is another link for that.';
  expect([await sayings(ofAnn), await sayings(ofAnn, { type: 'approve' })]).toEqual([
    [410, changed],
    [410, changed],
  ]);
  await asker.look();
  const [newForAnn = '', newForBob = ''] = mails.slice(2).map(linkIn);
  await approveOnPage();
  // The run decides, and its word uses the link up.
  expect(await sayings(newForAnn, { type: 'approve' })).toEqual([
    409,
    '<code>ann</code> has approved already.',
  ]);
  expect(await sayings(newForAnn, { type: 'approve' })).toEqual([
    410,
    'It was used before, and counts once.',
  ]);
  const gone = createLinkPort({
    ...{ queue, port: web, now: () => Date.now() },
    people: { ann: { roles: ['viewer'] }, bobby: { roles: ['approver'] } },
  });
  expect(await gone.look(newForBob.slice('/answer/'.length))).toEqual({
    type: 'over',
    message: 'It is for somebody whom this server does not know as an approver any more.',
  });
  pass(31 * 3_600_000);
  expect([await sayings(newForBob), await sayings(newForBob, { type: 'approve' })]).toEqual([
    [410, 'Its time is over.'],
    [410, 'Its time is over.'],
  ]);
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, at) => ask(`/answer/${String(at).padStart(43, 'A')}`)),
  );
  expect(guesses.map(({ status }) => status)).toEqual([...Array(10).fill(404), 429, 429]);
  // Who has a right one is not shut out by that.
  expect((await sayings(newForBob))[0]).toBe(410);
  pass(61_000);
  const wrong = await ask('/answer/short', { form: { type: 'approve' } });
  expect([wrong.status, wrong.text.includes('Look whether all of its address was copied.')]).toEqual([
    404,
    true,
  ]);
  expect(bugs).toEqual([]);
});

it('tries again what a mail server did not take, until nobody waits for it any more', async () => {
  let isDown = true;
  const { mails, port } = await mailServer({
    onMailFrom: (_address, _session, done) =>
      done(isDown ? Object.assign(new Error('not now'), { responseCode: 451 }) : null),
  });
  const { ask, start, newAsker, pass, said } = await askedServer(gatedPage(), settingsOf(port));
  const run = await start();
  const asker = newAsker();
  await asker.look();
  await asker.look();
  const failed = (name: string): string =>
    `run ${run}: ${name} (mail) could not be asked: it refused the mail: Mail command failed: 451 not now; it is tried again`;
  expect(said).toEqual([failed('ann'), failed('bob')]);
  pass(11_000);
  await asker.look();
  expect(said.length).toBe(4);
  isDown = false;
  pass(11_000);
  await asker.look();
  expect(mails.length).toBe(0);
  const digest =
    /name="digest" value="(\w+)"/.exec((await ask(`/runs/${run}`, { who: 'bob' })).text)?.[1] ?? '';
  const form = { type: 'deny', address: 'end', digest };
  expect((await ask(`/runs/${run}/answers`, { who: 'bob', form })).status).toBe(303);
  pass(60_000);
  await asker.look();
  expect([mails, said.length]).toEqual([[], 4]);
});

it('asks nobody for what is over by the clock when it comes to it', async () => {
  const { mails, port } = await mailServer();
  const { start, newAsker, pass, said } = await askedServer(gatedPage(', timeout: 5m'), settingsOf(port));
  await start();
  pass(6 * 60_000);
  await newAsker().look();
  expect([mails, said]).toEqual([[], []]);
});

it('asks nobody for a run that was handed over', async () => {
  const { mails, port } = await mailServer();
  const { start, newAsker, store, said } = await askedServer(gatedPage(), settingsOf(port));
  const run = await start();
  const found = store.find(run);
  if (!found.ok) throw new Error('no run');
  markHandedOver(found.value.folder, { by: 'ann@desk', at: '2026-01-01T00:00:00.000Z', bundle: '/tmp/x' });
  await newAsker().look();
  expect([mails, said]).toEqual([[], []]);
});
