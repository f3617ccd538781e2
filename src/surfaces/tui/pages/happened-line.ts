// Owns which events the status line tells, as what happened last.
import type { RunEvent } from '../../../run/event.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { describeEvent, type EventLine } from '../../../view/words/describe-event.ts';
import { findingWords } from '../../../view/words/finding-words.ts';
import { outputWords } from '../../../view/words/format-bytes.ts';
import { reasonWords } from '../../../view/words/reason-words.ts';

/** What is shown elsewhere at that moment, or is only on the way to something that is told. */
const untold: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'ApprovalChecked',
  'BlockReleased',
  'BlockStarted',
  'ConditionChecked',
  'ConfirmationGiven',
  'FileCompared',
  'GateOpened',
  'HostEnded',
  'HostStarted',
  'HostsResolved',
  'ManualStepClaimed',
  'PhaseStarted',
  'RecordSealed',
  'RunEnded',
  'RunPaused',
  'RunStarted',
  'ShellOpened',
]);

/** What an event says on the status line; undefined where it leaves what stands there. */
export function happenedLine(event: RunEvent): EventLine | undefined {
  if (untold.has(event.type)) return undefined;
  const described = describeEvent(event);
  if (event.type !== 'BlockPassed' && event.type !== 'BlockFailed') return described;
  const { address, result } = event;
  // What goes on has neither an end nor all of its output yet.
  if (result.exitCode === null && event.type === 'BlockPassed') return described;
  const how = event.type === 'BlockFailed' ? 'failed' : result.finding ? findingWords(result) : 'passed';
  const amount = outputWords(result.output);
  const why = event.type === 'BlockFailed' ? `: ${reasonWords(event.reason)}` : '';
  const text = `${visibleText(address)} ${how} in ${formatDuration(result.durationMs)}${why}`;
  return { ...described, text: amount === '' ? text : `${text} · ${amount}` };
}
