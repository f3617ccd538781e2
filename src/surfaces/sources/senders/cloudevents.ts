// Owns CloudEvents 1.0 over HTTP: structured, batched and binary, and the handshake before the first of them.
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { type EventRecord, isRecord, recordAt, recordOf, textAt, textsOf } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { showsToken } from '../proof/shows-token.ts';
import { type Delivery, type Reading, refused, type Source, unreadable } from '../source.ts';

/** The standard has no proof of its own: a header, a token or a password is. */
export const cloudevents: Source = {
  async read(delivery, endpoint) {
    if (delivery.method === 'OPTIONS') return handshake(delivery);
    if (!showsToken(delivery, endpoint)) return refused;
    const read = messagesOf(delivery);
    if (!read.ok) return unreadable(read.error);
    const events = read.value.map((message) => eventOf(message, endpoint.name));
    const place = events.indexOf(undefined);
    return place === -1
      ? { type: 'events', events: events.filter((event) => event !== undefined) }
      : unreadable(`event ${place + 1} has no \`id\`, \`source\`, \`type\`, or \`specversion\` of 1.0`);
  },
};

/** Deliveries a minute that a sender may make. */
const allowedRate = '120';

/** Who may send is asked before any proof; that it is allowed lets nobody send without one. */
function handshake({ headers }: Delivery): Reading {
  const origin = headers['webhook-request-origin'] ?? '';
  if (!/^[\w.:*/-]{1,253}$/.test(origin)) return refused;
  const allowed = { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': allowedRate };
  return { type: 'reply', reply: { status: 200, headers: { allow: 'POST', ...allowed }, body: '' } };
}

function messagesOf({ headers, body }: Delivery): Result<readonly EventValue[], string> {
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('application/cloudevents-batch')) {
    const read = readJson(body);
    if (!read.ok) return read;
    if (!Array.isArray(read.value)) return fail('the body is no list of events');
    return read.value.length === 0 ? fail('the body is an empty list') : ok(read.value);
  }
  if (type.startsWith('application/cloudevents')) {
    const read = readJson(body);
    return read.ok ? ok([read.value]) : read;
  }
  return binaryOf(headers, body, type);
}

/** The attributes stand in headers, and the data is the body. */
function binaryOf(
  headers: Delivery['headers'],
  body: Uint8Array,
  type: string,
): Result<readonly EventValue[], string> {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('ce-') ? [[name.slice(3), decoded(value)] as const] : [],
  );
  if (attributes.length === 0)
    return fail('neither the headers nor the content type are those of CloudEvents');
  const isJson = type === '' || /^(?:application|text)\/(?:[\w.-]+\+)?json\b/.test(type);
  const data = body.length === 0 ? ok(null) : isJson ? readJson(body) : ok(Buffer.from(body).toString());
  if (!data.ok) return data;
  return ok([recordOf<EventValue>([...attributes, ['datacontenttype', type], ['data', data.value]])]);
}

/** Headers hold other than ASCII as percents; what cannot be decoded stays as it came. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function eventOf(message: EventValue, endpoint: string): ReceivedEvent | undefined {
  const [id, origin, type, version] = ['id', 'source', 'type', 'specversion'].map((name) =>
    textAt(message, name),
  );
  if (!isRecord(message) || id === undefined || origin === undefined || type === undefined) return undefined;
  // A version written as a number is read as one.
  if (version !== '1.0' && version !== '1') return undefined;
  const subject = textAt(message, 'subject');
  const labels = recordOf([
    ...Object.entries(textsOf(recordAt(message, 'data'))),
    ...Object.entries(textsOf(attributesOf(message))),
  ]);
  const at = timeOf(textAt(message, 'time'));
  const link = linkOf(textAt(message, 'data', 'url'), textAt(message, 'data', 'link'), origin);
  return {
    source: 'cloudevents',
    endpoint,
    key: `${origin} ${id}`,
    subject: [origin, subject].filter((part) => part !== undefined).join(' '),
    state: 'occurred',
    title: titleOf([type, subject ?? origin], type),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    labels,
    fields: recordOf([...Object.entries(message), ['labels', labels]]),
  };
}

function attributesOf(message: EventRecord): EventRecord {
  return recordOf(
    Object.entries(message).filter(([name]) => !['data', 'data_base64', 'specversion'].includes(name)),
  );
}
