// Tests reading CloudEvents.
import { expect, test } from 'vitest';
import { cloudevents } from '../../../../src/surfaces/sources/senders/cloudevents.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';

const endpoint = endpointOf(['correct-horse']);
const refused = { type: 'refused', reason: 'the delivery does not hold the proof of its sender' };
const written = JSON.parse(sent('cloudevents/structured').body.toString());
const labels = {
  host: 'db1',
  mount: '/var',
  free_percent: '4',
  url: 'https://example.org/disks/db1',
  type: 'org.example.disk.full',
  source: '/sensors/tn-1234567/alerts',
  subject: '/var of db1',
  id: 'A234-1234-1234',
  time: '2026-11-29T09:58:00Z',
  comexampleextension1: 'value',
  comexampleothervalue: '5',
  datacontenttype: 'application/json',
};
const event = {
  source: 'cloudevents',
  endpoint: 'prod',
  key: '/sensors/tn-1234567/alerts A234-1234-1234',
  subject: '/sensors/tn-1234567/alerts /var of db1',
  state: 'occurred',
  title: 'org.example.disk.full: /var of db1',
  at: '2026-11-29T09:58:00.000Z',
  link: 'https://example.org/disks/db1',
  labels,
  fields: { ...written, labels },
};
const structured = (body: string, type = 'application/cloudevents+json') => {
  const good = sent('cloudevents/structured');
  return { ...good, headers: { ...good.headers, 'content-type': type }, body: Buffer.from(body) };
};

test('a structured message is an event', async () => {
  expect(await cloudevents.read(sent('cloudevents/structured'), endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [event],
  });
});

test('a batch is an event for each', async () => {
  const batch = structured(
    JSON.stringify([written, { ...written, id: 'B' }]),
    'application/cloudevents-batch+json',
  );
  const second = {
    ...event,
    key: '/sensors/tn-1234567/alerts B',
    labels: { ...labels, id: 'B' },
    fields: { ...written, id: 'B', labels: { ...labels, id: 'B' } },
  };
  expect(await cloudevents.read(batch, endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [event, second],
  });
});

test('a binary message has its attributes in headers, with percents for what is not ASCII', async () => {
  const told = {
    host: 'db1',
    mount: '/var',
    type: 'org.example.disk.full',
    source: '/sensors/tn-1234567/alerts',
    id: 'A234-1234-1234',
    time: '2026-11-29T09:58:00Z',
    subject: '/var of dé1',
    datacontenttype: 'application/json; charset=utf-8',
  };
  const { link: _link, ...rest } = event;
  expect(await cloudevents.read(sent('cloudevents/binary'), endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [
      {
        ...rest,
        subject: '/sensors/tn-1234567/alerts /var of dé1',
        title: 'org.example.disk.full: /var of dé1',
        labels: told,
        fields: {
          specversion: '1.0',
          type: told.type,
          source: told.source,
          id: told.id,
          time: told.time,
          subject: told.subject,
          datacontenttype: told.datacontenttype,
          data: { host: 'db1', mount: '/var' },
          labels: told,
        },
      },
    ],
  });
});

test('the handshake is answered, and lets nobody send without a proof', async () => {
  expect(await cloudevents.read(sent('cloudevents/handshake'), endpoint, noNetwork)).toEqual({
    type: 'reply',
    reply: {
      status: 200,
      headers: {
        allow: 'POST',
        'webhook-allowed-origin': 'eventemitter.example.com',
        'webhook-allowed-rate': '120',
      },
      body: '',
    },
  });
  const headers = { 'webhook-request-origin': 'example.com\r\nset-cookie: a=b' };
  expect(await cloudevents.read(sent('cloudevents/handshake', { headers }), endpoint, noNetwork)).toEqual(
    refused,
  );
  expect(await cloudevents.read(sent('cloudevents/handshake', { headers: {} }), endpoint, noNetwork)).toEqual(
    refused,
  );
});

const noEvent = 'has no `id`, `source`, `type`, or `specversion` of 1.0';
test.each([
  ['{}', undefined, `event 1 ${noEvent}`],
  ['{"specversion":"0.3","id":"1","source":"a","type":"b"}', undefined, `event 1 ${noEvent}`],
  [`[${JSON.stringify(written)},7]`, 'application/cloudevents-batch+json', `event 2 ${noEvent}`],
  ['[]', 'application/cloudevents-batch+json', 'the body is an empty list'],
  ['{}', 'application/cloudevents-batch+json', 'the body is no list of events'],
  ['{}', 'application/json', 'neither the headers nor the content type are those of CloudEvents'],
])('%s as %s is kept as unreadable', async (body, type, reason) => {
  expect(await cloudevents.read(structured(body, type), endpoint, noNetwork)).toEqual({
    type: 'unreadable',
    reason,
  });
});
