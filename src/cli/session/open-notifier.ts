// Owns building what tells channels of a run; where a runbook tells nobody, nothing of it is loaded.
import type { RunEngine, RunListener } from '../../engine/run-engine.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { Redactor } from '../../run/masking/redactor.ts';
import type { Plan } from '../../run/plan.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { systemClock } from '../system-clock.ts';

/** What of a session the notifier needs. */
export interface NotifierSession {
  readonly plan: Plan;
  readonly history: readonly RecordedEvent[];
  readonly file: { readonly path: string };
}

/** The listener that tells channels, and what waits for what is still on its way. */
export async function openNotifier(
  { plan, history, file }: NotifierSession,
  redactor: Redactor,
  engine: () => RunEngine,
): Promise<RunListener & { close(): Promise<void> }> {
  const tells =
    plan.notify ?? plan.escalation ?? plan.items.find((item) => item.notify ?? ('page' in item && item.page));
  if (!tells) return { onEvent: () => {}, close: async () => {} };
  const { Notifier } = await import('../../surfaces/notify/notifier.ts');
  return new Notifier({
    channels: loadConfiguration(file.path).configuration.channels,
    env: process.env,
    record: (event) => engine().note(event),
    nowMs: () => systemClock.now().getTime(),
    redact: (text) => redactor.redactText(text),
    state: () => engine().state,
    history,
  });
}
