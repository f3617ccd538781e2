// Tests reading the webhook of Grafana's alerting.
import { expect, test } from 'vitest';
import { grafana } from '../../../../src/surfaces/sources/senders/grafana.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const labels = { alertname: 'High memory usage', team: 'blue', zone: 'us-1' };
const event = {
  source: 'grafana',
  endpoint: 'prod',
  key: 'c6eadffa33fcdf37:2026-11-29T09:51:03.157076+02:00',
  subject: 'c6eadffa33fcdf37',
  cycle: '2026-11-29T09:51:03.157076+02:00',
  state: 'firing',
  title: 'High memory usage: This alert was triggered for zone us-1',
  at: '2026-11-29T07:51:03.157Z',
  link: 'https://grafana.example.org/alerting/1afz29v7z/edit',
  labels,
  fields: {
    receiver: 'My Super Webhook',
    groupKey: '{}:{}',
    groupLabels: {},
    commonLabels: { team: 'blue' },
    commonAnnotations: {},
    externalURL: 'https://grafana.example.org/',
    orgId: 1,
    status: 'firing',
    labels,
    annotations: {
      description: 'The system has high memory usage',
      runbook_url: 'https://myrunbook.example.org/runbook/1234',
      summary: 'This alert was triggered for zone us-1',
    },
    startsAt: '2026-11-29T09:51:03.157076+02:00',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'https://grafana.example.org/alerting/1afz29v7z/edit',
    fingerprint: 'c6eadffa33fcdf37',
    silenceURL:
      'https://grafana.example.org/alerting/silence/new?alertmanager=grafana&matchers=alertname%3DT2%2Cteam%3Dblue%2Czone%3Dus-1',
    dashboardURL: '',
    panelURL: '',
    values: { B: 44.23943737541908, C: 1 },
  },
};
const delivery = sent('grafana/firing');
const withToken = { ...delivery, headers: { ...delivery.headers, authorization: 'Bearer correct-horse' } };

test.each([
  ['a token', withToken, {}],
  ['a signature', signed.grafana(delivery, 'correct-horse'), { signature: 'x-grafana-alerting-signature' }],
  [
    'a signature and a time',
    signed.grafanaWithTime(delivery, 'correct-horse'),
    { signature: 'x-signature', timestamp: 'x-time' },
  ],
])('an alert with %s is an event', async (_what, told, settings) => {
  expect(await grafana.read(told, endpointOf(['correct-horse'], settings), noNetwork)).toEqual({
    type: 'events',
    events: [event],
  });
});

test('an endpoint of signatures takes no token, and one of a time no signature without it', async () => {
  const refused = { type: 'refused', reason: 'the delivery does not hold the proof of its sender' };
  const signature = endpointOf(['correct-horse'], { signature: 'x-grafana-alerting-signature' });
  const time = endpointOf(['correct-horse'], { timestamp: 'x-time' });
  expect(await grafana.read(withToken, signature, noNetwork)).toEqual(refused);
  expect(await grafana.read(signed.grafana(delivery, 'correct-horse'), time, noNetwork)).toEqual(refused);
});
