// Owns webhooks of any sender whose body is a JSON object, signed by Standard Webhooks or with a token.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { digestOf } from '../payload/digest-of.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { isRecord, recordOf, textAt, textsOf } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { isStandardWebhook } from '../proof/is-standard-webhook.ts';
import { showsToken } from '../proof/shows-token.ts';
import { type Delivery, type Endpoint, type Reading, refused, type Source, unreadable } from '../source.ts';

/** A signature of Standard Webhooks is its proof, or a header, a token or a password. */
export const webhook: Source = {
  async read(delivery, endpoint) {
    if (!isStandardWebhook(delivery, endpoint) && !showsToken(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    return body.ok ? toReading(body.value, delivery, endpoint) : unreadable(body.error);
  },
};

function toReading(body: EventValue, delivery: Delivery, { name }: Endpoint): Reading {
  if (!isRecord(body)) return unreadable('the body is no object');
  const first = (...names: readonly string[]) =>
    names.map((one) => textAt(body, one)).find((one) => one !== undefined);
  const key = keyOf(delivery);
  const at = timeOf(first('time', 'timestamp', 'at'));
  const link = linkOf(first('link'), first('url'));
  const labels = textsOf(body);
  const read: ReceivedEvent = {
    source: 'webhook',
    endpoint: name,
    key,
    subject: first('subject', 'alert', 'type', 'event') ?? key,
    state: stateOf(first('state') ?? first('status')),
    title: titleOf([first('title', 'summary', 'message', 'type', 'event')], `webhook ${name}`),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    labels,
    fields: recordOf([...Object.entries(body), ['labels', labels]]),
  };
  return { type: 'events', events: [read] };
}

/** Without an id of the sender's each delivery is an event of its own: the same body may well be meant twice. */
function keyOf({ headers, body, receivedAt }: Delivery): string {
  return headers['webhook-id'] || headers['idempotency-key'] || `${digestOf(body)}:${receivedAt}`;
}

function stateOf(word: string | undefined): ReceivedEvent['state'] {
  return word === 'firing' || word === 'resolved' ? word : 'occurred';
}
