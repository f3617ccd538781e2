// Owns which kinds of senders a rule of `on:` can name, and what belongs to one of them alone.

/** What of a kind of sender differs from others. */
interface KindOfSender {
  /** Keys of a rule that only it has. */
  readonly keys: readonly string[];
  /** Whether some event of it has an end, which it tells; the others only tell what just happened. */
  readonly tellsEnds: boolean;
}

/** In the order of the documentation. */
const kinds = {
  alertmanager: { keys: [], tellsEnds: true },
  grafana: { keys: [], tellsEnds: true },
  pagerduty: { keys: [], tellsEnds: true },
  sns: { keys: [], tellsEnds: true },
  eventbridge: { keys: [], tellsEnds: true },
  datadog: { keys: [], tellsEnds: true },
  github: { keys: ['event', 'repository'], tellsEnds: true },
  gitlab: { keys: ['event'], tellsEnds: false },
  cloudevents: { keys: [], tellsEnds: false },
  webhook: { keys: ['name'], tellsEnds: true },
  slack: { keys: ['command', 'people'], tellsEnds: false },
  schedule: { keys: ['cron', 'timezone'], tellsEnds: false },
} as const satisfies Readonly<Record<string, KindOfSender>>;

/** A kind of sender, or the clock. */
export type SourceType = keyof typeof kinds;

export const sourceTypes = Object.keys(kinds) as readonly SourceType[];

/** A kind of sender that tells a server of something; the clock tells none. */
export type SenderType = Exclude<SourceType, 'schedule'>;

export const senderTypes: readonly SenderType[] = sourceTypes.filter((type) => type !== 'schedule');

/** Whether it names a kind of sender that tells a server of something. */
export function isSenderType(name: unknown): name is SenderType {
  return senderTypes.some((one) => one === name);
}

/** What every rule may say. */
const common = ['match', 'if', 'set', 'dedup', 'when-resolved', 'quiet', 'may'];

/** The keys of a rule for a kind of sender, its own first. */
export function triggerKeys(source: SourceType): readonly string[] {
  return [...kinds[source].keys, ...common];
}

/** Whether some event of that kind of sender has an end, which it tells. */
export function tellsEnds(source: SourceType): boolean {
  return kinds[source].tellsEnds;
}

/** Whether the name is one of a kind of sender. */
export function isSourceType(name: string): name is SourceType {
  return Object.hasOwn(kinds, name);
}
