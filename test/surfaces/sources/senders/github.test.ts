// Tests reading GitHub's webhooks.
import { expect, test } from 'vitest';
import { github } from '../../../../src/surfaces/sources/senders/github.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const endpoint = endpointOf(['pässwörd']);
const good = sent('github/deployment-status');
const read = (type: string, payload: unknown) => {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const headers = { ...good.headers, 'x-github-event': type };
  return github.read(signed.github({ ...good, headers, body }, 'pässwörd'), endpoint, noNetwork);
};

test('a deployment that failed is an event', async () => {
  const payload = JSON.parse(good.body.toString());
  const labels = {
    event: 'deployment_status',
    action: 'created',
    repository: 'acme/shop',
    organization: 'acme',
    sender: 'octocat',
    state: 'failure',
    environment: 'production',
    ref: 'main',
  };
  expect(await github.read(signed.github(good, 'pässwörd'), endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [
      {
        source: 'github',
        endpoint: 'prod',
        key: 'b613bb712663aaa66136028cd2f96bc2',
        subject: 'acme/shop deployment 326191728',
        state: 'occurred',
        title: 'acme/shop: deployment status created failure production: the health check failed',
        at: '2026-11-29T09:57:51.000Z',
        link: 'https://ci.example.org/acme/shop/8812',
        person: 'octocat',
        labels,
        fields: { ...payload, event: 'deployment_status', labels },
      },
    ],
  });
});

test('the key is of the body, which is signed: another number of delivery is no other event', async () => {
  const headers = { ...good.headers, 'x-github-delivery': '00000000-cc78-11e3-81ab-4c9367dc0958' };
  const [first, again] = await Promise.all([
    github.read(signed.github(good, 'pässwörd'), endpoint, noNetwork),
    github.read(signed.github({ ...good, headers }, 'pässwörd'), endpoint, noNetwork),
  ]);
  expect(again).toEqual(first);
});

test.each([
  ['created', 'firing'],
  ['reopened', 'firing'],
  ['fixed', 'resolved'],
  ['dismissed', 'resolved'],
  ['assigned', 'occurred'],
])('an alert that was %s is %s', async (action, state) => {
  const reading = await read('code_scanning_alert', {
    action,
    alert: {
      number: 7,
      rule: { security_severity_level: 'high' },
      html_url: 'https://github.com/acme/shop/7',
    },
    repository: { full_name: 'acme/shop' },
  });
  const [event] = reading.type === 'events' ? reading.events : [];
  expect({ subject: event?.subject, state: event?.state, labels: event?.labels }).toEqual({
    subject: 'acme/shop alert 7',
    state,
    labels: { event: 'code_scanning_alert', action, repository: 'acme/shop', severity: 'high' },
  });
});

test('a push is told by its first line, and leads to its comparison', async () => {
  const reading = await read('push', {
    ref: 'refs/heads/main',
    compare: 'https://github.com/acme/shop/compare/a...b',
    head_commit: { message: 'Fix the cart\n\nAt last.' },
    repository: { full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' },
    sender: { login: 'octocat' },
  });
  const [event] = reading.type === 'events' ? reading.events : [];
  expect({ title: event?.title, subject: event?.subject, link: event?.link, labels: event?.labels }).toEqual({
    title: 'acme/shop: push: Fix the cart',
    subject: 'acme/shop push',
    link: 'https://github.com/acme/shop/compare/a...b',
    labels: { event: 'push', repository: 'acme/shop', sender: 'octocat', ref: 'refs/heads/main' },
  });
});

test.each([
  ['ping', { zen: 'Design for failure.' }, { type: 'reply', reply: { status: 200, headers: {}, body: '' } }],
  ['', {}, { type: 'unreadable', reason: 'the header `x-github-event` names no event' }],
  ['push', [], { type: 'unreadable', reason: 'the body is no object' }],
  ['push', '{', { type: 'unreadable', reason: 'the body is not JSON' }],
])('%s of %j comes to %j', async (type, payload, reading) => {
  expect(await read(type, payload)).toEqual(reading);
});

test('a form is kept as unreadable, and says what to set', async () => {
  const headers = { ...good.headers, 'content-type': 'application/x-www-form-urlencoded' };
  const told = signed.github({ ...good, headers, body: Buffer.from('payload=%7B%7D') }, 'pässwörd');
  expect(await github.read(told, endpoint, noNetwork)).toEqual({
    type: 'unreadable',
    reason: 'the body is a form: set the content type of the webhook to `application/json`',
  });
});

test("the signature of GitHub's documentation is right", async () => {
  const headers = {
    'x-github-event': 'ping',
    'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  };
  const told = { ...good, headers, body: Buffer.from('Hello, World!') };
  const secret = endpointOf(["It's a Secret to Everybody"]);
  expect(await github.read(told, secret, noNetwork)).toEqual({
    type: 'unreadable',
    reason: 'the body is not JSON',
  });
});
