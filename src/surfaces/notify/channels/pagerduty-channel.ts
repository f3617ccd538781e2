// Owns channels of PagerDuty, by Events API v2: all that is told of one run is one alert.

import type { MaskedText } from '../../../run/masking/redactor.ts';
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { AlertAction } from '../alert-action.ts';
import type { Notification, SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { postJson } from './post-json.ts';
import { cutText } from './write-line.ts';

/** PagerDuty's own bound, in characters. */
const longestSummary = 1_024;

/** A channel of PagerDuty. */
export function pagerDutyChannel(
  { routingKey, url, type: _type, ...bounds }: Extract<ChannelSettings, { type: 'pagerduty' }>,
  env: Variables,
): SendNotification {
  return async ({ notification, alert }, signal) => {
    const { filled, redactor } = fillVariables({ routingKey, url }, env);
    redactor.add(filled.routingKey);
    const body = JSON.stringify({ routing_key: filled.routingKey, ...eventOf(notification, alert) });
    await postJson({ url: filled.url, body }, { ...bounds, signal, redactor });
    return {};
  };
}

function eventOf(notification: Notification, event_action: AlertAction): object {
  const { run, text, operator, severity, at, title, about, address, step, owner, approval } = notification;
  const identity = { event_action, dedup_key: `runsheet/${run}` };
  if (event_action !== 'trigger') return identity;
  return {
    ...identity,
    client: 'runsheet',
    payload: {
      summary: cutText(text, longestSummary),
      source: operator === '' ? 'runsheet' : operator,
      severity: urgency(severity),
      timestamp: at,
      component: title,
      class: about,
      custom_details: {
        run,
        ...(address !== undefined && { address }),
        ...(step !== undefined && { step }),
        ...(owner !== undefined && { owner }),
        ...(approval !== undefined && { approval }),
      },
    },
  };
}

/** PagerDuty's word for a severity such as `SEV2`, `P1` or `warning`. */
function urgency(severity: MaskedText | undefined): 'critical' | 'error' | 'warning' | 'info' {
  const [level] = /\d/.exec(severity ?? '') ?? [];
  const named = /critical|error|warning|info/i.exec(severity ?? '')?.[0]?.toLowerCase();
  if (named === 'critical' || named === 'warning' || named === 'info') return named;
  if (level === '0' || level === '1') return 'critical';
  if (level === '3') return 'warning';
  return level === '4' || level === '5' ? 'info' : 'error';
}
