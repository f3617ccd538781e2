// Owns telling channels of what was recorded of a run while no process worked on it.

import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import { evolve } from '../../run/evolve.ts';
import type { Journal } from '../../run/journal.ts';
import { createRedactor } from '../../run/masking/redactor.ts';
import type { RunState } from '../../run/state.ts';
import type { DueAtRest } from '../../run/telling/due-at-rest.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { systemClock } from '../system-clock.ts';

/** So long somebody waits at most whose command is another one. */
const patienceMs = 5_000;

/** A run that this process alone may write to, as it was before what is to be told. */
export interface RestingRun {
  readonly journal: Journal;
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
}

/**
 * Tells the channels of a run what `recorded` is news for and what is `due`, and keeps in its journal what became of
 * that, which is given back. The texts of a record are masked already.
 */
export async function tellAtRest(
  run: RestingRun,
  recorded: readonly RecordedEvent[],
  due: readonly DueAtRest[] = [],
): Promise<readonly RunEvent[]> {
  const path = runbookOf(run.history);
  if (path === undefined) return [];
  const { Notifier } = await import('../../surfaces/notify/notifier.ts');
  const become: RunEvent[] = [];
  let { state } = run;
  const redactor = createRedactor();
  const notifier = new Notifier({
    channels: loadConfiguration(path).configuration.channels,
    env: process.env,
    record: (event) => {
      run.journal.append([event]);
      become.push(event);
    },
    nowMs: () => systemClock.now().getTime(),
    redact: (text) => redactor.redactText(text),
    state: () => state,
    history: run.history,
    patienceMs,
  });
  for (const one of recorded) {
    state = evolve(state, one);
    notifier.onEvent(one, state);
  }
  for (const one of due) notifier.tellDue(one);
  await notifier.close();
  return become;
}

function runbookOf(history: readonly RecordedEvent[]): string | undefined {
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  return started?.type === 'RunStarted' ? started.runbook.path : undefined;
}
