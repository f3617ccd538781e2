// Owns the form in which a notification is posted: our own JSON, or what a service reads.
import type { ChannelSettings } from '../../runbook/front-matter/configuration.ts';
import { chatText } from './chat-text.ts';
import type { LinePiece } from './line-piece.ts';
import type { Message } from './notification.ts';

/** What a webhook may be asked to be. */
export type WebhookFormat = Extract<ChannelSettings, { type: 'webhook' }>['format'];

const formats: Readonly<Record<WebhookFormat, (message: Message, key: string) => object>> = {
  // Chat services read the key `text`, and read it as Slack does.
  json: ({ notification, line }) => ({ ...notification, text: write(line, chatText.slack) }),
  slack: ({ line }) => ({ text: write(line, chatText.slack) }),
  teams: ({ line }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.4',
          // Runs of text are taken as they are: only a TextBlock reads Markdown, and mentions need entities of their own.
          body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: write(line, asItIs) }] }],
        },
      },
    ],
  }),
  discord: ({ line }) => ({
    content: cut(write(line, chatText.discord), 2_000),
    allowed_mentions: { parse: mentionsOf(line) },
  }),
  pagerduty: (
    { notification: { about, outcome, run, title, severity, at, text, address, operator } },
    key,
  ) => {
    const action = actionOf(about, outcome);
    const identity = { routing_key: key, event_action: action, dedup_key: `runsheet/${run}` };
    if (action !== 'trigger') return identity;
    return {
      ...identity,
      payload: {
        summary: cut(text, 1_024),
        source: operator === '' ? 'runsheet' : operator,
        severity: urgency(severity),
        timestamp: at,
        component: title,
        custom_details: { about, ...(address !== undefined && { address }) },
      },
    };
  },
};

/** The body to post, as JSON; `key` is PagerDuty's routing key. */
export function webhookBody(format: WebhookFormat, message: Message, key: string): string {
  return JSON.stringify(formats[format](message, key));
}

/** The author may call people; what only stands in values may not. */
function write(line: readonly LinePiece[], escaped: (text: string) => string): string {
  return line.map(({ text, isAuthors }) => (isAuthors ? text : escaped(text))).join('');
}

function asItIs(text: string): string {
  return text;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Whom Discord may call: those whom the author's own words do. */
function mentionsOf(line: readonly LinePiece[]): readonly string[] {
  const own = line.map(({ text, isAuthors }) => (isAuthors ? text : '')).join('');
  const kinds = { everyone: /@(?:everyone|here)\b/, roles: /<@&\d+>/, users: /<@!?\d+>/ };
  return Object.entries(kinds).flatMap(([kind, pattern]) => (pattern.test(own) ? [kind] : []));
}

/** One alert a run: it is over where the run has come to a good end, and somebody is at it where it is resumed. */
function actionOf(about: string, outcome: string | undefined): 'trigger' | 'acknowledge' | 'resolve' {
  if (outcome === 'succeeded' || outcome === 'rolled-back') return 'resolve';
  return about === 'resumed' ? 'acknowledge' : 'trigger';
}

function urgency(severity: string | undefined): 'critical' | 'error' | 'warning' | 'info' {
  const [level] = /\d/.exec(severity ?? '') ?? [];
  const named = /critical|error|warning|info/i.exec(severity ?? '')?.[0]?.toLowerCase();
  if (named === 'critical' || named === 'warning' || named === 'info') return named;
  if (level === '0' || level === '1') return 'critical';
  if (level === '3') return 'warning';
  return level === '4' || level === '5' ? 'info' : 'error';
}
