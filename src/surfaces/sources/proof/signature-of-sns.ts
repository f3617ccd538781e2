// Owns the proof of Amazon SNS: a signature by a certificate that lies at Amazon's own address for the topic's region.
import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { FetchText } from '../source.ts';

/** A message of SNS: its texts by their names. */
export type SnsMessage = Readonly<Record<string, string>>;

/** SNS tries again for an hour at most, always with the first time. */
const windowMs = 3_600_000;
/** Certificates are changed about once a year. */
const mostKept = 8;
const hashes: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' };
const ofNotice = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const ofSubscription = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** By the network that they came from, and by their addresses, which are new for each certificate. */
const kept = new WeakMap<FetchText, Map<string, X509Certificate>>();

/** Whether a message of the topic is Amazon's; `unknown` where the certificate cannot be had. */
export async function signatureOfSns(
  message: SnsMessage,
  topic: string,
  { receivedAt, fetchText }: { readonly receivedAt: number; readonly fetchText: FetchText },
): Promise<'right' | 'wrong' | 'unknown'> {
  const address = message.SigningCertURL ?? '';
  const hash =
    Object.hasOwn(hashes, message.SignatureVersion ?? '') && hashes[message.SignatureVersion ?? ''];
  const sent = Date.parse(message.Timestamp ?? '');
  // Also false where the time is none.
  const isRecent = Math.abs(receivedAt - sent) <= windowMs;
  if (!hash || !isRecent || !isOfAmazon(address, topic)) return 'wrong';
  const certificate = await certificateAt(address, fetchText);
  if (certificate === undefined) return 'unknown';
  const isValid =
    receivedAt >= Date.parse(certificate.validFrom) && receivedAt <= Date.parse(certificate.validTo);
  return isValid && isSignedBy(certificate.publicKey, hash, message) ? 'right' : 'wrong';
}

/** `https://sns.REGION.amazonaws.com/SimpleNotificationService-….pem`, of the topic's own region. */
function isOfAmazon(address: string, topic: string): boolean {
  const [, partition, region] = /^arn:(aws(?:-cn|-us-gov)?):sns:([a-z]{2}(?:-[a-z]+)+-\d):/.exec(topic) ?? [];
  if (region === undefined) return false;
  const host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  const start = `https://${host}/SimpleNotificationService-`;
  return address.startsWith(start) && /^[0-9a-f]{32}\.pem$/.test(address.slice(start.length));
}

async function certificateAt(address: string, fetchText: FetchText): Promise<X509Certificate | undefined> {
  const known = kept.get(fetchText) ?? new Map<string, X509Certificate>();
  kept.set(fetchText, known);
  const found = known.get(address);
  if (found !== undefined) return found;
  try {
    const certificate = new X509Certificate(await fetchText(address));
    const [oldest] = known.keys();
    if (known.size >= mostKept && oldest !== undefined) known.delete(oldest);
    known.set(address, certificate);
    return certificate;
  } catch {
    return undefined;
  }
}

function isSignedBy(key: KeyObject, hash: string, message: SnsMessage): boolean {
  const names = message.Type === 'Notification' ? ofNotice : ofSubscription;
  const signed = names.flatMap((name) =>
    message[name] === undefined ? [] : [`${name}\n${message[name]}\n`],
  );
  const signature = Buffer.from(message.Signature ?? '', 'base64');
  try {
    return key.asymmetricKeyType === 'rsa' && verify(hash, Buffer.from(signed.join('')), key, signature);
  } catch {
    return false;
  }
}
