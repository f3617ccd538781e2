// Owns how senders sign what they send, by their own documentation.
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Delivery } from '../../../src/surfaces/sources/source.ts';

const hmac = (secret: string, ...parts: readonly (string | Uint8Array)[]): string => {
  const digest = createHmac('sha256', secret);
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};

const withHeaders = (delivery: Delivery, headers: Delivery['headers']): Delivery => ({
  ...delivery,
  headers: { ...delivery.headers, ...headers },
});

const secondsOf = ({ receivedAt }: Delivery): string => String(Math.floor(receivedAt / 1000));

/** How each sender signs with a secret. */
export const signed = {
  grafana: (delivery: Delivery, secret: string): Delivery =>
    withHeaders(delivery, { 'x-grafana-alerting-signature': hmac(secret, delivery.body) }),

  grafanaWithTime: (delivery: Delivery, secret: string): Delivery => {
    const time = secondsOf(delivery);
    return withHeaders(delivery, {
      'x-signature': hmac(secret, `${time}:`, delivery.body),
      'x-time': time,
    });
  },

  pagerduty: (delivery: Delivery, ...secrets: readonly string[]): Delivery =>
    withHeaders(delivery, {
      'x-pagerduty-signature': secrets.map((secret) => `v1=${hmac(secret, delivery.body)}`).join(','),
    }),

  github: (delivery: Delivery, secret: string): Delivery =>
    withHeaders(delivery, { 'x-hub-signature-256': `sha256=${hmac(secret, delivery.body)}` }),

  slack: (delivery: Delivery, secret: string): Delivery => {
    const time = secondsOf(delivery);
    return withHeaders(delivery, {
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${hmac(secret, `v0:${time}:`, delivery.body)}`,
    });
  },

  /** By the library that senders use; `at` is when it was signed, in milliseconds. */
  standard: (delivery: Delivery, secret: string, id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'): Delivery => {
    const at = new Date(delivery.receivedAt);
    return withHeaders(delivery, {
      'webhook-id': id,
      'webhook-timestamp': secondsOf(delivery),
      'webhook-signature': new Webhook(secret).sign(id, at, Buffer.from(delivery.body).toString()),
    });
  },
};
