// Tests reading Amazon SNS, with a certificate made by openssl in the place of Amazon's.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sns } from '../../../../src/surfaces/sources/senders/sns.ts';
import type { Delivery } from '../../../../src/surfaces/sources/source.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { certificateAddress, snsAuthority } from '../sns-authority.ts';

const topic = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const endpoint = endpointOf([], { topics: ['arn:aws:sns:us-east-1:123456789012:other', topic] });
const refused = { type: 'refused', reason: 'the delivery does not hold the proof of its sender' };
const amazon = snsAuthority();
const stranger = snsAuthority();
const read = (delivery: Delivery, told = endpoint) => sns.read(delivery, told, amazon.fetchText);

beforeEach(() => {
  amazon.fetched.length = 0;
});

const alarm = 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web/p99 latency';
const labels = {
  LoadBalancer: 'app/shop/50dc6c495c0c9188',
  alarm: 'web/p99 latency',
  state: 'ALARM',
  account: '123456789012',
  region: 'eu-central-1',
  namespace: 'AWS/ApplicationELB',
  metric: 'TargetResponseTime',
  topic: 'alarms',
};

test.each(['1', '2'])('an alarm of CloudWatch, signed by version %s, is an event', async (version) => {
  const delivery = amazon.deliver('sns/alarm', { SignatureVersion: version });
  const message = JSON.parse(JSON.parse(Buffer.from(delivery.body).toString()).Message);
  expect(await read(delivery)).toEqual({
    type: 'events',
    events: [
      {
        source: 'sns',
        endpoint: 'prod',
        key: `${alarm} 2026-11-29T09:58:13.927+0000`,
        subject: alarm,
        state: 'firing',
        title: 'web/p99 latency: p99 of the shop is above 2 s',
        at: '2026-11-29T09:58:13.927Z',
        link:
          'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1' +
          '#alarmsV2:alarm/web%2Fp99%20latency',
        labels,
        fields: { ...message, labels },
      },
    ],
  });
});

test('an event of EventBridge is read as such, and anything else as its text', async () => {
  const bus = Buffer.from(sent('eventbridge/alarm').body).toString();
  const told = [];
  for (const over of [{ Message: bus }, { Message: '{"disk":"/var"}' }, { Message: 'the disk\nis full' }]) {
    const reading = await read(amazon.deliver('sns/alarm', { ...over, Subject: 'A subject' }));
    told.push(...(reading.type === 'events' ? reading.events : []));
  }
  expect(told.map(({ key, subject, state, title }) => ({ key, subject, state, title }))).toEqual([
    {
      key: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
      subject: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:ServerCpuTooHigh',
      state: 'firing',
      title: expect.stringMatching(/^CloudWatch Alarm State Change: ServerCpuTooHigh: Threshold/),
    },
    {
      key: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      subject: 'A subject',
      state: 'occurred',
      title: 'A subject',
    },
    {
      key: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      subject: 'A subject',
      state: 'occurred',
      title: 'A subject',
    },
  ]);
  const ownLabels = { topic: 'alarms', subject: 'A subject' };
  const own = { subject: 'A subject', topic, labels: ownLabels };
  expect(told.slice(1).map(({ fields }) => fields)).toEqual([
    { ...own, message: { disk: '/var' } },
    { ...own, message: 'the disk\nis full' },
  ]);
});

test('a subscription is confirmed at Amazon, once its proof is right', async () => {
  expect(await read(amazon.deliver('sns/confirmation'))).toEqual({
    type: 'reply',
    reply: { status: 200, headers: {}, body: '' },
  });
  expect(amazon.fetched.at(-1)).toBe(
    `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}` +
      '&Token=2336412f37fb687f5d51e6e241d09c805a5a57b30d712f79',
  );
});

test('a certificate is fetched once', async () => {
  const { deliver, fetchText, fetched } = snsAuthority();
  await sns.read(deliver('sns/alarm'), endpoint, fetchText);
  await sns.read(deliver('sns/alarm'), endpoint, fetchText);
  expect(fetched).toEqual([certificateAddress]);
});

test('without the certificate nothing is known, and SNS is told to try again', async () => {
  expect(await sns.read(amazon.deliver('sns/alarm'), endpoint, noNetwork)).toEqual({
    type: 'unavailable',
    reason: 'the certificate of the signature cannot be had from Amazon',
  });
});

test('a confirmation that cannot be made is tried again', async () => {
  const onlyCertificate = async (url: string) => {
    if (url === certificateAddress) return amazon.certificate;
    throw new Error('500');
  };
  expect(await sns.read(amazon.deliver('sns/confirmation'), endpoint, onlyCertificate)).toEqual({
    type: 'unavailable',
    reason: 'the subscription cannot be confirmed with Amazon',
  });
});

const hour = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const cut = (delivery: Delivery, name: string): Delivery => {
  const { [name]: _cut, ...rest } = JSON.parse(Buffer.from(delivery.body).toString());
  return { ...delivery, body: Buffer.from(JSON.stringify(rest)) };
};
const good = () => amazon.deliver('sns/alarm');
const signature = JSON.parse(Buffer.from(good().body).toString()).Signature;

const forged: readonly (readonly [string, () => Delivery])[] = [
  ['another key', () => stranger.deliver('sns/alarm')],
  ['another message', () => amazon.deliver('sns/alarm', {}, { Message: '{}' })],
  ['one letter of the message changed', () => amazon.deliver('sns/alarm', {}, { Subject: 'alarm' })],
  ['another type', () => amazon.deliver('sns/alarm', {}, { Type: 'SubscriptionConfirmation' })],
  ['no signature', () => amazon.deliver('sns/alarm', {}, { Signature: '' })],
  ['the signature of another message', () => amazon.deliver('sns/alarm', {}, { Signature: signature })],
  ['a short signature', () => amazon.deliver('sns/alarm', {}, { Signature: 'AAAA' })],
  ['a long signature', () => amazon.deliver('sns/alarm', {}, { Signature: 'A'.repeat(100_000) })],
  ['a signature that is a list', () => amazon.deliver('sns/alarm', {}, { Signature: [signature] })],
  ['a version that there is not', () => amazon.deliver('sns/alarm', {}, { SignatureVersion: '3' })],
  ['a version of every object', () => amazon.deliver('sns/alarm', {}, { SignatureVersion: 'constructor' })],
  ['the hash of the other version', () => amazon.deliver('sns/alarm', {}, { SignatureVersion: '1' })],
  ['an hour and more late', () => amazon.deliver('sns/alarm', { Timestamp: at(-hour - 5000) })],
  ['an hour and more early', () => amazon.deliver('sns/alarm', { Timestamp: at(hour + 5000) })],
  ['no time', () => amazon.deliver('sns/alarm', { Timestamp: 'now' })],
  ['another topic', () => amazon.deliver('sns/alarm', { TopicArn: `${topic}2` })],
  [
    'a topic of another account',
    () => amazon.deliver('sns/alarm', { TopicArn: topic.replace('1234', '9999') }),
  ],
  [
    'a topic of another region',
    () => amazon.deliver('sns/alarm', { TopicArn: 'arn:aws:sns:us-east-1:123456789012:other' }),
  ],
  ['a GET', () => ({ ...good(), method: 'GET' })],
  ['no body', () => ({ ...good(), body: new Uint8Array() })],
  ['2 MiB', () => amazon.deliver('sns/alarm', { Message: 'a'.repeat(2_097_152) })],
  ['a depth of 100,000', () => ({ ...good(), body: Buffer.from('['.repeat(100_000)) })],
  [
    'names of every object',
    () => ({ ...good(), body: Buffer.from('{"__proto__":{"Type":"Notification"}}') }),
  ],
  ...[
    'Type',
    'MessageId',
    'TopicArn',
    'Timestamp',
    'Signature',
    'SignatureVersion',
    'SigningCertURL',
    'Message',
  ].map((name) => [`without ${name}`, () => cut(good(), name)] as const),
];

describe('is refused', () => {
  test.each(forged)('%s', async (_what, make) => {
    expect(await read(make())).toEqual(refused);
  });

  test('where no topic is heard', async () => {
    expect(await read(good(), endpointOf(['', topic]))).toEqual(refused);
    expect(await read(good(), endpointOf([], { topics: [''] }))).toEqual(refused);
  });

  test.each([
    'http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-1.amazonaws.com@evil.example/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-2.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-1.amazonaws.org/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://sns.eu-central-1.amazonaws.com/bucket/../SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    'https://s3.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem',
    `${certificateAddress}?x=.pem`,
    `${certificateAddress}#.pem`,
    `${certificateAddress}\n`,
    'file:///etc/passwd',
    '',
  ])('a certificate at %j, which is not even fetched', async (address) => {
    expect(await read(amazon.deliver('sns/alarm', { SigningCertURL: address }))).toEqual(refused);
    expect(amazon.fetched).toEqual([]);
  });

  test.each([
    'https://evil.example/?Action=ConfirmSubscription',
    `https://sns.eu-central-1.amazonaws.com.evil.example/?Action=ConfirmSubscription&TopicArn=${topic}`,
    `https://sns.eu-central-1.amazonaws.com/?Action=Publish&TopicArn=${topic}`,
    'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-central-1:1:x',
    '',
  ])('a confirmation at %j, which is not visited', async (address) => {
    expect(await read(amazon.deliver('sns/confirmation', { SubscribeURL: address }))).toEqual(refused);
    expect(amazon.fetched.filter((url) => url !== certificateAddress)).toEqual([]);
  });

  test('a certificate that has run out, or is of no key for signatures of SNS', async () => {
    const old = snsAuthority(1);
    const late = old.deliver('sns/alarm', { Timestamp: at(72 * hour) });
    expect(await sns.read({ ...late, receivedAt: Date.now() + 72 * hour }, endpoint, old.fetchText)).toEqual(
      refused,
    );
    const other = snsAuthority(10, ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    expect(await sns.read(other.deliver('sns/alarm'), endpoint, other.fetchText)).toEqual(refused);
  });
});

test('any body comes to a refusal, and nothing is thrown', async () => {
  const names = [
    'Message',
    'MessageId',
    'Subject',
    'Timestamp',
    'TopicArn',
    'Type',
    'Signature',
    'SigningCertURL',
  ];
  const field = fc.tuple(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }));
  const changed = fc.array(field, { minLength: 1, maxLength: 3 }).map((all) => Object.fromEntries(all));
  const told = good();
  const bodies = fc.oneof(
    fc.uint8Array(),
    changed.map((over) => amazon.deliver('sns/alarm', {}, over).body),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      expect(await read({ ...told, body })).toEqual(refused);
    }),
  );
});
