// Owns comparing what a sender shows with what it should be, in a time that tells nothing of either.
import { createHash, timingSafeEqual } from 'node:crypto';

/** The bytes of a header; undefined where a character is no byte, which no request can hold. */
export function bytesOfHeader(header: string): Uint8Array | undefined {
  for (let at = 0; at < header.length; at++) if (header.charCodeAt(at) > 0xff) return undefined;
  return Buffer.from(header, 'latin1');
}

/** Whether any of the expected is shown, which nothing never is; all of them are compared. */
export function showsAny(shown: Uint8Array | undefined, expected: readonly Uint8Array[]): boolean {
  if (shown === undefined || shown.length === 0) return false;
  const digest = digestOf(shown);
  return expected.map((one) => timingSafeEqual(digest, digestOf(one))).includes(true);
}

/** Of one length, whatever is compared. */
function digestOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
