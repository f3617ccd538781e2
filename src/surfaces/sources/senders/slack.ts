// Owns what Slack posts: commands that people type, which are events, and buttons that they press, which are answers.
import { readButton } from '../../../run/answers/answer-button.ts';
import type { EventValue } from '../../../run/triggers/received-event.ts';
import { readJsonText } from '../payload/read-json.ts';
import { listAt, recordOf, textAt } from '../payload/text-at.ts';
import { titleOf } from '../payload/title-of.ts';
import { isInTime } from '../proof/is-in-time.ts';
import { isSigned, keysOf } from '../proof/is-signed.ts';
import {
  type Delivery,
  type Endpoint,
  type PostedAnswer,
  type Reading,
  type Reply,
  refused,
  type Source,
  unreadable,
} from '../source.ts';

/** The signing secret's HMAC over version, time and body is its proof, for five minutes. */
export const slack: Source = {
  async read(delivery, endpoint) {
    if (!holdsSignature(delivery, endpoint)) return refused;
    const form = formOf(delivery.body);
    if (form === undefined) return inform('the body is larger than 1 MiB');
    if (form.ssl_check !== undefined) return { type: 'reply', reply: done };
    if (form.payload !== undefined) return toAnswers(form.payload);
    return toEvent(form, endpoint);
  },
};

function holdsSignature({ method, headers, body, receivedAt }: Delivery, { secrets }: Endpoint): boolean {
  const time = headers['x-slack-request-timestamp'] ?? '';
  const signature = headers['x-slack-signature'] ?? '';
  if (method !== 'POST' || !isInTime(time, receivedAt)) return false;
  const shown = signature.startsWith('v0=') ? [signature.slice(3)] : [];
  return isSigned({ keys: keysOf(secrets), parts: [`v0:${time}:`, body], shown, encoding: 'hex' });
}

const mostBytes = 1_048_576;
const mostWords = 1000;
/** Slack shows people an error for every other status, 202 too. */
const done: Reply = { status: 200, headers: {}, body: '' };

/** Kept as it came; Slack is told 200, as for all else. */
function inform(reason: string): Reading {
  return { ...unreadable(reason), reply: done };
}

function formOf(body: Uint8Array): Readonly<Record<string, string>> | undefined {
  if (body.length > mostBytes) return undefined;
  return recordOf(new URLSearchParams(Buffer.from(body).toString()));
}

function toAnswers(payload: string): Reading {
  const read = readJsonText(payload, 'the payload');
  if (!read.ok) return inform(read.error);
  const person = textAt(read.value, 'user', 'id');
  if (textAt(read.value, 'type') !== 'block_actions' || person === undefined) {
    return inform('the payload is no pressed button');
  }
  const respondTo = textAt(read.value, 'response_url');
  const answers = listAt(read.value, 'actions').flatMap((action) => {
    const answer = answerOf(action, person);
    return answer === undefined ? [] : [{ ...answer, ...(isOfSlack(respondTo) && { respondTo }) }];
  });
  // Buttons that open a page are told too, and mean nothing here.
  return answers.length === 0 ? { type: 'reply', reply: done } : { type: 'answers', answers, reply: done };
}

function answerOf(action: EventValue, person: string): PostedAnswer | undefined {
  const pressed = readButton(textAt(action, 'action_id') ?? '', textAt(action, 'value') ?? '');
  const at = textAt(action, 'action_ts');
  if (pressed === undefined || at === undefined) return undefined;
  return { ...pressed, person, key: [at, person, pressed.run, pressed.address].join(' ') };
}

function isOfSlack(address: string | undefined): address is string {
  return address?.startsWith('https://hooks.slack.com/') === true;
}

/** What of a command is told on: not its token, and not the address that lets anybody answer in its channel. */
const told = [
  'command',
  'text',
  'user_id',
  'user_name',
  'channel_id',
  'channel_name',
  'team_id',
  'team_domain',
];

function toEvent(form: Readonly<Record<string, string>>, { name }: Endpoint): Reading {
  const { command, text = '', user_id: person, trigger_id: key } = form;
  if (command === undefined || person === undefined || key === undefined) {
    return inform('the form holds neither a `payload` nor `command`, `user_id` and `trigger_id`');
  }
  const labels = recordOf(told.map((one) => [one, form[one]] as const));
  const words = text.split(/\s+/, mostWords).filter((word) => word !== '');
  const event = {
    source: 'slack',
    endpoint: name,
    key,
    subject: key,
    state: 'occurred',
    title: titleOf([`${command} ${text}`], command),
    person,
    labels,
    fields: recordOf<EventValue>([...Object.entries(labels), ['words', words], ['labels', labels]]),
  } as const;
  const answer = { response_type: 'ephemeral', text: `\`${command}\` was received.` };
  const headers = { 'content-type': 'application/json' };
  return { type: 'events', events: [event], reply: { status: 200, headers, body: JSON.stringify(answer) } };
}
