// Owns what becomes of the channels that a configuration file defines.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { parseDuration } from '../../parse-duration.ts';
import { unknownConfigurationKeys } from '../complaints/configuration-issues.ts';
import type { FindPlace } from '../read-yaml.ts';
import { type ChannelInput, channelTypeOf, keysOfChannel } from './channel-schema.ts';
import type { ChannelSettings, ServiceChannel } from './channel-settings.ts';

const defaultTimeoutMs = 10_000;
const defaultRetries = 2;
const slackApi = 'https://slack.com/api';
const pagerDutyEvents = 'https://events.pagerduty.com/v2/enqueue';

/** The channels of a file, by their names. */
export function readChannels(
  channels: Readonly<Record<string, ChannelInput>>,
): Readonly<Record<string, ChannelSettings>> {
  return Object.fromEntries(Object.entries(channels).map(([name, one]) => [name, toSettings(one)]));
}

function toSettings(read: ChannelInput): ChannelSettings {
  const timeoutMs = parseDuration(read.timeout ?? '') ?? defaultTimeoutMs;
  if ('command' in read) return { type: 'command', command: read.command, timeoutMs };
  return { ...toService(read), timeoutMs, retries: read.retries ?? defaultRetries };
}

function toService(read: Exclude<ChannelInput, { command: readonly string[] }>): ServiceChannel {
  if ('slack' in read) {
    const { slack, token, api = slackApi } = read;
    return token === undefined
      ? { type: 'slack', url: slack }
      : { type: 'slack-bot', channel: slack, token, api: api.replace(/\/+$/, '') };
  }
  if ('teams' in read) return { type: 'teams', url: read.teams };
  if ('discord' in read) return { type: 'discord', url: read.discord };
  if ('pagerduty' in read) {
    return { type: 'pagerduty', routingKey: read.pagerduty, url: read.url ?? pagerDutyEvents };
  }
  if ('email' in read) return { type: 'email', to: read.email, from: read.from, smtp: read.smtp };
  const { webhook: url, headers = {}, secret } = read;
  return { type: 'webhook', url, headers, ...(secret !== undefined && { secret }) };
}

/** An error for each key of a channel that its type has not: the file is ours alone, so it is always a slip. */
export function unknownChannelKeys(data: unknown, find: FindPlace): readonly Diagnostic[] {
  return entriesOf(Object(data).channels).flatMap(([name, channel]) => {
    const type = channelTypeOf(channel);
    if (type === undefined) return [];
    const where = `a \`${type}\` channel`;
    return unknownConfigurationKeys(channel, keysOfChannel(type), where, find, ['channels', name]);
  });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
