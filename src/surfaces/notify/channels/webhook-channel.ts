// Owns channels that are addresses of anybody's: the notification is posted as JSON, signed by Standard Webhooks.
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { Message, SendNotification } from '../notification.ts';
import { chatText } from './chat-text.ts';
import { fillVariables, type Variables } from './fill-variables.ts';

import { postJson } from './post-json.ts';
import { writeLine } from './write-line.ts';

/** A channel that posts to a URL; 2xx is sent. */
export function webhookChannel(
  { url, headers, secret, ...bounds }: Extract<ChannelSettings, { type: 'webhook' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ url, secret: secret ?? '' }, env);
    const { filled: sent, redactor: ofHeaders } = fillVariables(headers, env);
    const { notification, line } = message;
    // Chat services read the key `text`, and read it as Slack does.
    const body = JSON.stringify({ ...notification, text: writeLine(line, chatText.slack) });
    const sign = filled.secret === '' ? () => ({}) : signer(filled.secret, idOf(message), body);
    await postJson(
      { url: filled.url, headers: () => ({ ...sent, ...sign() }), body },
      {
        ...bounds,
        signal,
        redactor: { ...redactor, redactText: (text) => ofHeaders.redactText(redactor.redactText(text)) },
      },
    );
    return {};
  };
}

/** The headers of a signature, for the time at which it is asked for. */
function signer(secret: string, id: string, body: string): () => Readonly<Record<string, string>> {
  const webhook = openSecret(secret);
  return () => {
    const now = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, now, body),
    };
  };
}

function openSecret(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw new Error('its `secret` is not base64');
  }
}

/** The same for each attempt to send a message, also by another process: whoever got it before knows it by that. */
function idOf({ notification: { run, to, about, at } }: Message): string {
  return `msg_${createHash('sha256').update([run, to, about, at].join('\0')).digest('hex').slice(0, 32)}`;
}
