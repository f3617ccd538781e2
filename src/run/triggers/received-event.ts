// Owns what a sender told: one alert, incident, message or tick, after its proof was checked.

/** A value as JSON has it; numbers that cannot be kept exactly are texts. */
export type EventValue =
  | string
  | number
  | boolean
  | null
  | readonly EventValue[]
  | { readonly [name: string]: EventValue };

/** One thing that happened, in the same form whoever told of it. Every text in it is a stranger's. */
export interface ReceivedEvent {
  /** The sender's kind, such as `alertmanager`. */
  readonly source: string;
  /** The name of the server's endpoint that took it; empty where it is read from a file. */
  readonly endpoint: string;
  /** The same key is the same event told again. */
  readonly key: string;
  /** What it is about over time: the alert, the incident, the deployment. A later `resolved` has the same one. */
  readonly subject: string;
  /** What a beginning has in common with its own end and no other, where the sender says so. */
  readonly cycle?: string;
  /** `occurred` for what has no end. */
  readonly state: 'firing' | 'resolved' | 'occurred';
  /** One line for people. */
  readonly title: string;
  /** The sender's own time, ISO 8601; undefined where it tells none. */
  readonly at?: string;
  /** Where a person can look at it; http and https only. */
  readonly link?: string;
  /** The person who asked for it, as the sender names them; only from senders that prove it. */
  readonly person?: string;
  /** What `match` compares: flat texts. */
  readonly labels: Readonly<Record<string, string>>;
  /** What expressions see as `event`: the labels, annotations and payload fields of this sender. */
  readonly fields: { readonly [name: string]: EventValue };
}
