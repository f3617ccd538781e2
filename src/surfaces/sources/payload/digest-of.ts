// Owns naming a delivery by its bytes, where its sender gives it no name that is proven.
import { createHash } from 'node:crypto';

/** 128 bits of the SHA-256 of the bytes, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
