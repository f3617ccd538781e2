// Owns which kinds of senders a rule of `on:` can name, and the keys that belong to one of them alone.

/** In the order of the documentation, each with its own keys. */
const sources = {
  alertmanager: [],
  grafana: [],
  pagerduty: [],
  sns: [],
  eventbridge: [],
  datadog: [],
  github: ['event', 'repository'],
  gitlab: ['event'],
  cloudevents: [],
  webhook: ['name'],
  slack: ['command', 'people'],
  schedule: ['cron', 'timezone'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A kind of sender. */
export type SourceType = keyof typeof sources;

export const sourceTypes = Object.keys(sources) as readonly SourceType[];

/** What every rule may say. */
const common = ['match', 'if', 'set', 'dedup', 'when-resolved', 'quiet', 'may'];

/** The keys of a rule for a kind of sender, its own first. */
export function triggerKeys(source: SourceType): readonly string[] {
  return [...sources[source], ...common];
}

/** Whether the name is one of a kind of sender. */
export function isSourceType(name: string): name is SourceType {
  return Object.hasOwn(sources, name);
}
