// Tests all kinds of senders alike: what is proven is taken, and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { senderTypes, tellsEnds } from '../../../src/runbook/front-matter/triggers/source-types.ts';
import type { Delivery, SenderSettings } from '../../../src/surfaces/sources/source.ts';
import { type SourceType, sourceOf } from '../../../src/surfaces/sources/source-of.ts';
import { anyCharacter } from '../../any-character.ts';
import { forgeriesOf } from './forgeries.ts';
import { goodDeliveries } from './good-deliveries.ts';
import { endpointOf, noNetwork, receivedAt, sent } from './sent.ts';
import { signed } from './signed.ts';

const refused = { type: 'refused', reason: 'the delivery does not hold the proof of its sender' };
const taken = ['events', 'answers'];

/** Bytes, JSON, and JSON with names that senders use. */
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
  fc
    .tuple(fc.constantFrom('alerts', 'event', 'action', 'id'), fc.jsonValue())
    .map(([name, value]) => Buffer.from(JSON.stringify({ [name]: [value], ...Object(value) }))),
);

// Messages of SNS hold their proof inside, and have tests of their own.
test('there is a good delivery of each other kind', () => {
  const tested = new Set(Object.values(goodDeliveries).map(({ type }) => type));
  expect([...tested].sort()).toEqual(senderTypes.filter((type) => type !== 'sns').sort());
});

describe.each(Object.entries(goodDeliveries))('%s', (_name, good) => {
  const { delivery, endpoint } = good;
  const type = good.type as SourceType;

  test('is taken, also with a secret that is about to go, and the same again is the same', async () => {
    const { read } = await sourceOf(type);
    const first = await read(delivery, endpoint, noNetwork);
    expect(taken).toContain(first.type);
    expect(await read(delivery, endpoint, noNetwork)).toEqual(first);
    const secrets = ['', 'next', ...endpoint.secrets, 'ünlike'];
    expect(await read(delivery, { ...endpoint, secrets }, noNetwork)).toEqual(first);
  });

  test.each(forgeriesOf(good))('is refused: %s', async (_what, forged, told) => {
    const { read } = await sourceOf(type);
    expect(await read(forged, told, noNetwork)).toEqual(refused);
  });

  test('with any body, nothing is taken without its proof, and reading never throws', async () => {
    const { read } = await sourceOf(type);
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async (body, proven) => {
        const { [good.proof[0] ?? '']: _proof, ...rest } = delivery.headers;
        const headers = proven ? delivery.headers : rest;
        const reading = await read({ ...delivery, headers, body }, endpoint, noNetwork);
        if (!proven || good.signsBody) expect(reading).toEqual(refused);
        else expect([...taken, 'unreadable']).toContain(reading.type);
        if (reading.type === 'events' && !tellsEnds(type))
          for (const { state } of reading.events) expect(state).toBe('occurred');
      }),
    );
  });
});

test.each(senderTypes)('%s refuses any headers, and never throws', async (type) => {
  const { read } = await sourceOf(type);
  const names = [
    ...new Set(Object.values(goodDeliveries).flatMap(({ delivery }) => Object.keys(delivery.headers))),
  ];
  const headers = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: anyCharacter, maxLength: 80 }));
  await fc.assert(
    fc.asyncProperty(headers, fc.uint8Array({ maxLength: 50 }), async (any, body) => {
      const delivery = { method: 'POST', headers: any, body, receivedAt, query: '' };
      expect(await read(delivery, endpointOf(['a-secret-of-ours']), noNetwork)).toEqual(refused);
    }),
  );
});

// What is signed with no key, or shows no secret, is what everybody can make.
test.each<readonly [SourceType, Delivery, SenderSettings]>([
  ['grafana', signed.grafana(sent('grafana/firing'), ''), { signature: 'x-grafana-alerting-signature' }],
  ['pagerduty', signed.pagerduty(sent('pagerduty/triggered'), ''), {}],
  ['github', signed.github(sent('github/deployment-status'), ''), {}],
  ['slack', signed.slack(sent('slack/command'), ''), {}],
  ['alertmanager', sent('alertmanager/firing', { headers: { authorization: 'Bearer ' } }), {}],
  ['alertmanager', sent('alertmanager/firing', { headers: { authorization: 'Basic YW06' } }), { user: 'am' }],
  ['datadog', sent('datadog/triggered', { headers: { 'x-token': '' } }), { header: 'x-token' }],
  ['gitlab', sent('gitlab/deployment', { headers: { 'x-gitlab-token': '' } }), {}],
])('%s refuses what an empty secret would prove', async (type, delivery, settings) => {
  const { read } = await sourceOf(type);
  expect(await read(delivery, endpointOf([''], settings), noNetwork)).toEqual(refused);
  expect(await read(delivery, endpointOf([], settings), noNetwork)).toEqual(refused);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
  'a token with JSON is taken as %j too, as `curl -d` sends it',
  async (type) => {
    const { read } = await sourceOf('alertmanager');
    const good = sent('alertmanager/firing');
    const delivery = { ...good, headers: { ...good.headers, 'content-type': type } };
    expect((await read(delivery, endpointOf(['correct-horse']), noNetwork)).type).toBe('events');
  },
);
