// Tests reading PagerDuty's webhooks.
import { expect, test } from 'vitest';
import { pagerduty } from '../../../../src/surfaces/sources/senders/pagerduty.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const read = (name: string, ...secrets: readonly string[]) =>
  pagerduty.read(signed.pagerduty(sent(name), ...secrets), endpointOf(['correct-horse']), noNetwork);

const reference = (kind: string, id: string, summary: string) => ({
  html_url: `https://acme.pagerduty.com/${kind}s/${id}`,
  id,
  self: `https://api.pagerduty.com/${kind}s/${id}`,
  summary,
  type: `${kind}_reference`,
});
const labels = {
  event: 'incident.triggered',
  title: 'A little bump in the road',
  status: 'triggered',
  urgency: 'high',
  priority: 'P1',
  service: 'API Service',
  service_id: 'PF9KMXH',
  escalation_policy: 'Default',
  incident_key: 'd3640fbd41094207a1c11e58e46b1662',
};

test('an incident that begins is an event', async () => {
  expect(await read('pagerduty/triggered', 'correct-horse')).toEqual({
    type: 'events',
    events: [
      {
        source: 'pagerduty',
        endpoint: 'prod',
        key: '01DEN0V3SQ5G4Q3X7A4ZAU4S8P',
        subject: 'PGR0VU2',
        state: 'firing',
        title: 'A little bump in the road: API Service',
        at: '2026-11-29T09:58:22.169Z',
        link: 'https://acme.pagerduty.com/incidents/PGR0VU2',
        person: 'PLH1HKV',
        labels,
        fields: {
          id: '01DEN0V3SQ5G4Q3X7A4ZAU4S8P',
          event_type: 'incident.triggered',
          resource_type: 'incident',
          occurred_at: '2026-11-29T09:58:22.169Z',
          agent: reference('user', 'PLH1HKV', 'Tenex Engineer'),
          client: { name: 'PagerDuty' },
          data: {
            id: 'PGR0VU2',
            type: 'incident',
            self: 'https://api.pagerduty.com/incidents/PGR0VU2',
            html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
            number: 2,
            status: 'triggered',
            incident_key: 'd3640fbd41094207a1c11e58e46b1662',
            created_at: '2026-11-29T09:58:21Z',
            title: 'A little bump in the road',
            service: reference('service', 'PF9KMXH', 'API Service'),
            assignees: [],
            escalation_policy: { id: 'PUS0KTE', summary: 'Default', type: 'escalation_policy_reference' },
            teams: [],
            priority: { id: 'PSO75BM', summary: 'P1', type: 'priority_reference' },
            urgency: 'high',
            conference_bridge: null,
            resolve_reason: null,
          },
          labels,
        },
      },
    ],
  });
});

test('what is told beside an incident is about it, and of a state without an end', async () => {
  const reading = await read('pagerduty/note', 'correct-horse');
  const [event] = reading.type === 'events' ? reading.events : [];
  expect({ ...event, fields: {} }).toEqual({
    source: 'pagerduty',
    endpoint: 'prod',
    key: '01DEN0V3SQ5G4Q3X7A4ZAU4S9Q',
    subject: 'PGR0VU2',
    state: 'occurred',
    title: 'A little bump in the road',
    at: '2026-11-29T09:59:00.000Z',
    link: 'https://acme.pagerduty.com/incidents/PGR0VU2',
    labels: { event: 'incident.annotated', title: 'A little bump in the road' },
    fields: {},
  });
});

test.each(['incident.resolved', 'incident.reopened', 'incident.acknowledged'])(
  'the state of %s is its own',
  async (type) => {
    const good = sent('pagerduty/triggered');
    const body = Buffer.from(good.body.toString().replaceAll('incident.triggered', type));
    const told = signed.pagerduty({ ...good, body }, 'correct-horse');
    const reading = await pagerduty.read(told, endpointOf(['correct-horse']), noNetwork);
    const states =
      reading.type === 'events' ? reading.events.map(({ state, subject }) => [state, subject]) : [];
    const expected = { 'incident.resolved': 'resolved', 'incident.reopened': 'firing' }[type] ?? 'occurred';
    expect(states).toEqual([[expected, 'PGR0VU2']]);
  },
);

test('one right signature of several is proof, while the secret is changed', async () => {
  const reading = await read('pagerduty/triggered', 'the-old-one', 'correct-horse');
  expect(reading.type).toBe('events');
});

test.each([
  [
    '{"event":{"id":"1","event_type":"pagey.ping"}}',
    { type: 'reply', reply: { status: 200, headers: {}, body: '' } },
  ],
  [
    '{"event":{"id":"1"}}',
    { type: 'unreadable', reason: 'the body holds no `event` with `id` and `event_type`' },
  ],
  ['[]', { type: 'unreadable', reason: 'the body holds no `event` with `id` and `event_type`' }],
  ['', { type: 'unreadable', reason: 'the body is empty' }],
])('%s comes to %j', async (body, reading) => {
  const told = signed.pagerduty(sent('pagerduty/note', { body: Buffer.from(body) }), 'correct-horse');
  expect(await pagerduty.read(told, endpointOf(['correct-horse']), noNetwork)).toEqual(reading);
});
