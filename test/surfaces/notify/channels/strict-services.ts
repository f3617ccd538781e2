// Services as their public documentation has them: what is not exactly their form is refused in their own words.
import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Received } from '../local-service.ts';

const upTo = (length: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(length));
const plainText = (length: number) =>
  v.strictObject({ type: v.literal('plain_text'), text: upTo(length), emoji: v.optional(v.boolean()) });
const markdown = (length: number) =>
  v.strictObject({ type: v.literal('mrkdwn'), text: upTo(length), verbatim: v.optional(v.boolean()) });
const someText = (length: number) => v.variant('type', [plainText(length), markdown(length)]);
const button = v.strictObject({
  type: v.literal('button'),
  text: plainText(75),
  action_id: upTo(255),
  url: v.optional(v.pipe(upTo(3_000), v.url())),
  value: v.optional(upTo(2_000)),
  style: v.optional(v.picklist(['primary', 'danger'])),
  confirm: v.optional(
    v.strictObject({
      title: plainText(100),
      text: plainText(300),
      confirm: plainText(30),
      deny: plainText(30),
    }),
  ),
});
const blocks = v.pipe(
  v.array(
    v.variant('type', [
      v.strictObject({ type: v.literal('section'), text: someText(3_000) }),
      v.strictObject({
        type: v.literal('section'),
        fields: v.pipe(v.array(someText(2_000)), v.minLength(1), v.maxLength(10)),
      }),
      v.strictObject({
        type: v.literal('context'),
        elements: v.pipe(v.array(someText(2_000)), v.minLength(1), v.maxLength(10)),
      }),
      v.strictObject({ type: v.literal('actions'), elements: v.pipe(v.array(button), v.maxLength(25)) }),
      v.strictObject({
        type: v.literal('rich_text'),
        elements: v.array(
          v.strictObject({
            type: v.literal('rich_text_preformatted'),
            elements: v.array(v.strictObject({ type: v.literal('text'), text: upTo(4_000) })),
          }),
        ),
      }),
    ]),
  ),
  v.maxLength(50),
);
const slackBody = { text: upTo(40_000), blocks, unfurl_links: v.boolean(), unfurl_media: v.boolean() };
const slackWebhook = v.strictObject(slackBody);
const postMessage = v.strictObject({
  channel: v.pipe(v.string(), v.regex(/^(?:#[a-z0-9_-]+|C[A-Z0-9]+)$/)),
  ...slackBody,
  thread_ts: v.optional(v.pipe(v.string(), v.regex(/^\d+\.\d{6}$/))),
  reply_broadcast: v.optional(v.boolean()),
});

const action = { routing_key: v.pipe(v.string(), v.length(32)), dedup_key: upTo(255) };
const pagerDutyEvent = v.variant('event_action', [
  v.strictObject({
    ...action,
    event_action: v.literal('trigger'),
    client: v.optional(v.string()),
    client_url: v.optional(v.string()),
    payload: v.strictObject({
      summary: upTo(1_024),
      source: upTo(255),
      severity: v.picklist(['critical', 'error', 'warning', 'info']),
      timestamp: v.pipe(v.string(), v.isoTimestamp()),
      component: v.string(),
      class: v.string(),
      custom_details: v.record(v.string(), v.unknown()),
    }),
  }),
  v.strictObject({ ...action, event_action: v.picklist(['acknowledge', 'resolve']) }),
]);

const textRun = v.strictObject({
  type: v.literal('TextRun'),
  text: v.string(),
  weight: v.optional(v.picklist(['Default', 'Lighter', 'Bolder'])),
  fontType: v.optional(v.picklist(['Default', 'Monospace'])),
  isSubtle: v.optional(v.boolean()),
  size: v.optional(v.picklist(['Default', 'Small', 'Medium', 'Large', 'ExtraLarge'])),
});
const card = v.strictObject({
  type: v.literal('message'),
  attachments: v.pipe(
    v.array(
      v.strictObject({
        contentType: v.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: v.null(),
        content: v.strictObject({
          $schema: v.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
          type: v.literal('AdaptiveCard'),
          version: v.literal('1.4'),
          msteams: v.strictObject({ width: v.literal('Full') }),
          body: v.array(v.strictObject({ type: v.literal('RichTextBlock'), inlines: v.array(textRun) })),
        }),
      }),
    ),
    v.length(1),
  ),
});
const mostCardBytes = 28 * 1024;

const discordMessage = v.strictObject({
  content: upTo(2_000),
  allowed_mentions: v.strictObject({ parse: v.array(v.picklist(['everyone', 'roles', 'users'])) }),
});

const isJsonPost = ({ method, headers }: Received, type = 'application/json'): boolean =>
  method === 'POST' && headers['content-type'] === type;

const read = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** What a service says to a request. */
export type Reply = readonly [status: number, body: string, type: string];

const json = (status: number, body: object): Reply => [status, JSON.stringify(body), 'application/json'];
const words = (status: number, body: string): Reply => [status, body, 'text/plain'];

/** Gives the reply. */
export function reply(response: ServerResponse, [status, body, type]: Reply): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

/** An incoming webhook of Slack. */
export const slackHook = (request: Received): Reply =>
  isJsonPost(request) && request.url === '/services/T000/B000/XXXX' && v.is(slackWebhook, read(request.body))
    ? words(200, 'ok')
    : words(400, 'invalid_payload');

/** `chat.postMessage` for the token `xoxb-1`, in a channel `#ops`. */
export function slackMethods(): (request: Received) => Reply {
  let count = 0;
  return (request) => {
    const refuse = (error: string): Reply => json(200, { ok: false, error });
    if (request.headers.authorization !== 'Bearer xoxb-1') return refuse('invalid_auth');
    if (request.url !== '/api/chat.postMessage') return refuse('unknown_method');
    if (!isJsonPost(request, 'application/json; charset=utf-8')) return refuse('invalid_post_type');
    const parsed = v.safeParse(postMessage, read(request.body));
    if (!parsed.success) return refuse('invalid_blocks');
    const { channel, thread_ts: thread } = parsed.output;
    if (channel !== '#ops') return refuse('channel_not_found');
    if (thread !== undefined && thread !== '1700000000.000001') return refuse('thread_not_found');
    count += 1;
    return json(200, { ok: true, channel: 'C0001', ts: `1700000000.00000${count}`, message: {} });
  };
}

/** Events API v2, with what has become of each alert. */
export function pagerDuty(): {
  readonly answer: (request: Received) => Reply;
  readonly alerts: Map<string, string>;
} {
  const alerts = new Map<string, string>();
  const answer = (request: Received): Reply => {
    const parsed = v.safeParse(pagerDutyEvent, read(request.body));
    if (!isJsonPost(request) || request.url !== '/v2/enqueue' || !parsed.success)
      return json(400, { status: 'invalid event', message: 'Event object is invalid', errors: ['its form'] });
    const { event_action: verb, dedup_key: key } = parsed.output;
    if (verb === 'trigger' || alerts.has(key)) alerts.set(key, verb);
    return json(202, { status: 'success', message: 'Event processed', dedup_key: key });
  };
  return { answer, alerts };
}

/** A workflow of Teams. */
export const teamsWorkflow = (request: Received): Reply =>
  isJsonPost(request) && v.is(card, read(request.body)) && request.body.length <= mostCardBytes
    ? words(202, '')
    : json(400, { error: { code: 'TriggerInputSchemaMismatch', message: 'the request body is no card' } });

/** A webhook of Discord. */
export const discordHook = (request: Received): Reply =>
  isJsonPost(request) && v.is(discordMessage, read(request.body))
    ? words(204, '')
    : json(400, { message: 'Invalid Form Body', code: 50_035 });

/** What verifies by the text of Standard Webhooks, with `secret`. */
export const standardWebhook =
  (secret: string) =>
  ({ headers, body }: Received): Reply => {
    const [id, at, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      String(headers[name] ?? ''),
    );
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const own = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
    const isFresh = /^\d+$/.test(at ?? '') && Math.abs(Date.now() / 1000 - Number(at)) < 300;
    const isSigned = (signatures ?? '').split(' ').includes(`v1,${own}`);
    return id !== '' && !id?.includes('.') && isFresh && isSigned
      ? words(204, '')
      : words(401, 'the signature is not that of the message');
  };
