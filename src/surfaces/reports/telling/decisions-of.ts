// Owns which events of a run are decisions, which tell that somebody was told, and their words.

import type { RecordedEvent, RunEvent } from '../../../run/event.ts';
import { describeEvent } from '../../../view/words/describe-event.ts';
import { quoted } from '../../../view/words/quoted.ts';
import { isToldByItems } from '../../is-told-by-items.ts';

/** Something that happened, and when, in ISO 8601. */
export interface Moment {
  readonly at: string;
  readonly text: string;
}

const decisive: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'RunStarted',
  'RunResumed',
  'RunPaused',
  'AutoRunChosen',
  'BlockSkipped',
  'BlockMarkedDone',
  'DoubtResolved',
  'CommandEdited',
  'BlockReleased',
  'ConfirmationGiven',
  'ChoiceMade',
  'DoubtsAccepted',
  'ManualStepClaimed',
  'ManualStepDone',
  'ChecklistItemSet',
  'NoteAdded',
  'FailureDecided',
  'CleanupDecided',
  'ShellOpened',
  'JumpedTo',
  'ApprovalRequested',
  'ApprovalGiven',
  'ApprovalDenied',
  'ApprovalTimedOut',
  'AnswerRefused',
  'QuestionAnswered',
  'ApprovalChecked',
  'RollbackStarted',
  'RollbackDeclined',
  'RunbookChanged',
  'RunEnded',
]);

const telling: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'UpdateWritten',
  'NotificationSent',
  'NotificationFailed',
]);

/** What people and policies decided, with their words. */
export function decisionsOf(history: readonly RecordedEvent[]): readonly Moment[] {
  return momentsOf(history.filter(({ event }) => decisive.has(event.type)));
}

/** Which channels were told of what, and which could not be. */
export function toldOf(history: readonly RecordedEvent[]): readonly Moment[] {
  return momentsOf(history.filter(({ event }) => telling.has(event.type)));
}

/** All that happened; what the record itself needs is nothing that happened. */
export function timelineOf(history: readonly RecordedEvent[]): readonly Moment[] {
  return momentsOf(history.filter(({ event }) => event.type !== 'RecordSealed' && !isToldByItems(event)));
}

function momentsOf(history: readonly RecordedEvent[]): readonly Moment[] {
  return history.map(({ at, event }) => {
    const { text } = describeEvent(event);
    // Elsewhere it follows the failure that it is about.
    return { at, text: event.type === 'FailureDecided' ? `${quoted(event.address)}: ${text}` : text };
  });
}
