// Owns what the process's signals mean to a run.
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { Actor } from '../../run/event.ts';

/** Turns signals into commands until the returned function is called. */
export function watchSignals(by: Actor, send: (command: RunCommand) => Rejection | undefined): () => void {
  const handlers: readonly [NodeJS.Signals, () => void][] = [
    ['SIGINT', () => send({ type: 'InterruptBlock', by })],
    ['SIGTERM', () => send({ type: 'PauseRun', reason: 'terminate', by })],
    ['SIGHUP', () => send({ type: 'PauseRun', reason: 'hangup', by })],
  ];
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
