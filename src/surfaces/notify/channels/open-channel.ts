// Owns which sender a channel of the configuration has.
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { SendNotification } from '../notification.ts';
import { commandChannel } from './command-channel.ts';
import { discordChannel } from './discord-channel.ts';
import type { Variables } from './fill-variables.ts';
import { pagerDutyChannel } from './pagerduty-channel.ts';
import { slackBotChannel } from './slack-bot-channel.ts';
import { slackChannel } from './slack-channel.ts';
import { teamsChannel } from './teams-channel.ts';
import { webhookChannel } from './webhook-channel.ts';

/** What sends notifications as `settings` say, `${NAME}` in them filled in from `env` when one is sent. */
export function openChannel(settings: ChannelSettings, env: Variables): SendNotification {
  switch (settings.type) {
    case 'command':
      return commandChannel(settings.command, settings.timeoutMs);
    case 'webhook':
      return webhookChannel(settings, env);
    case 'slack':
      return slackChannel(settings, env);
    case 'slack-bot':
      return slackBotChannel(settings, env);
    case 'teams':
      return teamsChannel(settings, env);
    case 'discord':
      return discordChannel(settings, env);
    case 'pagerduty':
      return pagerDutyChannel(settings, env);
    case 'email':
      // What speaks to mail servers is large, and most runs send no mail.
      return async (...sent) => {
        const { emailChannel } = await import('./email-channel.ts');
        return emailChannel(settings, env)(...sent);
      };
  }
}
