// Owns what the definition of a channel may hold, by its type, which is the key that only that type has.
import * as v from 'valibot';
import { writtenValues } from '../written-values.ts';

const { command, duration, number, text, texts } = writtenValues;

const addressText = 'an address such as `https://example.org/hook`';
const address = v.pipe(v.string(addressText), v.regex(/^(?:https?:\/\/|\$\{)/, addressText));
const smtpText = 'a mail server such as `smtps://${USER}:${PASSWORD}@smtp.example.org`';
const smtp = v.pipe(v.string(smtpText), v.regex(/^(?:smtps?:\/\/|\$\{)/, smtpText));
const mailText = 'addresses such as `ops@example.org`';
const isMail = (written: string): boolean =>
  /^(?:[^\s@]+@[^\s@]+|.*<[^\s@]+@[^\s@]+>|\$\{\w+\})$/.test(written);
const mails = v.pipe(
  texts,
  v.check((written) => written.length > 0 && written.every(isMail), mailText),
);
const senderText = 'the address that its mail comes from, such as `runbooks@example.org`';
const sender = v.pipe(text, v.check(isMail, senderText));
const slackText =
  'the address of a webhook such as `https://hooks.slack.com/services/…`, or beside `token:` a channel such as `#ops`';
const secretText = 'a secret such as `${HOOK_SECRET}`: `whsec_` and 24 to 64 bytes as base64';
const secret = v.pipe(
  v.string(secretText),
  v.regex(/^(?:(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}|.*\$\{\w+\}.*)$/, secretText),
);
const retriesText = 'a whole number from 0 to 10';
const retries = v.pipe(
  number(retriesText),
  v.integer(retriesText),
  v.minValue(0, retriesText),
  v.maxValue(10, retriesText),
);
/** What other configurations say in the same words. */
export const channelValues = { address, smtp, smtpText, sender, senderText };
const bounds = { timeout: v.optional(duration), retries: v.optional(retries) };

/** What is expected of a key that has to be there, and is not. */
const wanted: Readonly<Record<string, string>> = { '"from"': senderText, '"smtp"': smtpText };
const mapping =
  '`{ slack: … }`, `{ teams: … }`, `{ discord: … }`, `{ pagerduty: … }`, `{ email: … }`, `{ webhook: … }` or `{ command: […] }`';
const missing = ({ expected }: { readonly expected: string | null }): string =>
  wanted[expected ?? ''] ?? mapping;

const slack = v.pipe(
  v.object({ slack: text, token: v.optional(text), api: v.optional(address), ...bounds }, missing),
  v.forward(
    v.check(({ slack: to, token }) => token !== undefined || v.is(address, to), slackText),
    ['slack'],
  ),
);
const teams = v.object({ teams: address, ...bounds }, missing);
const discord = v.object({ discord: address, ...bounds }, missing);
const pagerduty = v.object({ pagerduty: text, url: v.optional(address), ...bounds }, missing);
const email = v.object({ email: mails, from: sender, smtp, ...bounds }, missing);
const webhook = v.object(
  {
    webhook: address,
    headers: v.optional(v.record(v.string(), text, 'a mapping of names to texts')),
    secret: v.optional(secret),
    ...bounds,
  },
  missing,
);
const program = v.object({ command, timeout: v.optional(duration) }, missing);

const types = { slack, teams, discord, pagerduty, email, webhook, command: program };
type ChannelType = keyof typeof types;

/** The type of a channel, by its keys; undefined where none of them says one. */
export function channelTypeOf(written: unknown): ChannelType | undefined {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return undefined;
  return (Object.keys(types) as ChannelType[]).find((type) => Object.hasOwn(written, type));
}

/** The keys that a channel of a type may have. */
export function keysOfChannel(type: ChannelType): readonly string[] {
  const schema = types[type];
  return Object.keys('pipe' in schema ? schema.pipe[0].entries : schema.entries);
}

const noType = v.custom<never>(() => false, mapping);

/** One channel; keys that its type has not are let through, and found by their names. */
export const channelSchema = v.lazy((written) => {
  const type = channelTypeOf(written);
  return type === undefined ? noType : types[type];
});

/** A channel as written. */
export type ChannelInput =
  | v.InferOutput<typeof slack>
  | v.InferOutput<typeof teams>
  | v.InferOutput<typeof discord>
  | v.InferOutput<typeof pagerduty>
  | v.InferOutput<typeof email>
  | v.InferOutput<typeof webhook>
  | v.InferOutput<typeof program>;
