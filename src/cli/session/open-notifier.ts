// Owns building what tells channels of a run; where a runbook tells nobody, nothing of it is loaded.
import type { RunEngine, RunListener } from '../../engine/run-engine.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import { ownText, type Redactor } from '../../run/masking/redactor.ts';
import type { Plan } from '../../run/plan.ts';
import type { SendMessage } from '../../run/telling/send-message.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { systemClock } from '../system-clock.ts';

/** What of a session the notifier needs. */
export interface NotifierSession {
  readonly plan: Plan;
  readonly history: readonly RecordedEvent[];
  readonly file: { readonly path: string };
}

/** What tells the channels of a run. */
export interface RunNotifier extends RunListener {
  /** Tells what has been answered while the run rested, when there was nobody to tell it. */
  catchUp(): void;
  /** The port of blocks that are messages. */
  readonly send: SendMessage;
  /** Waits for what is still on its way. */
  close(): Promise<void>;
}

/** For a run that tells nobody; a message that nobody can send is not sent. */
const silent: RunNotifier = {
  onEvent: () => {},
  catchUp: () => {},
  send: async () => ownText('no channel is configured'),
  close: async () => {},
};

/** For a run that is to reach nobody: what it would have told counts as told. */
export const tellingNobody: RunNotifier = { ...silent, send: async () => undefined };

function tellsSomebody({ notify, escalation, updates, items }: Plan): boolean {
  if (notify ?? escalation ?? updates) return true;
  return items.some(
    (item) =>
      item.notify !== undefined ||
      (item.kind === 'block' && item.sends !== undefined) ||
      (item.kind === 'runbook' && item.page !== undefined),
  );
}

/** The listener that tells channels. */
export async function openNotifier(
  { plan, history, file }: NotifierSession,
  redactor: Redactor,
  engine: () => RunEngine,
): Promise<RunNotifier> {
  if (!tellsSomebody(plan)) return silent;
  const { Notifier } = await import('../../surfaces/notify/notifier.ts');
  const notifier = new Notifier({
    channels: loadConfiguration(file.path).configuration.channels,
    env: process.env,
    record: (event) => engine().note(event),
    nowMs: () => systemClock.now().getTime(),
    redact: (text) => redactor.redactText(text),
    state: () => engine().state,
    history,
  });
  return {
    onEvent: (recorded, state) => notifier.onEvent(recorded, state),
    catchUp: () => tellAnswers(plan, history, notifier),
    send: notifier.send,
    close: () => notifier.close(),
  };
}

const answers: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'AnswerRefused',
  'ApprovalGiven',
  'ApprovalDenied',
  'ApprovalTimedOut',
]);

/** What was recorded last, by whoever answered. */
function tellAnswers(plan: Plan, history: readonly RecordedEvent[], listener: RunListener): void {
  const from = history.findLastIndex(({ event }) => !answers.has(event.type)) + 1;
  if (from === history.length) return;
  let state = history.slice(0, from).reduce(evolve, initialState(plan));
  for (const recorded of history.slice(from)) {
    state = evolve(state, recorded);
    listener.onEvent(recorded, state);
  }
}
