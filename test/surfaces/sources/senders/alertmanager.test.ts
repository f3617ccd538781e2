// Tests reading the webhook of Alertmanager.
import { expect, test } from 'vitest';
import { alertmanager } from '../../../../src/surfaces/sources/senders/alertmanager.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';

const bearer = endpointOf(['correct-horse']);
const basic = endpointOf(['pässwörd'], { user: 'alertmanager' });

const group = {
  receiver: 'runsheet',
  groupKey: '{}:{alertname="PostgresConnectionsHigh"}',
  groupLabels: { alertname: 'PostgresConnectionsHigh' },
  commonLabels: { alertname: 'PostgresConnectionsHigh', job: 'postgres', severity: 'critical' },
  commonAnnotations: {},
  externalURL: 'https://alertmanager.example.org',
};
const graph = 'https://prometheus.example.org/graph?g0.expr=pg_stat_activity_count+%3E+90&g0.tab=1';
const labelsOf = (host: string) => ({
  alertname: 'PostgresConnectionsHigh',
  instance: `${host}.example.org:9187`,
  job: 'postgres',
  severity: 'critical',
});
const first = {
  source: 'alertmanager',
  endpoint: 'prod',
  key: '79867157cdb2e9b9:2026-11-29T09:42:39Z',
  subject: '79867157cdb2e9b9',
  cycle: '2026-11-29T09:42:39Z',
  state: 'firing',
  title: 'PostgresConnectionsHigh: 92 % of the connections of db1 are in use',
  at: '2026-11-29T09:42:39.000Z',
  link: graph,
  labels: labelsOf('db1'),
  fields: {
    ...group,
    status: 'firing',
    labels: labelsOf('db1'),
    annotations: {
      description: 'Übernimm: pg_stat_activity zuerst',
      runbook_url: 'https://runbooks.example.org/postgres',
      summary: '92 % of the connections of db1 are in use',
    },
    startsAt: '2026-11-29T09:42:39Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: graph,
    fingerprint: '79867157cdb2e9b9',
  },
};
const second = {
  ...first,
  key: '583a0eb245ccdfca:2026-11-29T09:42:39Z',
  subject: '583a0eb245ccdfca',
  title: 'PostgresConnectionsHigh: 95 % of the connections of db2 are in use',
  labels: labelsOf('db2'),
  fields: {
    ...first.fields,
    labels: labelsOf('db2'),
    annotations: { summary: '95 % of the connections of db2 are in use' },
    fingerprint: '583a0eb245ccdfca',
  },
};

test('each alert of a group is an event', async () => {
  expect(await alertmanager.read(sent('alertmanager/firing'), bearer, noNetwork)).toEqual({
    type: 'events',
    events: [first, second],
  });
});

test('the end of an alert is another event of the same subject', async () => {
  const over = { endsAt: '2026-11-29T09:42:42Z', status: 'resolved' };
  const ended = <Event extends typeof second>(event: Event) => ({
    ...event,
    key: `${event.key}:resolved`,
    state: 'resolved',
    at: '2026-11-29T09:42:42.000Z',
    fields: { ...event.fields, ...over },
  });
  expect(await alertmanager.read(sent('alertmanager/resolved'), bearer, noNetwork)).toEqual({
    type: 'events',
    events: [first, second].map(ended),
  });
});

test('a user and a password are proof where the endpoint names a user', async () => {
  const reading = await alertmanager.read(sent('alertmanager/basic'), basic, noNetwork);
  expect(reading).toEqual({
    type: 'events',
    events: [
      {
        ...first,
        fields: {
          ...first.fields,
          receiver: 'basic',
          commonLabels: labelsOf('db1'),
          commonAnnotations: first.fields.annotations,
        },
      },
    ],
  });
});

test.each([
  ['{}', 'the body holds no `alerts`'],
  ['[]', 'the body holds no `alerts`'],
  ['{"alerts":{}}', 'the body holds no `alerts`'],
  ['{"alerts":[7]}', 'alert 1 has no `fingerprint`, `startsAt`, or `status` of firing or resolved'],
  [
    '{"alerts":[{"fingerprint":"a","startsAt":"b","status":"firing"},{"fingerprint":"a","startsAt":"b","status":"x"}]}',
    'alert 2 has no `fingerprint`, `startsAt`, or `status` of firing or resolved',
  ],
])('%s is kept as unreadable', async (body, reason) => {
  const delivery = sent('alertmanager/firing', { body: Buffer.from(body) });
  expect(await alertmanager.read(delivery, bearer, noNetwork)).toEqual({ type: 'unreadable', reason });
});

test('names of objects are names like any other, and links lead to the web only', async () => {
  const body = Buffer.from(
    '{"alerts":[{"fingerprint":"a","startsAt":"today","status":"firing","generatorURL":"javascript:alert(1)",' +
      '"labels":{"__proto__":"p","constructor":"c","toString":"t","nested":{"a":1}},"annotations":null}]}',
  );
  const reading = await alertmanager.read(sent('alertmanager/firing', { body }), bearer, noNetwork);
  const [event] = reading.type === 'events' ? reading.events : [];
  expect(Object.entries(event?.labels ?? {})).toEqual([
    ['__proto__', 'p'],
    ['constructor', 'c'],
    ['toString', 't'],
  ]);
  expect({ title: event?.title, at: event?.at, link: event?.link }).toEqual({
    title: 'alert a',
    at: undefined,
    link: undefined,
  });
});

test('what a group of many alerts shares is kept with each only where it is short', async () => {
  const { body, ...good } = sent('alertmanager/firing');
  const told = {
    ...JSON.parse(Buffer.from(body).toString()),
    groupKey: 'k'.repeat(9000),
    commonLabels: { a: 'b' },
  };
  const delivery = { ...good, body: Buffer.from(JSON.stringify(told)) };
  const reading = await alertmanager.read(delivery, bearer, noNetwork);
  const { groupKey: _long, ...short } = first.fields;
  expect(reading.type === 'events' && reading.events[0]?.fields).toEqual({
    ...short,
    commonLabels: { a: 'b' },
  });
});

test('a header that is named like what every object has is looked for among the headers only', async () => {
  const endpoint = endpointOf(['correct-horse'], { header: 'constructor' });
  expect(await alertmanager.read(sent('alertmanager/firing'), endpoint, noNetwork)).toEqual({
    type: 'refused',
    reason: 'the delivery does not hold the proof of its sender',
  });
});
