// Owns channels that are incoming webhooks of Slack.
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { postJson } from './post-json.ts';
import { slackMessage } from './slack-message.ts';

/** A channel by an incoming webhook. */
export function slackChannel(
  { url, type: _type, ...bounds }: Extract<ChannelSettings, { type: 'slack' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ url }, env);
    const post = { url: filled.url, body: JSON.stringify(slackMessage(message)) };
    await postJson(post, { ...bounds, signal, redactor });
    return {};
  };
}
