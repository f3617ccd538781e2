// Tests requests for approval in Slack: their form, whose click counts, and what who clicks is told.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { ok } from '../../../../src/basics/result.ts';
import { answerClicks } from '../../../../src/cli/serving/asking/answer-clicks.ts';
import { reply, slackHook, slackMethods } from '../../../surfaces/notify/channels/strict-services.ts';
import { serve } from '../../../surfaces/notify/local-service.ts';
import { askedServer, gatedPage } from './asked-server.ts';

const secret = process.env.HOME ?? '';
const settingsOf = (url: string, more = ''): string => `people:
  ann: { roles: [approver], slack: U0ANN }
  bob: { roles: [viewer], slack: U0BOB }
  eve: { roles: [viewer, operator, approver], slack: U0EVE }
proxy: { header: X-User, from: [127.0.0.1] }
slack: { channel: '#ops', token: xoxb-1, api: '${url}/api' }
${more}`;
const endpoint = 'endpoints: { chat: { type: slack, secret: { env: HOME } } }\n';

async function slackServer(page: string, more: string) {
  const answer = slackMethods();
  const { received, url } = await serve((response, _count, request) => reply(response, answer(request)));
  const server = await askedServer(page, settingsOf(url, more));
  const posted = () => received.map(({ body }) => JSON.parse(body));
  const press = async (user: string, value: string, { at = Date.now(), key = secret } = {}) => {
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: user },
      response_url: 'https://hooks.slack.com/actions/A/1/x',
      actions: [{ action_id: 'runsheet.answer.0', value, action_ts: '1.2' }],
    });
    const time = String(Math.floor(at / 1000));
    const body = new URLSearchParams({ payload }).toString();
    const signature = createHmac('sha256', key).update(`v0:${time}:${body}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${signature}` };
    const { status, text } = await server.ask('/hooks/chat', { form: { payload }, headers });
    return [status, status === 200 ? JSON.parse(text).text : text];
  };
  return { ...server, posted, press };
}

const elementsOf = (message: { readonly blocks: readonly { readonly type: string }[] }) =>
  message.blocks.flatMap((block) => ('elements' in block && block.type === 'actions' ? block.elements : []));

it('posts a request once, takes a click of who may, and says to everybody else why theirs does not count', async () => {
  const { start, goOn, newAsker, posted, press, ask, told, said, bugs } = await slackServer(
    gatedPage(),
    endpoint,
  );
  const run = await start();
  const asker = newAsker();
  await asker.look();
  await asker.look();
  await newAsker().look();
  expect([posted().length, said]).toEqual([1, []]);
  const [message] = posted();
  const [approve, deny, open] = elementsOf(message) as {
    value: string;
    text: { text: string };
    url: string;
  }[];
  const digest = JSON.parse(approve?.value ?? '')[3];
  expect([approve, deny, open].map((one) => [one?.text.text, one?.value ?? one?.url])).toEqual([
    ['Approve', JSON.stringify([run, 'end', 'approve', digest])],
    ['Deny', JSON.stringify([run, 'end', 'deny', digest])],
    ['Open the page', `http://127.0.0.1:8042/runs/${run}`],
  ]);
  expect([message.channel, message.text]).toEqual([
    '#ops',
    'Free the pool: `end` waits for 1 approval from ann or bob; risk: change',
  ]);
  const value = approve?.value ?? '';
  const other = (...parts: readonly string[]): string => JSON.stringify(parts);
  const came = [
    await press('U0ANN', value, { key: 'wrong' }),
    await press('U0ANN', value, { at: Date.now() - 600_000 }),
    await press('U0NONE', value),
    await press('U0BOB', value),
    await press('U0EVE', value),
    await press('U0ANN', other(run, 'end', 'approve')),
    await press('U0ANN', other(run, 'end', 'stop', digest)),
    await press('U0ANN', other('20200101-000000-aaaa', 'end', 'approve', digest)),
    await press('U0ANN', other(run, 'end', 'approve', '000000000000')),
    await press('U0ANN', value),
    await press('U0ANN', value),
  ];
  const taken = `The approval of \`end\` by ann was taken (run ${run}).`;
  expect(came).toEqual([
    [401, 'refused\n'],
    [401, 'refused\n'],
    [200, 'Not taken: this server knows nobody who is `U0NONE` in Slack.'],
    [200, 'Not taken: bob has not the role approver.'],
    [200, 'Not taken: `eve` runs this step and cannot approve it.'],
    [200, 'Not taken: the button does not say what it is for.'],
    [200, 'Not taken: the button does not say what it is for.'],
    [200, 'Not taken: there is no run `20200101-000000-aaaa` any more.'],
    [200, `Not taken: the answer is for another request; what \`end\` waits for now is \`${digest}\`.`],
    [200, taken],
    [200, 'Not taken: `end` waits for no approval.'],
  ]);
  expect(told).toEqual(
    came.slice(2).map(([, text]) => ['https://hooks.slack.com/actions/A/1/x', text, text === taken]),
  );
  await goOn(run, 0);
  const { text: shown } = await ask(`/runs/${run}`, { who: 'eve' });
  expect(shown).toContain('<tr><th scope="row">approved by</th><td>ann (Slack)</td></tr>');
  await asker.look();
  expect([posted().length, bugs, said]).toEqual([1, [], []]);
});

it('has no button that approves where it does not show all of it, and none that nobody hears', async () => {
  const labelsOf = async (page: string, more: string): Promise<readonly unknown[]> => {
    const { start, newAsker, posted, said } = await slackServer(page, more);
    await start();
    await newAsker().look();
    return [posted().map((one) => elementsOf(one).map((part) => Object(part).text.text)), said];
  };
  const long = gatedPage('', `echo ${'x'.repeat(3_000)}`);
  expect(await labelsOf(long, endpoint)).toEqual([[['Deny', 'Open the page']], []]);
  expect(await labelsOf(gatedPage(), '')).toEqual([[['Open the page']], []]);
  // As whom it runs, and what is asked before it, stands on the page.
  for (const attribute of ['user=root', 'when="true"', 'check="false"', 'cwd=/'])
    expect([
      attribute,
      await labelsOf(gatedPage().replace('name=end', `name=end ${attribute}`), endpoint),
    ]).toEqual([attribute, [[['Deny', 'Open the page']], []]]);
});

it('shows all that an approval of the rest of a run is of, and lets nobody give it by a button', async () => {
  const page = gatedPage().replace(
    /```sh \{name=end approve=dba\}[\s\S]*/,
    '```sh {name=end}\necho ended >> log\n```\n\n## Rollback\n\n```sh {name=begin}\necho begun >> log\n```\n',
  );
  const { start, newAsker, posted } = await slackServer(page, endpoint);
  await start('--may', 'read', '--asks', 'dba');
  await newAsker().look();
  const [message] = posted();
  expect(message.text).toBe(
    'Free the pool: `look` waits for 1 approval of this and all that follows from ann or bob; risk: change',
  );
  expect(JSON.stringify(message.blocks)).toContain(
    JSON.stringify(
      '# look\necho "41 of 40 in use"\n# end\necho ended >> log\n# begin\necho begun >> log',
    ).slice(1, -1),
  );
  expect(elementsOf(message).map((part) => Object(part).text.text)).toEqual(['Deny', 'Open the page']);
});

it('posts by an incoming webhook, and tries again what Slack did not take', async () => {
  let isDown = true;
  const { received, url } = await serve((response, _count, request) =>
    reply(response, isDown ? [500, 'busy', 'text/plain'] : slackHook(request)),
  );
  const settings = settingsOf(url, endpoint).replace(
    /slack: \{ channel.*\n/,
    `slack: { webhook: '${url}/services/T000/B000/XXXX' }\n`,
  );
  const { start, newAsker, pass, said } = await askedServer(gatedPage(), settings);
  const run = await start();
  const asker = newAsker();
  await asker.look();
  isDown = false;
  pass(11_000);
  await asker.look();
  pass(11_000);
  await asker.look();
  expect([received.length, said]).toEqual([
    2,
    [`run ${run}: Slack could not be asked: it answered 500: busy; it is tried again`],
  ]);
});

it('answers in time where a run takes longer, and tells what came of it by the address of the click', async () => {
  const told: unknown[] = [];
  let finish = (): void => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let wasTold = (): void => {};
  const heard = new Promise<void>((resolve) => {
    wasTold = resolve;
  });
  const parts = {
    port: {
      hasRun: async () => true,
      answer: async () => {
        await slow;
        return ok('taken');
      },
    },
    people: { ann: { roles: ['approver'], slack: 'U0ANN' } },
    respond: async (...words: readonly unknown[]) => {
      told.push(words);
      wasTold();
      throw new Error('Slack is away');
    },
    tell: (line: string) => told.push(line),
  } as const;
  const click = { run: 'R', address: 'end', word: 'approve', of: 'd', person: 'U0ANN', key: 'k' };
  const respondTo = 'https://hooks.slack.com/actions/1';
  expect(await answerClicks(parts, [{ ...click, respondTo }])).toEqual({
    ...{ status: 200, headers: {}, body: '' },
  });
  expect(told).toEqual([]);
  finish();
  await heard;
  await expect.poll(() => told.length).toBe(2);
  expect(told).toEqual([
    [respondTo, 'The approval of `end` by ann was taken (run R).', true],
    'who clicked in Slack could not be told what came of it: Slack is away',
  ]);
});
