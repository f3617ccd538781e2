// Tests every kind of channel against a service that takes nothing but its public form, and against bad ones.
import { describe, expect, test } from 'vitest';
import { ownText } from '../../../../src/run/masking/redactor.ts';
import type { ChannelSettings } from '../../../../src/runbook/front-matter/channels/channel-settings.ts';
import { openChannel } from '../../../../src/surfaces/notify/channels/open-channel.ts';
import type { Message } from '../../../../src/surfaces/notify/notification.ts';
import { type Received, serve } from '../local-service.ts';
import { messageOf, sampleApproval } from './sample-message.ts';
import {
  discordHook,
  pagerDuty,
  type Reply,
  reply,
  slackHook,
  slackMethods,
  standardWebhook,
  teamsWorkflow,
} from './strict-services.ts';

const bounds = { timeoutMs: 5_000, retries: 2 };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const env = { HOOK: 'B000/XXXX', TOKEN: 'xoxb-1', KEY: '0123456789abcdef0123456789abcdef', SECRET: secret };
type Kind = Exclude<ChannelSettings['type'], 'command' | 'email'>;

const channels: Readonly<Record<Kind, (url: string) => ChannelSettings>> = {
  slack: (url) => ({ ...bounds, type: 'slack', url: `${url}/services/T000/\${HOOK}` }),
  'slack-bot': (url) => ({
    ...bounds,
    type: 'slack-bot',
    channel: '#ops',
    token: '${TOKEN}',
    api: `${url}/api`,
  }),
  teams: (url) => ({ ...bounds, type: 'teams', url: `${url}/workflows/\${HOOK}` }),
  discord: (url) => ({ ...bounds, type: 'discord', url: `${url}/api/webhooks/\${HOOK}` }),
  pagerduty: (url) => ({ ...bounds, type: 'pagerduty', routingKey: '${KEY}', url: `${url}/v2/enqueue` }),
  webhook: (url) => ({
    ...bounds,
    type: 'webhook',
    url: `${url}/\${HOOK}`,
    headers: {},
    secret: '${SECRET}',
  }),
};

const services: Readonly<Record<Kind, () => (request: Received) => Reply>> = {
  slack: () => slackHook,
  'slack-bot': slackMethods,
  teams: () => teamsWorkflow,
  discord: () => discordHook,
  pagerduty: () => pagerDuty().answer,
  webhook: () => standardWebhook(secret),
};

const kinds = Object.keys(channels) as Kind[];
const never = new AbortController().signal;

const send = (kind: Kind, url: string, message: Message, more: Partial<typeof bounds> = {}) =>
  openChannel({ ...channels[kind](url), ...more }, env)(message, never);

const hostile =
  '<!channel> <@U024BE7LH> <https://evil.example|click> @here @everyone & [x](https://evil.example) *b* `c`\n```';

describe.each(kinds)('a channel of type %s', (kind) => {
  test.each([
    ['a plain message', messageOf()],
    ['what means something to services', messageOf({ values: hostile })],
    ['a request for an approval', messageOf({ approval: sampleApproval, severity: 'SEV1' })],
    [
      'a long request with many values',
      messageOf({
        values: '…'.repeat(5_000),
        approval: {
          ...sampleApproval,
          values: Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`V${at}`, sampleApproval.risk])),
        },
      }),
    ],
    ['a good end', messageOf({ about: 'succeeded', outcome: 'succeeded', alert: 'resolve' })],
  ])('sends %s in the form that the service takes', async (_, message) => {
    const answer = services[kind]();
    const { received, url } = await serve((response, _count, request) => reply(response, answer(request)));
    await send(kind, url, message);
    expect(received).toHaveLength(1);
  });

  test('waits as long as the service asks for, and sends the same once more', async () => {
    const answer = services[kind]();
    const times: number[] = [];
    const { received, url } = await serve((response, count, request) => {
      times.push(performance.now());
      if (count > 1) return reply(response, answer(request));
      response.writeHead(429, { 'retry-after': '1' }).end('slow down');
    });
    await send(kind, url, messageOf());
    expect(received.map(({ body }) => body)).toEqual([received[0]?.body, received[0]?.body]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  });

  test('tries again where the service is broken, and says what it said', async () => {
    const { received, url } = await serve((response) => response.writeHead(500).end('out of order'));
    await expect(send(kind, url, messageOf(), { retries: 1 })).rejects.toThrow(
      /^it answered 500: out of order$/,
    );
    expect(received).toHaveLength(2);
  });

  test('follows no redirect', async () => {
    const { received, url } = await serve((response) =>
      response.writeHead(307, { location: 'https://login.example.org/?t=1' }).end(),
    );
    await expect(send(kind, url, messageOf())).rejects.toThrow(
      /^it answered 307, which leads to `https:\/\/login\.example\.org`; redirects are not followed$/,
    );
    expect(received).toHaveLength(1);
  });

  test('gives up where nothing is answered in time', async () => {
    const { url } = await serve(() => {});
    await expect(send(kind, url, messageOf(), { timeoutMs: 200, retries: 0 })).rejects.toThrow(
      /^it did not answer in time$/,
    );
  });

  test('says that nobody listens, and nothing of its keys', async () => {
    await expect(send(kind, 'http://127.0.0.1:9', messageOf(), { retries: 0 })).rejects.toThrow(
      /^it cannot be reached( \(ECONNREFUSED\))?$/,
    );
  });

  test('masks its own keys where the service repeats them', async () => {
    const { url } = await serve((response, _count, { url: path, headers, body }) =>
      response.writeHead(403).end(`${path} ${headers.authorization} ${JSON.parse(body).routing_key}`),
    );
    const failure = await send(kind, url, messageOf()).catch(String);
    expect(failure).toMatch(/^Error: it answered 403: .*\*\*\*/);
    for (const key of Object.values(env)) expect(failure).not.toContain(key);
  });

  test('needs its keys in the environment', async () => {
    await expect(openChannel(channels[kind]('http://127.0.0.1:9'), {})(messageOf(), never)).rejects.toThrow(
      /^the environment has no `\w+`$/,
    );
  });
});

test('Slack keeps one thread a run, and shows in the channel what is urgent', async () => {
  const answer = slackMethods();
  const { received, url } = await serve((response, _count, request) => reply(response, answer(request)));
  const { thread } = await send('slack-bot', url, messageOf({ about: 'started' }));
  expect(thread).toBe('1700000000.000001');
  expect(await send('slack-bot', url, messageOf({ about: 'end of one', thread: thread ?? '' }))).toEqual({
    thread,
  });
  expect(await send('slack-bot', url, messageOf({ thread: thread ?? '' }))).toEqual({ thread });
  expect(
    received.map(({ body }) => {
      const { thread_ts, reply_broadcast } = JSON.parse(body);
      return { thread_ts, reply_broadcast };
    }),
  ).toEqual([
    {},
    { thread_ts: '1700000000.000001' },
    { thread_ts: '1700000000.000001', reply_broadcast: true },
  ]);
});

test.each([
  [{ ok: false, error: 'channel_not_found' }, 'Slack refused it: channel_not_found', 1],
  [{ ok: false, error: 'internal_error' }, 'Slack refused it: internal_error', 2],
  [{}, 'it did not answer as Slack does', 1],
])('Slack refuses with 200 and %j', async (said, message, times) => {
  const { received, url } = await serve((response) =>
    reply(response, [200, JSON.stringify(said), 'application/json']),
  );
  await expect(send('slack-bot', url, messageOf(), { retries: 1 })).rejects.toThrow(new Error(message));
  expect(received).toHaveLength(times);
});

test('all that PagerDuty is told of one run is one alert, and over at the good end', async () => {
  const { answer, alerts } = pagerDuty();
  const { url } = await serve((response, _count, request) => reply(response, answer(request)));
  const after: [string, string | undefined][] = [];
  for (const parts of [
    { about: 'failure of drain', severity: 'SEV1' },
    { about: 'resumed', alert: 'acknowledge' },
    { about: 'succeeded', outcome: 'succeeded', alert: 'resolve' },
  ] as const) {
    await send('pagerduty', url, messageOf(parts));
    after.push([parts.about, alerts.get('runsheet/r1')]);
  }
  expect(after).toEqual([
    ['failure of drain', 'trigger'],
    ['resumed', 'acknowledge'],
    ['succeeded', 'resolve'],
  ]);
  expect(alerts.size).toBe(1);
});

test.each([
  ['SEV0', 'critical'],
  ['P2', 'error'],
  ['sev 3', 'warning'],
  ['P4', 'info'],
  ['warning', 'warning'],
  ['', 'error'],
])('to PagerDuty a severity of `%s` is %s', async (severity, urgency) => {
  const { received, url } = await serve((response) => response.writeHead(202).end());
  await send('pagerduty', url, messageOf({ severity }));
  expect(JSON.parse(received[0]?.body ?? '').payload.severity).toBe(urgency);
});

test('a signature is made anew for each attempt, and the name of the message stays', async () => {
  const answer = standardWebhook(secret);
  const { received, url } = await serve((response, count, request) =>
    count === 1 ? response.writeHead(429, { 'retry-after': '2' }).end() : reply(response, answer(request)),
  );
  await send('webhook', url, messageOf());
  const [first, second] = received.map(({ headers }) => headers);
  expect(first?.['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
  expect(second?.['webhook-timestamp']).not.toBe(first?.['webhook-timestamp']);
  expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
});

test('a message that is not signed with the secret of the receiver is refused', async () => {
  const answer = standardWebhook('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  const { url } = await serve((response, _count, request) => reply(response, answer(request)));
  await expect(send('webhook', url, messageOf())).rejects.toThrow(
    new Error('it answered 401: the signature is not that of the message'),
  );
});

test('a secret that is no base64 is told of, and nothing is sent', async () => {
  const { received, url } = await serve((response) => response.end());
  const channel = openChannel(channels.webhook(url), { ...env, SECRET: 'whsec_not base64' });
  await expect(channel(messageOf(), never)).rejects.toThrow(new Error('its `secret` is not base64'));
  expect(received).toEqual([]);
});

describe('what an output or an input holds', () => {
  const bodyFor = async (kind: Kind, message: Message) => {
    const { received, url } = await serve((response) => response.writeHead(204).end());
    await send(kind, url, message);
    return JSON.parse(received[0]?.body ?? '');
  };
  const value = '<!channel> <@U1> <https://evil.example|x> @here @everyone & [x](https://evil.example)';

  test('calls nobody and links nowhere where chat services read the text of the JSON', async () => {
    expect((await bodyFor('webhook', messageOf({ values: value }))).text).toBe(
      '&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|x&gt; @\u200bhere @\u200beveryone &amp; [x](https://evil.example)',
    );
  });

  test('calls nobody and links nowhere in Discord, unlike words of the author', async () => {
    expect(await bodyFor('discord', messageOf({ own: '@everyone look: ', values: value }))).toEqual({
      content:
        '@everyone look: \\<!channel\\> \\<@U1\\> \\<https://evil.example\\|x\\> @\u200bhere @\u200beveryone & \\[x\\]\\(https://evil.example\\)',
      allowed_mentions: { parse: ['everyone'] },
    });
  });

  test('ends no code in Discord, and leaves room for the ways to answer', async () => {
    const command = ownText('echo "```"\n'.repeat(300));
    const { content } = await bodyFor(
      'discord',
      messageOf({ values: 'a'.repeat(3_000), approval: { ...sampleApproval, command } }),
    );
    expect(content.endsWith('```\nrunsheet approve r1 drain\n```\n```\nrunsheet deny r1 drain\n```')).toBe(
      true,
    );
    expect(content.match(/```/g)).toHaveLength(6);
  });

  test('is plain text in a card of Teams', async () => {
    const { attachments } = await bodyFor('teams', messageOf({ values: value }));
    expect(attachments[0].content.body).toEqual([
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: value, weight: 'Bolder' }] },
      {
        type: 'RichTextBlock',
        inlines: [
          {
            type: 'TextRun',
            text: 'Sample, run r1 · operated by ada@bastion',
            isSubtle: true,
            size: 'Small',
          },
        ],
      },
    ]);
  });
});
