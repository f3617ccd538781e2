// Owns the proof of senders that sign: an HMAC with SHA-256 over the very bytes that came.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What was signed, with which keys, and what the sender shows of it. */
export interface Signed {
  /** Any of them counts; empty ones never do. */
  readonly keys: readonly Uint8Array[];
  readonly parts: readonly (string | Uint8Array)[];
  /** Any of them counts: senders show several while they change keys. */
  readonly shown: readonly string[];
  readonly encoding: 'hex' | 'base64';
}

/** No sender shows more signatures than this at once. */
const mostShown = 10;
const forms = { hex: /^[0-9a-fA-F]{64}$/, base64: /^[A-Za-z0-9+/]{43}=$/ };

/** Whether one of the signatures shown is one of the keys'. Every one is compared with every key, in constant time. */
export function isSigned({ keys, parts, shown, encoding }: Signed): boolean {
  const signatures = shown
    .slice(0, mostShown)
    .filter((text) => forms[encoding].test(text))
    .map((text) => Buffer.from(text, encoding));
  const expected = keys
    .filter(({ length }) => length > 0)
    .map((key) => {
      const hmac = createHmac('sha256', key);
      for (const part of parts) hmac.update(part);
      return hmac.digest();
    });
  return signatures
    .flatMap((signature) => expected.map((one) => timingSafeEqual(signature, one)))
    .includes(true);
}

/** Secrets as the keys that their bytes are. */
export function keysOf(secrets: readonly string[]): readonly Uint8Array[] {
  return secrets.map((secret) => Buffer.from(secret));
}
