// Owns channels of Slack that a bot posts into, in one thread a run.
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { postJson } from './post-json.ts';
import { slackMessage } from './slack-message.ts';
import { readSlackAnswer, slackRefusal } from './slack-refusal.ts';

/**
 * A channel by `chat.postMessage`. The first message of a run begins a thread, and those that follow answer in it;
 * what somebody has to act on is shown in the channel, too.
 */
export function slackBotChannel(
  { channel, token, api, type: _type, ...bounds }: Extract<ChannelSettings, { type: 'slack-bot' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ channel, token, api }, env);
    redactor.add(filled.token);
    const { thread, isUrgent } = message;
    const body = JSON.stringify({
      channel: filled.channel,
      ...slackMessage(message),
      ...(thread !== undefined && { thread_ts: thread, ...(isUrgent && { reply_broadcast: true }) }),
    });
    const headers = () => ({
      authorization: `Bearer ${filled.token}`,
      'content-type': 'application/json; charset=utf-8',
    });
    const answer = await postJson(
      { url: `${filled.api}/chat.postMessage`, headers, body },
      { ...bounds, signal, redactor, refusalIn: slackRefusal },
    );
    const { ts } = readSlackAnswer(answer);
    return typeof ts === 'string' ? { thread: thread ?? ts } : {};
  };
}
