// Owns deliveries of the recorded senders for tests, and endpoints that take them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery, Endpoint, FetchText } from '../../../src/surfaces/sources/source.ts';

const folder = join(import.meta.dirname, '../../fixtures/senders');

/** When all of them come: 2026-11-29T10:00:00Z. */
export const receivedAt = Date.UTC(2026, 10, 29, 10);

/** A delivery as it was recorded, such as `alertmanager/firing`; with other headers or another body where given. */
export function sent(name: string, over: Partial<Delivery> = {}): Delivery {
  const { method, headers, body } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return { method, headers, body: Buffer.from(body), receivedAt, query: '', ...over };
}

/** An endpoint of those secrets. */
export function endpointOf(secrets: readonly string[], settings: Endpoint['settings'] = {}): Endpoint {
  return { name: 'prod', secrets, settings };
}

/** A network where nothing is. */
export const noNetwork: FetchText = (url) => Promise.reject(new Error(`nothing is at ${url}`));
