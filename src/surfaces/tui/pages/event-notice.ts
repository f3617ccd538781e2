// Owns which events an operator gets a notice of.
import type { RunEvent } from '../../../run/event.ts';
import { describeEvent } from '../../../view/words/describe-event.ts';
import type { Notice } from '../keys/ui-state.ts';

/** Events that a screen does not show by itself and an operator should hear of. */
const noticed: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'ApprovalGiven',
  'ApprovalDenied',
  'ApprovalTimedOut',
  'AnswerRefused',
  'DocumentNotWritten',
  'NotificationFailed',
  'RunbookChanged',
  'ShellClosed',
]);

/** The notice of an event, if it is worth one: of a block in the background that it failed, of an approval that it is void. */
export function eventNotice(event: RunEvent): Notice | undefined {
  const { text, tone } = describeEvent(event);
  const isBad = tone === 'warn' || tone === 'bad';
  const isOften = event.type === 'BackgroundEnded' || event.type === 'ApprovalChecked';
  if (!noticed.has(event.type) && !(isOften && isBad)) return undefined;
  return { text, tone: tone === 'good' || tone === 'muted' ? tone : 'warn' };
}
