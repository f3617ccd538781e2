// Owns Amazon SNS over HTTPS: the messages of topics, and the confirmation of a subscription.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { readJson, readJsonText } from '../payload/read-json.ts';
import { recordAt, recordOf, textAt } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { type SnsMessage, signatureOfSns } from '../proof/signature-of-sns.ts';
import { type FetchText, type Reading, refused, type Source } from '../source.ts';
import { awsMessage } from './aws-message.ts';

/** The signature by a certificate of Amazon's is its proof, and the topic is one of the endpoint's. */
export const sns: Source = {
  async read({ method, body, receivedAt }, { name, settings }, fetchText) {
    const { topics = [] } = settings;
    // The proof is in the body; one that does not even name a topic is not worth to be read.
    const isNamed = topics.some((topic) => topic !== '' && Buffer.from(body).includes(topic));
    const read = method === 'POST' && isNamed ? readJson(body) : undefined;
    if (!read?.ok) return refused;
    const message = messageOf(read.value);
    const topic = textAt(read.value, 'TopicArn') ?? '';
    if (message === undefined || !topics.includes(topic)) return refused;
    const signature = await signatureOfSns(message, topic, { receivedAt, fetchText });
    if (signature === 'unknown') return unavailable;
    if (signature === 'wrong') return refused;
    if (message.Type === 'SubscriptionConfirmation') return confirm(message, topic, fetchText);
    // What else there is, the end of a subscription, is an event like any message.
    return { type: 'events', events: [eventOf(message, topic, name)] };
  },
};

const done = { status: 200, headers: {}, body: '' };
const unavailable: Reading = {
  type: 'unavailable',
  reason: 'the certificate of the signature cannot be had from Amazon',
};

/** All that is signed, and what is needed to check it; undefined where something of it is no text. */
function messageOf(value: EventValue): SnsMessage | undefined {
  const entries = Object.entries(recordAt(value)).map(([name, one]) => [name, textAt(one)] as const);
  const message = recordOf(entries);
  const needed = [
    'Type',
    'MessageId',
    'TopicArn',
    'Timestamp',
    'Signature',
    'SignatureVersion',
    'SigningCertURL',
  ];
  return needed.every((name) => message[name] !== undefined) ? message : undefined;
}

/** Visits the address that confirms the subscription, which may only be Amazon's own. */
async function confirm(message: SnsMessage, topic: string, fetchText: FetchText): Promise<Reading> {
  const address = message.SubscribeURL ?? '';
  const { origin } = new URL(message.SigningCertURL ?? '');
  const asked = address.startsWith(`${origin}/?`) ? new URL(address).searchParams : undefined;
  const isAmazons = asked?.get('Action') === 'ConfirmSubscription' && asked.get('TopicArn') === topic;
  if (!isAmazons) return refused;
  try {
    await fetchText(address);
    return { type: 'reply', reply: done };
  } catch {
    return { type: 'unavailable', reason: 'the subscription cannot be confirmed with Amazon' };
  }
}

function eventOf(message: SnsMessage, topic: string, endpoint: string): ReceivedEvent {
  const from = { source: 'sns', endpoint };
  const text = message.Message ?? '';
  const read = /^\s*\{/.test(text) ? readJsonText(text, 'the message') : undefined;
  const told = read?.ok ? awsMessage(read.value, from) : undefined;
  const topicLabel = { topic: topic.split(':').at(-1) ?? '' };
  if (told !== undefined) {
    const labels = recordOf([...Object.entries(told.labels), ...Object.entries(topicLabel)]);
    return { ...told, labels, fields: recordOf([...Object.entries(told.fields), ['labels', labels]]) };
  }
  const at = timeOf(message.Timestamp);
  const labels = recordOf([...Object.entries(topicLabel), ['subject', message.Subject]]);
  return {
    ...from,
    key: message.MessageId ?? '',
    subject: message.Subject ?? topic,
    state: 'occurred',
    title: titleOf([message.Subject ?? text], `message of ${topic}`),
    ...(at !== undefined && { at }),
    labels,
    fields: recordOf<EventValue>([
      ['message', read?.ok ? read.value : text],
      ['subject', message.Subject],
      ['topic', topic],
      ['labels', labels],
    ]),
  };
}

/** What a message says whose signature nobody has checked: for rules that are tried, and for nothing that is received. */
export function readUnproven(body: Uint8Array): Reading {
  const read = readJson(body);
  if (!read.ok) return { type: 'unreadable', reason: read.error };
  const message = messageOf(read.value);
  if (message === undefined) return { type: 'unreadable', reason: 'it is no message of SNS' };
  return { type: 'events', events: [eventOf(message, message.TopicArn ?? '', '')] };
}
