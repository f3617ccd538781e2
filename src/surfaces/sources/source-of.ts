// Owns how the kinds of senders are read, each loaded when the first delivery for it comes.
import type { SenderType } from '../../runbook/front-matter/triggers/source-types.ts';
import type { Source } from './source.ts';

const loaders = {
  alertmanager: async () => (await import('./senders/alertmanager.ts')).alertmanager,
  grafana: async () => (await import('./senders/grafana.ts')).grafana,
  pagerduty: async () => (await import('./senders/pagerduty.ts')).pagerduty,
  sns: async () => (await import('./senders/sns.ts')).sns,
  eventbridge: async () => (await import('./senders/eventbridge.ts')).eventbridge,
  datadog: async () => (await import('./senders/datadog.ts')).datadog,
  github: async () => (await import('./senders/github.ts')).github,
  gitlab: async () => (await import('./senders/gitlab.ts')).gitlab,
  cloudevents: async () => (await import('./senders/cloudevents.ts')).cloudevents,
  webhook: async () => (await import('./senders/webhook.ts')).webhook,
  slack: async () => (await import('./senders/slack.ts')).slack,
} satisfies Readonly<Record<SenderType, () => Promise<Source>>>;

/** A kind of sender, as `type:` of an endpoint names it. */
export type SourceType = SenderType;

/** A kind of sender. */
export function sourceOf(type: SourceType): Promise<Source> {
  return loaders[type]();
}
