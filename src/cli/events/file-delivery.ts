// Owns a delivery that was written down: a body with headers beside it, or a recorded request with both.
import { createHmac } from 'node:crypto';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { SenderType } from '../../runbook/front-matter/triggers/source-types.ts';

/** What a file says; the names of headers in lower case. */
export interface FileDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Reads it: what begins as a request does, `POST /path HTTP/1.1`, has its headers in it; those that are given count first. */
export function readFileDelivery(bytes: Uint8Array, given: readonly string[]): Result<FileDelivery, string> {
  const text = Buffer.from(bytes).toString('latin1');
  const [request, head = ''] =
    /^[A-Z]{3,7} \S+(?: HTTP\/[\d.]+)?\r?\n((?:[^\r\n]+\r?\n)*)(?:\r?\n|$)/.exec(text) ?? [];
  const headers = new Map<string, string>();
  for (const line of [...head.split(/\r?\n/).filter((one) => one !== ''), ...given]) {
    const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):\s*(.*?)\s*$/s.exec(line) ?? [];
    if (name === undefined || value === undefined) return fail(line);
    headers.set(name.toLowerCase(), value);
  }
  const body = request === undefined ? bytes : bytes.subarray(request.length);
  return ok({ headers: Object.fromEntries(headers), body });
}

const marks: readonly (readonly [header: string, sender: SenderType])[] = [
  ['x-github-event', 'github'],
  ['x-gitlab-event', 'gitlab'],
  ['x-pagerduty-signature', 'pagerduty'],
  ['x-slack-signature', 'slack'],
  ['x-amz-sns-message-type', 'sns'],
];

/** Whose it is, where a header is only one sender's. */
export function senderOf(headers: FileDelivery['headers']): SenderType | undefined {
  return marks.find(([header]) => headers[header] !== undefined)?.[1];
}

/** The headers with proofs for this secret, which is made up: a file proves nothing, and nothing is received by it. */
export function withProof(
  { headers, body }: FileDelivery,
  secret: string,
  receivedAt: number,
): FileDelivery['headers'] {
  const time = String(Math.floor(receivedAt / 1000));
  const digest = (...parts: readonly (string | Uint8Array)[]): string => {
    const made = createHmac('sha256', secret);
    for (const part of parts) made.update(part);
    return made.digest('hex');
  };
  return {
    'content-type': 'application/json',
    ...headers,
    authorization: `Bearer ${secret}`,
    'x-gitlab-token': secret,
    'x-hub-signature-256': `sha256=${digest(body)}`,
    'x-pagerduty-signature': `v1=${digest(body)}`,
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${digest(`v0:${time}:`, body)}`,
  };
}
