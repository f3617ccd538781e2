// Owns the proof of Standard Webhooks (standardwebhooks.com): id, time and body signed by a key in base64.
import type { Delivery, Endpoint } from '../source.ts';
import { isInTime } from './is-in-time.ts';
import { isSigned } from './is-signed.ts';
import { bytesOfHeader } from './shows-any.ts';

/** Fewer bytes are no key: a text that only looks like base64. */
const leastKey = 16;

/** Whether the delivery is signed by one of the endpoint's secrets, which may begin with `whsec_`, and is recent. */
export function isStandardWebhook(
  { method, headers, body, receivedAt }: Delivery,
  { secrets }: Endpoint,
): boolean {
  const id = bytesOfHeader(headers['webhook-id'] ?? '');
  const time = headers['webhook-timestamp'] ?? '';
  if (method !== 'POST' || id === undefined || id.length === 0 || !isInTime(time, receivedAt)) return false;
  const shown = (headers['webhook-signature'] ?? '')
    .split(' ')
    .flatMap((signature) => (signature.startsWith('v1,') ? [signature.slice(3)] : []));
  const keys = secrets.flatMap(keyOf);
  return isSigned({ keys, parts: [id, `.${time}.`, body], shown, encoding: 'base64' });
}

function keyOf(secret: string): readonly Uint8Array[] {
  const text = secret.replace(/^whsec_/, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return [];
  const key = Buffer.from(text, 'base64');
  return key.length < leastKey ? [] : [key];
}
