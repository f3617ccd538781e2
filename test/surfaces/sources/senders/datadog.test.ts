// Tests reading Datadog's webhooks.
import { expect, test } from 'vitest';
import { datadog } from '../../../../src/surfaces/sources/senders/datadog.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';

const endpoint = endpointOf(['correct-horse'], { header: 'x-runsheet-token' });
const labels = {
  env: 'prod',
  monitor: '1234',
  role: 'db,primary',
  scope: 'host:db1,role:db',
  transition: 'Triggered',
  priority: 'P1',
  type: 'error',
  metric: 'postgresql.percent_usage_connections',
  host: 'db1',
};
const delivery = sent('datadog/triggered');
const written = JSON.parse(delivery.body.toString());
const read = async (over: object) => {
  const body = Buffer.from(JSON.stringify({ ...written, ...over }));
  return datadog.read({ ...delivery, body }, endpoint, noNetwork);
};

test('a monitor that triggers is an event', async () => {
  expect(await read({})).toEqual({
    type: 'events',
    events: [
      {
        source: 'datadog',
        endpoint: 'prod',
        key: '1409830182457:Triggered',
        subject: '1234:host:db1,role:db',
        cycle: '1409830182457',
        state: 'firing',
        title: '[Triggered on {host:db1}] Connections of Postgres',
        at: '2026-11-29T09:58:14.000Z',
        link: 'https://app.datadoghq.com/monitors/1234?group=host%3Adb1',
        labels,
        fields: { ...written, labels },
      },
    ],
  });
});

test('its recovery is of the same subject', async () => {
  const reading = await read({ transition: 'Recovered' });
  const told =
    reading.type === 'events'
      ? reading.events.map(({ key, subject, state }) => ({ key, subject, state }))
      : [];
  expect(told).toEqual([
    { key: '1409830182457:Recovered', subject: '1234:host:db1,role:db', state: 'resolved' },
  ]);
});

test('variables that Datadog knew nothing for are not there', async () => {
  const names = ['monitor', 'scope', 'title', 'date', 'link', 'priority', 'type', 'metric', 'host', 'tags'];
  const reading = await read(Object.fromEntries(names.map((name) => [name, '$ALERT_SCOPE'])));
  const [event] = reading.type === 'events' ? reading.events : [];
  expect({ ...event, fields: {} }).toEqual({
    source: 'datadog',
    endpoint: 'prod',
    key: '1409830182457:Triggered',
    subject: '1409830182457',
    cycle: '1409830182457',
    state: 'firing',
    title: 'monitor 1409830182457',
    labels: { transition: 'Triggered' },
    fields: {},
  });
});

test("Datadog's own body, without the template, is kept as unreadable", async () => {
  expect(await read({ cycle: undefined, transition: null })).toEqual({
    type: 'unreadable',
    reason: 'the body holds no `cycle` and `transition`, as the template of docs/senders.md has them',
  });
});
