// Owns bringing about a block whose text is a message.
import type { Clock } from '../run/clock.ts';
import type { FailureReason } from '../run/event.ts';
import { type Effect, nothingRun } from '../run/rules/effect.ts';
import type { SendMessage } from '../run/telling/send-message.ts';
import type { PerformContext } from './run-engine.ts';

/** Sends the message of a block; it has passed where every channel has taken it. */
export async function performMessage(
  { sendMessage, clock }: { readonly sendMessage: SendMessage; readonly clock: Clock },
  { item, attempt, code }: Extract<Effect, { type: 'run-block' }>,
  { record, state, sync, signal }: PerformContext,
): Promise<void> {
  const of = { address: item.address, attempt };
  record({ type: 'BlockStarted', ...of, ...(code !== item.code && { code }) });
  const fail = (reason: FailureReason, durationMs = 0): void =>
    record({ type: 'BlockFailed', ...of, result: { ...nothingRun, durationMs }, reason });
  if (!(await sync())) return fail({ type: 'interrupted' });
  const begun = clock.monotonicMs();
  const message = await sendMessage({ item, text: code, state: state(), signal });
  const durationMs = Math.round(clock.monotonicMs() - begun);
  if (signal.aborted && message !== undefined) return fail({ type: 'interrupted' }, durationMs);
  if (message !== undefined) return fail({ type: 'unsent', message }, durationMs);
  record({ type: 'BlockPassed', ...of, result: { ...nothingRun, exitCode: 0, durationMs } });
}
