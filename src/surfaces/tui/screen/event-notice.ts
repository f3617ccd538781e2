// Owns which events an operator is told of in a message of its own.
import type { RunEvent } from '../../../run/event.ts';
import { describeEvent } from '../../../view/words/describe-event.ts';
import type { UiState } from '../keys/ui-state.ts';

/** Events that a screen does not show by itself and an operator should hear of. */
const worthTelling: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'ApprovalGiven',
  'ApprovalDenied',
  'ApprovalTimedOut',
  'DocumentNotWritten',
  'NotificationFailed',
  'RunbookChanged',
  'ShellClosed',
]);

/** What to say of an event, if anything: of a block in the background only that it failed. */
export function eventNotice(event: RunEvent): UiState['message'] {
  const { text, tone } = describeEvent(event);
  const isBad = tone === 'warn' || tone === 'bad';
  if (!worthTelling.has(event.type) && !(event.type === 'BackgroundEnded' && isBad)) return undefined;
  return { text, tone: tone === 'good' || tone === 'muted' ? tone : 'warn' };
}
