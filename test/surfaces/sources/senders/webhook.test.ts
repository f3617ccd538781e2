// Tests reading webhooks of any sender.
import { expect, test } from 'vitest';
import { webhook } from '../../../../src/surfaces/sources/senders/webhook.ts';
import { endpointOf, noNetwork, receivedAt, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const good = sent('webhook/standard');
const token = endpointOf(['correct-horse']);
const read = (body: string, headers = {}) =>
  webhook.read(
    { ...good, body: Buffer.from(body), headers: { authorization: 'Bearer correct-horse', ...headers } },
    token,
    noNetwork,
  );
const labels = {
  type: 'disk.full',
  timestamp: '2026-11-29T09:59:00Z',
  title: '/var of db1 is 96 % full',
  status: 'firing',
  link: 'https://disks.example.org/db1',
  host: 'db1',
};

test('a signed object is an event, by the names that its fields have', async () => {
  expect(await webhook.read(signed.standard(good, secret), endpointOf([secret]), noNetwork)).toEqual({
    type: 'events',
    events: [
      {
        source: 'webhook',
        endpoint: 'prod',
        key: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
        subject: 'disk.full',
        state: 'firing',
        title: '/var of db1 is 96 % full',
        at: '2026-11-29T09:59:00.000Z',
        link: 'https://disks.example.org/db1',
        labels,
        fields: { ...JSON.parse(good.body.toString()), labels },
      },
    ],
  });
});

test('an object without any known name is an event too, each time anew', async () => {
  expect(await read('{"disk":"/var","free":12345678901234567890}')).toEqual({
    type: 'events',
    events: [
      {
        source: 'webhook',
        endpoint: 'prod',
        key: `102238294d5fac6b7624f3f56fe4d55f:${receivedAt}`,
        subject: `102238294d5fac6b7624f3f56fe4d55f:${receivedAt}`,
        state: 'occurred',
        title: 'webhook prod',
        labels: { disk: '/var', free: '12345678901234567890' },
        fields: {
          disk: '/var',
          free: '12345678901234567890',
          labels: { disk: '/var', free: '12345678901234567890' },
        },
      },
    ],
  });
});

test('a key that the sender gives is the key', async () => {
  const reading = await read('{}', { 'idempotency-key': '7' });
  expect(reading.type === 'events' && reading.events.map(({ key }) => key)).toEqual(['7']);
});

test.each([
  ['[]', 'the body is no object'],
  ['null', 'the body is no object'],
  ['disk=/var', 'the body is not JSON'],
])('%s is kept as unreadable', async (body, reason) => {
  expect(await read(body)).toEqual({ type: 'unreadable', reason });
});

// Read as base64 they would be keys of few bytes, or of none.
test.each(['', 'ä', 'whsec_', 'whsec_AAAA', 'short', 'correct-horse'])(
  'the secret %j is no key of a signature',
  async (weak) => {
    const empty = signed.standard(good, Buffer.alloc(1).toString('base64'));
    expect(await webhook.read(empty, endpointOf([weak]), noNetwork)).toEqual({
      type: 'refused',
      reason: 'the delivery does not hold the proof of its sender',
    });
  },
);
