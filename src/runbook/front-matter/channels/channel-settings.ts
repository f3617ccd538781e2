// Owns what is known of a channel of notifications, as a configuration file defines it.

/**
 * Where notifications can be sent, and how. Every text may hold `${NAME}`, a variable of the environment: tokens have
 * no place in files.
 */
export type ChannelSettings = {
  /** How long one attempt may take. */
  readonly timeoutMs: number;
} & (
  | CommandChannel
  | (ServiceChannel & { /** How often one that failed is tried again. */ readonly retries: number })
);

/** A program that gets the notification on standard input, as JSON. */
export interface CommandChannel {
  readonly type: 'command';
  readonly command: readonly string[];
}

/** What is reached over the network. */
export type ServiceChannel =
  | SlackWebhook
  | SlackBot
  | { readonly type: 'teams' | 'discord'; readonly url: string }
  | PagerDutyService
  | Mailbox
  | WebhookEndpoint;

/** An incoming webhook of Slack: it leads to one channel and cannot answer in a thread. */
export interface SlackWebhook {
  readonly type: 'slack';
  readonly url: string;
}

/** A bot of Slack that posts into a channel, in one thread a run. */
export interface SlackBot {
  readonly type: 'slack-bot';
  readonly channel: string;
  readonly token: string;
  /** Where Slack's methods are called. */
  readonly api: string;
}

/** An integration of PagerDuty, by Events API v2. */
export interface PagerDutyService {
  readonly type: 'pagerduty';
  readonly routingKey: string;
  readonly url: string;
}

/** People who get mail. */
export interface Mailbox {
  readonly type: 'email';
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly smtp: string;
}

/** An address that is posted the notification as JSON. */
export interface WebhookEndpoint {
  readonly type: 'webhook';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What it is signed with, by Standard Webhooks; absent where it is not signed. */
  readonly secret?: string;
}
