// Owns PagerDuty's webhooks, version 3: what happens to an incident or a service.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { recordAt, recordOf, textAt } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { isSigned, keysOf } from '../proof/is-signed.ts';
import { type Delivery, type Endpoint, type Reading, refused, type Source, unreadable } from '../source.ts';

/** The bare HMAC of the body is its proof; several stand in the header while the secret is changed. */
export const pagerduty: Source = {
  async read(delivery, endpoint) {
    if (!holdsSignature(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    return body.ok ? toReading(body.value, endpoint) : unreadable(body.error);
  },
};

function holdsSignature({ method, headers, body }: Delivery, { secrets }: Endpoint): boolean {
  const shown = (headers['x-pagerduty-signature'] ?? '')
    .split(',')
    .map((text) => text.trim())
    .flatMap((text) => (text.startsWith('v1=') ? [text.slice(3)] : []));
  return method === 'POST' && isSigned({ keys: keysOf(secrets), parts: [body], shown, encoding: 'hex' });
}

const pong = { status: 200, headers: {}, body: '' };
const firing = ['incident.triggered', 'incident.reopened', 'incident.unacknowledged'];

function toReading(body: EventValue, { name }: Endpoint): Reading {
  const [id, type] = [textAt(body, 'event', 'id'), textAt(body, 'event', 'event_type')];
  if (id === undefined || type === undefined)
    return unreadable('the body holds no `event` with `id` and `event_type`');
  if (type === 'pagey.ping') return { type: 'reply', reply: pong };
  const event = recordAt(body, 'event');
  const labels = labelsOf(event, type);
  const at = timeOf(textAt(event, 'occurred_at'));
  // Notes, updates and responders name their incident, and are not it.
  const subject = textAt(event, 'data', 'incident', 'id') ?? textAt(event, 'data', 'id') ?? id;
  const link = linkOf(textAt(event, 'data', 'html_url'), textAt(event, 'data', 'incident', 'html_url'));
  const isPerson = textAt(event, 'agent', 'type') === 'user_reference';
  const person = isPerson ? textAt(event, 'agent', 'id') : undefined;
  const read: ReceivedEvent = {
    source: 'pagerduty',
    endpoint: name,
    key: id,
    subject,
    state: firing.includes(type) ? 'firing' : type === 'incident.resolved' ? 'resolved' : 'occurred',
    title: titleOf([titleAt(event), labels.service], type),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    ...(person !== undefined && { person }),
    labels,
    fields: recordOf([...Object.entries(event), ['labels', labels]]),
  };
  return { type: 'events', events: [read] };
}

function titleAt(event: EventValue): string | undefined {
  return (
    textAt(event, 'data', 'title') ??
    textAt(event, 'data', 'incident', 'summary') ??
    textAt(event, 'data', 'summary')
  );
}

function labelsOf(event: EventValue, type: string): Readonly<Record<string, string>> {
  return recordOf([
    ['event', type],
    ['title', titleAt(event)],
    ['status', textAt(event, 'data', 'status')],
    ['urgency', textAt(event, 'data', 'urgency')],
    ['priority', textAt(event, 'data', 'priority', 'summary')],
    ['service', textAt(event, 'data', 'service', 'summary')],
    ['service_id', textAt(event, 'data', 'service', 'id')],
    ['escalation_policy', textAt(event, 'data', 'escalation_policy', 'summary')],
    ['incident_key', textAt(event, 'data', 'incident_key')],
  ]);
}
