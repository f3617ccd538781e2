// Owns one good delivery of each kind of sender and proof.
import type { GoodDelivery } from './forgeries.ts';
import { endpointOf, sent } from './sent.ts';
import { signed } from './signed.ts';

const token = { proof: ['authorization'], signsBody: false, expires: false };
const standard = {
  proof: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  several: 'webhook-signature',
  signsBody: true,
  expires: true,
};
const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const slackProof = {
  proof: ['x-slack-request-timestamp', 'x-slack-signature'],
  signsBody: true,
  expires: true,
};

/** All of them, by what they are. */
export const goodDeliveries: Readonly<Record<string, GoodDelivery>> = {
  'alertmanager with a token': {
    type: 'alertmanager',
    delivery: sent('alertmanager/firing'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
  },
  'alertmanager with a password': {
    type: 'alertmanager',
    delivery: sent('alertmanager/basic'),
    endpoint: endpointOf(['pässwörd'], { user: 'alertmanager' }),
    ...token,
  },
  'grafana with a signature': {
    type: 'grafana',
    delivery: signed.grafana(sent('grafana/firing'), 'pässwörd'),
    endpoint: endpointOf(['pässwörd'], { signature: 'x-grafana-alerting-signature' }),
    proof: ['x-grafana-alerting-signature'],
    signsBody: true,
    expires: false,
  },
  'grafana with a signature and a time': {
    type: 'grafana',
    delivery: signed.grafanaWithTime(sent('grafana/firing'), 'correct-horse'),
    endpoint: endpointOf(['correct-horse'], { signature: 'x-signature', timestamp: 'x-time' }),
    proof: ['x-signature', 'x-time'],
    signsBody: true,
    expires: true,
  },
  pagerduty: {
    type: 'pagerduty',
    delivery: signed.pagerduty(sent('pagerduty/triggered'), 'correct-horse'),
    endpoint: endpointOf(['correct-horse']),
    proof: ['x-pagerduty-signature'],
    several: 'x-pagerduty-signature',
    signsBody: true,
    expires: false,
  },
  'eventbridge with a header': {
    type: 'eventbridge',
    delivery: sent('eventbridge/alarm'),
    endpoint: endpointOf(['correct-horse'], { header: 'x-api-key' }),
    ...token,
    proof: ['x-api-key'],
  },
  datadog: {
    type: 'datadog',
    delivery: sent('datadog/triggered'),
    endpoint: endpointOf(['correct-horse'], { header: 'x-runsheet-token' }),
    ...token,
    proof: ['x-runsheet-token'],
  },
  github: {
    type: 'github',
    delivery: signed.github(sent('github/deployment-status'), 'pässwörd'),
    endpoint: endpointOf(['pässwörd']),
    proof: ['x-hub-signature-256'],
    signsBody: true,
    expires: false,
  },
  'gitlab with a secret token': {
    type: 'gitlab',
    delivery: withHeader('gitlab/deployment', 'x-gitlab-token', 'correct-horse'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
    proof: ['x-gitlab-token'],
  },
  'gitlab with a signing token': {
    type: 'gitlab',
    delivery: signed.standard(sent('gitlab/deployment'), standardSecret),
    endpoint: endpointOf([standardSecret]),
    ...standard,
  },
  'cloudevents, structured': {
    type: 'cloudevents',
    delivery: sent('cloudevents/structured'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
  },
  'cloudevents, binary': {
    type: 'cloudevents',
    delivery: sent('cloudevents/binary'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
  },
  'webhook by Standard Webhooks': {
    type: 'webhook',
    delivery: signed.standard(sent('webhook/standard'), standardSecret),
    endpoint: endpointOf([standardSecret]),
    ...standard,
  },
  'webhook with a token': {
    type: 'webhook',
    delivery: withHeader('webhook/standard', 'authorization', 'bearer  correct-horse'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
  },
  'a command of slack': {
    type: 'slack',
    delivery: signed.slack(sent('slack/command'), '8f742231b10e8888abcd99yyyzzz85a5'),
    endpoint: endpointOf(['8f742231b10e8888abcd99yyyzzz85a5']),
    ...slackProof,
  },
  'a button of slack': {
    type: 'slack',
    delivery: signed.slack(sent('slack/button'), '8f742231b10e8888abcd99yyyzzz85a5'),
    endpoint: endpointOf(['8f742231b10e8888abcd99yyyzzz85a5']),
    ...slackProof,
  },
};

function withHeader(name: string, header: string, value: string) {
  const delivery = sent(name);
  return { ...delivery, headers: { ...delivery.headers, [header]: value } };
}
