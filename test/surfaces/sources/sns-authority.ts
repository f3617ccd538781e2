// Owns a stand-in for Amazon: a certificate made by openssl, messages signed with its key, and where it is fetched.
import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Delivery, FetchText } from '../../../src/surfaces/sources/source.ts';
import { sent } from './sent.ts';

/** Where the certificate lies, as the recorded messages say. */
export const certificateAddress =
  'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem';

const ofNotice = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const ofSubscription = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** An authority with a key of its own; `fetched` holds what was asked of it. */
export function snsAuthority(days = 3650, algorithm: readonly string[] = ['rsa:2048']) {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', ...algorithm, '-nodes', '-keyout', keyFile, '-out', file],
      ...['-days', String(days), '-subj', '/CN=sns.amazonaws.com'],
    ],
    { stdio: 'ignore' },
  );
  const certificate = readFileSync(file, 'utf8');
  const key = readFileSync(keyFile, 'utf8');
  rmSync(folder, { recursive: true });
  const fetched: string[] = [];
  const fetchText: FetchText = async (url) => {
    fetched.push(url);
    if (url === certificateAddress) return certificate;
    if (url.includes('Action=ConfirmSubscription')) return '<ConfirmSubscriptionResponse/>';
    throw new Error('404');
  };
  return { certificate, fetched, fetchText, deliver: deliverer(key) };
}

/** Signs a recorded message anew, as of now, with other fields where given; `after` changes it once it is signed. */
function deliverer(key: string) {
  return (
    name: string,
    over: Readonly<Record<string, string>> = {},
    after: Readonly<Record<string, unknown>> = {},
  ): Delivery => {
    const recorded = sent(name);
    const receivedAt = Date.now();
    const message = {
      ...JSON.parse(Buffer.from(recorded.body).toString()),
      Timestamp: new Date(receivedAt).toISOString(),
      ...over,
    };
    const names = message.Type === 'Notification' ? ofNotice : ofSubscription;
    const text = names.filter((one) => one in message).map((one) => `${one}\n${message[one]}\n`);
    const hash = message.SignatureVersion === '1' ? 'sha1' : 'sha256';
    const Signature = sign(hash, Buffer.from(text.join('')), key).toString('base64');
    const body = Buffer.from(JSON.stringify({ ...message, Signature, ...after }));
    return { ...recorded, receivedAt, body };
  };
}
