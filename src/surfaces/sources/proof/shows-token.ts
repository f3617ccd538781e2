// Owns the proof of senders that sign nothing: a token in a header, or a user and a password.
import type { Delivery, Endpoint } from '../source.ts';
import { bytesOfHeader, showsAny } from './shows-any.ts';

/**
 * Whether the delivery shows one of the endpoint's secrets: by itself in the endpoint's `header`, else as
 * `Authorization: Bearer`, or with a `user` as `Authorization: Basic`.
 */
export function showsToken({ method, headers }: Delivery, { secrets, settings }: Endpoint): boolean {
  if (method !== 'POST') return false;
  const { header, user } = settings;
  const usable = secrets.filter((secret) => secret !== '');
  if (header !== undefined) {
    // A header may be named like what every object has.
    return showsAny(
      bytesOfHeader(Object.hasOwn(headers, header) ? (headers[header] ?? '') : ''),
      usable.map((secret) => Buffer.from(secret)),
    );
  }
  const shown = (headers.authorization ?? '').replace(
    /^(\w+) +/,
    (_all, scheme) => `${scheme.toLowerCase()} `,
  );
  const expected = usable.map((secret) =>
    user === undefined ? `bearer ${secret}` : `basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
  );
  return showsAny(
    bytesOfHeader(shown),
    expected.map((text) => Buffer.from(text)),
  );
}
