// Owns the webhook of Grafana's alerting: groups of alerts as Alertmanager's, signed where it is told to.
import { readJson } from '../payload/read-json.ts';
import { isInTime } from '../proof/is-in-time.ts';
import { isSigned, keysOf } from '../proof/is-signed.ts';
import { showsToken } from '../proof/shows-token.ts';
import { type Delivery, type Endpoint, refused, type Source, unreadable } from '../source.ts';
import { alertsOf } from './alerts-of.ts';

/**
 * A token or a password is its proof, or with `signature` the HMAC in that header; with `timestamp` it is over the
 * time in that header, a colon and the body.
 */
export const grafana: Source = {
  async read(delivery, endpoint) {
    const { signature, timestamp } = endpoint.settings;
    const isSender = signature === undefined && timestamp === undefined ? showsToken : holdsSignature;
    if (!isSender(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    return body.ok ? alertsOf(body.value, endpoint, 'grafana') : unreadable(body.error);
  },
};

function holdsSignature(delivery: Delivery, { secrets, settings }: Endpoint): boolean {
  const { signature = 'x-grafana-alerting-signature', timestamp } = settings;
  const { method, headers, body, receivedAt } = delivery;
  const time = timestamp === undefined ? undefined : (headers[timestamp] ?? '');
  if (method !== 'POST' || (time !== undefined && !isInTime(time, receivedAt))) return false;
  const parts = time === undefined ? [body] : [`${time}:`, body];
  return isSigned({ keys: keysOf(secrets), parts, shown: [headers[signature] ?? ''], encoding: 'hex' });
}
