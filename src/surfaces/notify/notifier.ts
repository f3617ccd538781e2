// Owns sending what happens in a run to its channels, one after the other and within bounds.
import { namedValue } from '../../basics/named-values.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import { notificationsOf, type WantedNotification } from '../../run/rules/notifications-of.ts';
import type { RunState } from '../../run/state.ts';
import type { ChannelSettings } from '../../runbook/front-matter/configuration.ts';
import { commandChannel } from './command-channel.ts';
import {
  lateNotification,
  maskNotification,
  type Notification,
  notificationOf,
  type SendNotification,
} from './notification.ts';
import { webhookChannel } from './webhook-channel.ts';

/** What a notifier needs of the run and of the outside. */
export interface NotifierOptions {
  readonly channels: Readonly<Record<string, ChannelSettings>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly record: (event: RunEvent) => void;
  /** Wall time in milliseconds. */
  readonly nowMs: () => number;
  /** Masks secrets in a text. */
  readonly redact: (text: string) => MaskedText;
  /** The newest state. */
  readonly state: () => RunState;
  /** What the journal holds already. */
  readonly history: readonly RecordedEvent[];
  /** How long the end of a run waits for what is still being sent; half a minute when absent. */
  readonly patienceMs?: number;
}

/** So many may wait for one channel; a run that fails in circles does not flood anybody. */
const mostWaiting = 50;
const defaultPatienceMs = 30_000;
/** A timer of Node cannot be longer. */
const longestTimerMs = 2 ** 31 - 1;

/** Listens to a run and notifies its channels; a channel that fails or hangs costs the run nothing but a line. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #senders = new Map<string, SendNotification>();
  readonly #queues = new Map<string, { last: Promise<void>; waiting: number }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ending = new AbortController();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  onEvent(recorded: RecordedEvent, state: RunState): void {
    const { type } = recorded.event;
    if (type === 'NotificationSent' || type === 'NotificationFailed') return;
    if (type === 'RunStarted' || type === 'RunResumed') this.#watchTheClock(state);
    if (type === 'RunEnded' || type === 'RunPaused') this.#stopTimers();
    for (const wanted of notificationsOf(recorded, state))
      this.#enqueue(notificationOf(wanted, recorded, state));
  }

  /** Resolves when everything is sent, or has taken too long and is given up. */
  async close(): Promise<void> {
    this.#stopTimers();
    const patience = setTimeout(() => this.#ending.abort(), this.#options.patienceMs ?? defaultPatienceMs);
    await Promise.all([...this.#queues.values()].map(({ last }) => last));
    clearTimeout(patience);
  }

  /** `after: 5m` counts from the start of the run, over pauses too; what was sent before is not sent again. */
  #watchTheClock(state: RunState): void {
    this.#stopTimers();
    const { nowMs, history } = this.#options;
    for (const { to, afterMs, after } of state.plan.escalation ?? []) {
      if (afterMs === undefined || state.options.rehearse) continue;
      const wanted: WantedNotification = { to, about: `after ${after}` };
      const alreadySent = history.some(
        ({ event }) =>
          (event.type === 'NotificationSent' || event.type === 'NotificationFailed') &&
          event.to === to &&
          event.about === wanted.about,
      );
      if (alreadySent) continue;
      const waitMs = Date.parse(state.startedAt ?? '') + afterMs - nowMs();
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          this.#enqueue(lateNotification(wanted, new Date(nowMs()).toISOString(), this.#options.state()));
        },
        Math.max(0, Math.min(waitMs, longestTimerMs)),
      );
      timer.unref();
      this.#timers.add(timer);
    }
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #enqueue(notification: Notification<string>): void {
    const { to, about } = notification;
    const queue = this.#queues.get(to) ?? { last: Promise.resolve(), waiting: 0 };
    this.#queues.set(to, queue);
    if (queue.waiting >= mostWaiting) {
      this.#failed(to, about, `${mostWaiting} notifications are waiting for it`);
      return;
    }
    queue.waiting += 1;
    queue.last = queue.last.then(async () => {
      await this.#send(notification);
      queue.waiting -= 1;
    });
  }

  async #send(notification: Notification<string>): Promise<void> {
    const { to, about } = notification;
    const { record, redact } = this.#options;
    try {
      if (this.#ending.signal.aborted) throw new Error('the run came to its end first');
      await this.#senderOf(to)(maskNotification(notification, redact), this.#ending.signal);
    } catch (error) {
      this.#failed(to, about, error instanceof Error ? error.message : String(error));
      return;
    }
    record({ type: 'NotificationSent', to, about });
  }

  #failed(to: string, about: string, message: string): void {
    const { record, redact } = this.#options;
    record({ type: 'NotificationFailed', to, about, message: redact(message) });
  }

  #senderOf(name: string): SendNotification {
    const known = this.#senders.get(name);
    if (known) return known;
    const { channels, env } = this.#options;
    const settings = namedValue(channels, name);
    if (settings === undefined) throw new Error('no such channel is configured');
    const sender =
      settings.type === 'command'
        ? commandChannel(settings.command, settings.timeoutMs)
        : webhookChannel(settings, env);
    this.#senders.set(name, sender);
    return sender;
  }
}
