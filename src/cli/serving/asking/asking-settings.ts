// Owns what `serve.yaml` may say of mail and Slack, by which people are asked.
import * as v from 'valibot';
import { channelValues } from '../../../runbook/front-matter/channels/channel-schema.ts';
import {
  unknownConfigurationKeys,
  wrongConfigurationValue,
} from '../../../runbook/front-matter/complaints/configuration-issues.ts';
import type { FindPlace } from '../../../runbook/front-matter/read-yaml.ts';
import { writtenValues } from '../../../runbook/front-matter/written-values.ts';
import { parseDuration } from '../../../runbook/parse-duration.ts';
import type { MailSender } from '../../../surfaces/notify/asking/ask-by-mail.ts';
import type { SlackPlace } from '../../../surfaces/notify/asking/ask-by-slack.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';

const { address, smtp, smtpText, sender, senderText } = channelValues;
const { duration, text } = writtenValues;
const usualTimeoutMs = 10_000;
const usualApi = 'https://slack.com/api';

const mailText = 'one address such as `ann@example.org`';
const mailAddress = v.pipe(v.string(mailText), v.regex(/^[^\s@,;<>"]+@[^\s@,;<>"]+$/, mailText));

const memberText = "a member's id of Slack, such as `U02ABCDEF`";
const slackMember = v.pipe(v.string(memberText), v.regex(/^[A-Z][A-Z0-9]{1,30}$/, memberText));

const mapping = '`{ smtp: smtps://…, from: … }`';
const wanted: Readonly<Record<string, string>> = { '"smtp"': smtpText, '"from"': senderText };
const mail = v.object(
  { smtp, from: sender, timeout: v.exactOptional(duration) },
  ({ expected }) => wanted[expected ?? ''] ?? mapping,
);

const slackText = '`{ channel: ops, token: ${SLACK_TOKEN} }` or `{ webhook: ${SLACK_WEBHOOK} }`';
const timeout = v.exactOptional(duration);
const slack = v.union(
  [
    v.object({ channel: text, token: text, api: v.exactOptional(address), timeout }),
    v.object({ webhook: address, timeout }),
  ],
  slackText,
);

/** The forms of what is written: of `mail:` and `slack:` themselves, and of the two keys of a person. */
export const askingSettings = { mail, slack, mailAddress, slackMember };

/** As it is used. */
export function toMailSender(written: v.InferOutput<typeof mail>): MailSender {
  return { smtp: written.smtp, from: written.from, timeoutMs: timeoutOf(written) };
}

/** As it is used. */
export function toSlackPlace(written: v.InferOutput<typeof slack>): SlackPlace {
  const timeoutMs = timeoutOf(written);
  if ('webhook' in written) return { type: 'webhook', url: written.webhook, timeoutMs };
  const { channel, token, api = usualApi } = written;
  return { type: 'bot', channel, token, api, timeoutMs };
}

const timeoutOf = ({ timeout: written }: { readonly timeout?: string }): number =>
  (written === undefined ? undefined : parseDuration(written)) ?? usualTimeoutMs;

const keys = {
  mail: ['smtp', 'from', 'timeout'],
  slack: ['channel', 'token', 'api', 'webhook', 'timeout'],
} as const;

/** Keys of `mail:` and `slack:` that nothing is known of. */
export function unknownAskingKeys(file: unknown, find: FindPlace): readonly Diagnostic[] {
  const written: { readonly mail?: unknown; readonly slack?: unknown } = Object(file);
  return [
    ...unknownConfigurationKeys(written.mail, keys.mail, 'the mail server', find, ['mail']),
    ...unknownConfigurationKeys(written.slack, keys.slack, 'the channel of Slack', find, ['slack']),
  ];
}

type People = Readonly<Record<string, { readonly slack?: string; readonly mail?: string }>>;

/** What of people cannot be meant: mail that nobody sends, and one member of Slack who is two people. */
export function askingIssues(people: People, hasMail: boolean, find: FindPlace): readonly Diagnostic[] {
  const members = new Map<string, string>();
  return Object.entries(people).flatMap(([name, { slack: member, mail: address }]): Diagnostic[] => {
    const other = member === undefined ? undefined : members.get(member);
    if (member !== undefined) members.set(member, name);
    const at = ['people', name];
    const unsent = wrongConfigurationValue(
      `people.${name}.mail`,
      'a mail server to send it by: `mail:` of this file',
      find([...at, 'mail'], false),
    );
    return [
      ...(address === undefined || hasMail ? [] : [unsent]),
      ...(other === undefined
        ? []
        : [
            wrongConfigurationValue(
              `people.${name}.slack`,
              `somebody else than \`${other}\` is in Slack: who clicks is one person`,
              find([...at, 'slack'], false),
            ),
          ]),
    ];
  });
}

/** The variables in texts of the configuration: no block is to see them. */
export function variablesIn(...places: readonly (object | undefined)[]): readonly string[] {
  const texts = places.flatMap((place) => Object.values(place ?? {}));
  return texts.flatMap((written) =>
    typeof written === 'string' ? [...written.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name) : [],
  );
}
