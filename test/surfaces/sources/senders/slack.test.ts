// Tests reading what Slack posts.
import { expect, test } from 'vitest';
import { slack } from '../../../../src/surfaces/sources/senders/slack.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const endpoint = endpointOf([secret]);
const done = { status: 200, headers: {}, body: '' };
const read = (name: string) => slack.read(signed.slack(sent(name), secret), endpoint, noNetwork);
const readForm = (fields: Readonly<Record<string, string>>) => {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return slack.read(signed.slack(sent('slack/command', { body }), secret), endpoint, noNetwork);
};

test('a command is an event of a person, and holds neither token nor address', async () => {
  const labels = {
    command: '/failover',
    text: ' db1  now',
    user_id: 'U2147483697',
    user_name: 'steve',
    channel_id: 'C2147483705',
    channel_name: 'ops',
    team_id: 'T0001',
    team_domain: 'example',
  };
  const key = '13345224609.738474920.8088930838d88f008e0';
  expect(await read('slack/command')).toEqual({
    type: 'events',
    events: [
      {
        source: 'slack',
        endpoint: 'prod',
        key,
        subject: key,
        state: 'occurred',
        title: '/failover db1 now',
        person: 'U2147483697',
        labels,
        fields: { ...labels, words: ['db1', 'now'], labels },
      },
    ],
    reply: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"response_type":"ephemeral","text":"`/failover` was received."}',
    },
  });
});

test('a button is an answer of a person', async () => {
  expect(await read('slack/button')).toEqual({
    type: 'answers',
    answers: [
      {
        run: '20261129-095500-k3f9',
        address: 'gate:change',
        word: 'approve',
        person: 'U2147483697',
        key: '1795946294.123456 U2147483697 20261129-095500-k3f9 gate:change',
        respondTo: 'https://hooks.slack.com/actions/AABA1ABCD/1232321423432/D09sSasdasdAS9091209',
      },
    ],
    reply: done,
  });
});

const pressed = (over: object) =>
  JSON.stringify({
    type: 'block_actions',
    user: { id: 'U1' },
    actions: [{ action_id: 'runsheet.answer.1', value: '["r","g","deny"]', action_ts: '1.2' }],
    ...over,
  });

test('an answer leads nowhere but to Slack', async () => {
  const payload = pressed({ response_url: 'https://hooks.slack.com.evil.example/actions' });
  expect(await readForm({ payload })).toEqual({
    type: 'answers',
    answers: [{ run: 'r', address: 'g', word: 'deny', person: 'U1', key: '1.2 U1 r g' }],
    reply: done,
  });
});

test.each([
  ['a button that opens a page', pressed({ actions: [{ action_id: 'open', action_ts: '1.2' }] })],
  ['no buttons', pressed({ actions: [] })],
  [
    'a value of another form',
    pressed({ actions: [{ action_id: 'runsheet.answer.1', value: '["r"]', action_ts: '1' }] }),
  ],
])('%s is answered, and nothing more', async (_what, payload) => {
  expect(await readForm({ payload })).toEqual({ type: 'reply', reply: done });
});

test.each([
  [{ payload: '{' }, 'the payload is not JSON'],
  [{ payload: pressed({ user: null }) }, 'the payload is no pressed button'],
  [{ payload: pressed({ type: 'view_submission' }) }, 'the payload is no pressed button'],
  [{ payload: '['.repeat(40) }, 'the payload nests deeper than 32 levels'],
  [{ text: 'x' }, 'the form holds neither a `payload` nor `command`, `user_id` and `trigger_id`'],
  [
    { ['__proto__']: 'x', constructor: 'y' },
    'the form holds neither a `payload` nor `command`, `user_id` and `trigger_id`',
  ],
  [{ text: 'x'.repeat(1_048_577) }, 'the body is larger than 1 MiB'],
])('%.40j is kept as unreadable', async (fields, reason) => {
  expect(await readForm(fields)).toEqual({ type: 'unreadable', reason, reply: done });
});

test('the check of its certificate is answered', async () => {
  expect(await readForm({ ssl_check: '1', token: 'x' })).toEqual({ type: 'reply', reply: done });
});

test("the signature of Slack's documentation is right", async () => {
  const body = Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&' +
      'channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&' +
      'response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&' +
      'trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  );
  const headers = {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  };
  const told = sent('slack/command', { body, headers, receivedAt: 1_531_420_618_000 });
  const reading = await slack.read(told, endpoint, noNetwork);
  expect(reading.type === 'events' && reading.events.map(({ person }) => person)).toEqual(['U2CERLKJA']);
});
