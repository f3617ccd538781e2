// Owns sending what happens in a run to its channels, one after the other and within bounds.
import { setMaxListeners } from 'node:events';
import { errorMessage } from '../../basics/coded-error.ts';
import { namedValue } from '../../basics/named-values.ts';
import { startTimer, type Timer } from '../../engine/start-timer.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import { type MaskedText, ownText } from '../../run/masking/redactor.ts';
import type { RunState } from '../../run/state.ts';
import { type DueAtRest, dueAtRest, isTold } from '../../run/telling/due-at-rest.ts';
import {
  lateNotificationsOf,
  notificationsOf,
  type WantedNotification,
} from '../../run/telling/notifications-of.ts';
import type { SendMessage } from '../../run/telling/send-message.ts';
import type { ChannelSettings } from '../../runbook/front-matter/channels/channel-settings.ts';
import { type AlertAction, alertAction, alertTopic } from './alert-action.ts';
import { openChannel } from './channels/open-channel.ts';
import { DelayedMessages, isWatchedAtRest } from './delayed-messages.ts';
import {
  lateMessage,
  type Message,
  maskMessage,
  messageOf,
  messageOfBlock,
  type SendNotification,
} from './notification.ts';
import { messageLine } from './rule-line.ts';

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
/** Longest reason that is recorded, in UTF-16 units. */
const longestReason = 250;

/** Listens to a run and notifies its channels; a channel that fails or hangs costs the run nothing but a line. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #senders = new Map<string, SendNotification>();
  readonly #queues = new Map<string, { last: Promise<unknown>; waiting: number }>();
  readonly #timers = new Set<Timer>();
  /** What was told of the time by this process, as channel and topic. */
  readonly #late = new Set<string>();
  readonly #ending = new AbortController();
  /** The conversation that the run has in a channel, by the channel's name. */
  readonly #threads = new Map<string, string>();
  /** Channels in which the run has an alert that is open. */
  readonly #alerts = new Set<string>();
  readonly #delayed: DelayedMessages;
  /** Who has got the message of a block that is not yet with all of its channels, by the block's address. */
  readonly #messages = new Map<string, Set<string>>();

  constructor(options: NotifierOptions) {
    this.#options = options;
    for (const { event } of options.history) {
      if (event.type === 'BlockPassed') this.#messages.delete(event.address);
      if (event.type !== 'NotificationSent') continue;
      const [, ofBlock] = /^message of (.+)$/.exec(event.about) ?? [];
      if (ofBlock !== undefined)
        this.#messages.set(ofBlock, (this.#messages.get(ofBlock) ?? new Set()).add(event.to));
      if (event.thread !== undefined) this.#threads.set(event.to, event.thread);
      this.#keepAlert(event.to, /^(?:succeeded|rolled-back)$/.test(event.about) ? 'resolve' : 'trigger');
    }
    this.#delayed = new DelayedMessages({
      tell: (wanted, recorded, why) =>
        this.#enqueue(messageOf(wanted, recorded, this.#options.state(), `; ${why}`)),
      drop: ({ to, about }, why) => this.#failed(to, about, why),
    });
    // Each of what is being sent listens: more than Node thinks usual.
    setMaxListeners(0, this.#ending.signal);
  }

  onEvent(recorded: RecordedEvent, state: RunState): void {
    const { type } = recorded.event;
    if (type === 'NotificationSent' || type === 'NotificationFailed') return;
    if (type === 'RunEnded' || type === 'RunPaused') this.#stopTimers();
    else if (type === 'RunStarted' || type === 'RunResumed' || isOfLink(recorded.event, state))
      this.#watchTheClock(state);
    this.#delayed.onEvent(recorded.event, state);
    if (type === 'RunResumed') this.#waitOn(state);
    const wanted = notificationsOf(recorded, state);
    for (const one of wanted) {
      const isWatched = state.lifecycle === 'running' && recorded.event.type !== 'RunFoundBrokenOff';
      if (one.delay && isWatched) this.#delayed.add(one, recorded);
      else if (one.delay && isWatchedAtRest(state)) continue;
      else this.#enqueue(messageOf(one, recorded, state));
    }
    this.#settleAlerts(recorded, state, wanted);
  }

  /** What a server has waited with while the run rested is waited with here from now on. */
  #waitOn(state: RunState): void {
    if (state.options.servedBy === undefined) return;
    const { history, nowMs } = this.#options;
    for (const { wanted, of, dueMs } of dueAtRest(history, { ...state, lifecycle: 'paused' }))
      if ('recorded' in of) this.#delayed.add(wanted, of.recorded, Math.max(0, dueMs - nowMs()));
  }

  /** Tells what has come due in a run that rests. */
  tellDue({ wanted, of }: DueAtRest): void {
    const { nowMs, state } = this.#options;
    const why = `; nobody has handled it for ${wanted.delay?.written}`;
    this.#enqueue(
      'after' in of
        ? lateMessage(wanted, of.after, new Date(nowMs()).toISOString(), state())
        : messageOf(wanted, of.recorded, state(), why),
    );
  }

  /** An alert that is open is acknowledged when somebody is at it, and over with the good end, without a rule. */
  #settleAlerts(recorded: RecordedEvent, state: RunState, wanted: readonly WantedNotification[]): void {
    if (alertAction(recorded.event) === 'trigger') return;
    for (const to of this.#alerts) {
      if (wanted.some((one) => one.to === to)) continue;
      this.#enqueue(messageOf({ to, about: alertTopic(recorded.event) }, recorded, state));
    }
  }

  #keepAlert(to: string, action: AlertAction): void {
    if (namedValue(this.#options.channels, to)?.type !== 'pagerduty') return;
    if (action === 'resolve') this.#alerts.delete(to);
    else this.#alerts.add(to);
  }

  /** The port of blocks that are messages. */
  readonly send: SendMessage = async ({ item, text, state, signal }) => {
    const { redact, nowMs } = this.#options;
    const line = messageLine(text, item, state);
    if (!line.ok) return redact(line.error);
    const at = new Date(nowMs()).toISOString();
    const told = this.#messages.get(item.address) ?? new Set();
    this.#messages.set(item.address, told);
    const problems = await Promise.all(
      (item.sends ?? []).map(async (to) => {
        if (told.has(to)) return [];
        const problem = await this.#enqueue(messageOfBlock(to, item, line.value, at, state), signal);
        if (problem !== undefined) return [`\`${to}\`: ${problem}`];
        told.add(to);
        return [];
      }),
    );
    const all = problems.flat();
    // Where it is sent once more from here on, that is meant.
    if (all.length === 0) this.#messages.delete(item.address);
    return all.length === 0 ? undefined : redact(all.join('; '));
  };

  /** Resolves when everything is sent, or has taken too long and is given up. */
  async close(): Promise<void> {
    this.#stopTimers();
    this.#delayed.stop();
    const patience = setTimeout(() => this.#ending.abort(), this.#options.patienceMs ?? defaultPatienceMs);
    await Promise.all([...this.#queues.values()].map(({ last }) => last));
    clearTimeout(patience);
  }

  /**
   * `after: 5m` counts from the start of the run, or of the link whose page says it, over pauses too; what was sent
   * before is not sent again.
   */
  #watchTheClock(state: RunState): void {
    this.#stopTimers();
    if (state.options.rehearse) return;
    const { nowMs } = this.#options;
    for (const { wanted, after, dueMs } of lateNotificationsOf(state)) {
      const key = `${wanted.to}\0${wanted.about}`;
      if (this.#late.has(key) || isTold(this.#options.history, wanted)) continue;
      const waitMs = dueMs - nowMs();
      const timer = startTimer(
        () => {
          this.#timers.delete(timer);
          this.#late.add(key);
          this.#enqueue(lateMessage(wanted, after, new Date(nowMs()).toISOString(), this.#options.state()));
        },
        Math.max(0, waitMs),
        { holds: false },
      );
      this.#timers.add(timer);
    }
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer.stop();
    this.#timers.clear();
  }

  /** Gives why it was not sent, where it was not. */
  #enqueue(message: Message<string>, until?: AbortSignal): Promise<string | undefined> {
    const { to, about } = message.notification;
    this.#keepAlert(to, message.alert);
    const queue = this.#queues.get(to) ?? { last: Promise.resolve(), waiting: 0 };
    this.#queues.set(to, queue);
    if (queue.waiting >= mostWaiting) {
      const problem = `${mostWaiting} notifications are waiting for it`;
      this.#failed(to, about, problem);
      return Promise.resolve(problem);
    }
    queue.waiting += 1;
    const sent = queue.last.then(async () => {
      const problem = await this.#send(message, until);
      queue.waiting -= 1;
      return problem;
    });
    queue.last = sent;
    return sent;
  }

  async #send(message: Message<string>, until?: AbortSignal): Promise<string | undefined> {
    const { to, about } = message.notification;
    const { record, redact } = this.#options;
    try {
      const signal = until ?? this.#ending.signal;
      if (signal.aborted) throw new Error('the run came to its end first');
      const known = this.#threads.get(to);
      const masked = maskMessage({ ...message, ...(known !== undefined && { thread: known }) }, redact);
      const { thread } = await this.#senderOf(to)(masked, signal);
      if (thread !== undefined) this.#threads.set(to, thread);
      record({ type: 'NotificationSent', to, about, ...(thread !== undefined && { thread }) });
      return undefined;
    } catch (error) {
      const problem = errorMessage(error);
      this.#failed(to, about, problem);
      return problem;
    }
  }

  #failed(to: string, about: string, message: string): void {
    const { record, redact } = this.#options;
    // Cut only now: half a secret would not be known as one.
    record({ type: 'NotificationFailed', to, about, message: cutMasked(redact(message)) });
  }

  #senderOf(name: string): SendNotification {
    const known = this.#senders.get(name);
    if (known) return known;
    const { channels, env } = this.#options;
    const settings = namedValue(channels, name);
    if (settings === undefined) throw new Error('no such channel is configured');
    const sender = openChannel(settings, env);
    this.#senders.set(name, sender);
    return sender;
  }
}

function cutMasked(text: MaskedText): MaskedText {
  return text.length <= longestReason ? text : ownText(`${text.slice(0, longestReason)}…`);
}

function isOfLink(event: RunEvent, { plan, indexOf }: RunState): boolean {
  if (!('address' in event) || event.address === undefined) return false;
  return plan.items[indexOf.get(event.address) ?? -1]?.kind === 'runbook';
}
