// Owns the words for why something failed, was skipped or rests, and for what was decided then.
import { assertNever } from '../../basics/assert.ts';
import type { PauseReason } from '../../run/belonging/pause-reason.ts';
import type { SkipReason } from '../../run/belonging/skip-reason.ts';
import type { EventOf, FailureDecision, FailureReason } from '../../run/event.ts';
import type { CodePlace } from '../../run/failed-command.ts';
import { fitText } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { outcomeWords } from './outcome-words.ts';
import { actorWords, quoted, turnWords } from './quoted.ts';
import { writtenDuration } from './written-duration.ts';

/** Why a block failed, to stand behind a colon or a comma. */
export function reasonWords(reason: FailureReason): string {
  switch (reason.type) {
    case 'exit':
      return `exit ${reason.code}${commandWords(reason)}`;
    case 'signal':
      return `ended by ${reason.signal}`;
    case 'timeout':
      return `timed out after ${writtenDuration(reason.timeoutMs)}`;
    case 'interrupted':
      return 'interrupted';
    case 'spawn':
      return `could not be started: ${visibleText(reason.message)}`;
    case 'expectation':
    case 'file':
      return visibleText(reason.message);
    case 'unsent':
      return `not sent: ${visibleText(reason.message)}`;
    case 'condition':
      return `its ${quoted(reason.condition)} failed: ${visibleText(reason.message)}`;
    case 'connection':
      return `the connection to ${quoted(reason.host)} ${visibleText(reason.message)}`;
    case 'hosts':
      return visibleText(reason.message);
    case 'denied': {
      const comment = reason.comment ? `: ${visibleText(reason.comment)}` : '';
      return reason.by ? `denied by ${actorWords(reason.by)}${comment}` : `not approved in time${comment}`;
    }
    case 'runbook':
      return `the linked runbook ${outcomeWords(reason.outcome)}`;
    default:
      return assertNever(reason);
  }
}

/** `line 9`; of a linked runbook, or of what the operator had edited, with the word that it is. */
export function lineWords({ line, file, blockLine }: CodePlace): string {
  if (line === undefined) return `line ${blockLine} of the edited command`;
  return file === undefined ? `line ${line}` : `line ${line} of ${quoted(file)}`;
}

/** Commands longer than this are cut: the whole of it stands in the runbook. */
const longestCommand = 80;

function commandWords({ at, isEarly, isUnheard }: Extract<FailureReason, { type: 'exit' }>): string {
  if (at === undefined) return '';
  const { command } = at;
  const clause = isEarly ? ', before the end of the block' : isUnheard ? ', which nothing asks for' : '';
  const [first = '', ...more] = command.trim().split('\n');
  const shown = fitText(visibleText(more.length > 0 ? `${first} …` : first), longestCommand);
  return ` at ${lineWords(at)}${clause}${shown === '' ? '' : `: \`${shown}\``}`;
}

/** Why something was not run. */
export function skipWords(reason: SkipReason): string {
  switch (reason) {
    case 'condition':
      return 'its condition does not hold';
    case 'operator':
      return 'by the operator';
    case 'policy':
      return 'by an option of the run';
    case 'manual-policy':
      return 'it has to be done by a person';
    case 'rehearsal':
      return 'this is a rehearsal';
    case 'dry-run':
      return 'this is a dry run';
    case 'superseded':
      return 'it is no longer needed';
    case 'no-gate':
      return 'it held when the run began, and the run has changed things since';
    case 'not-chosen':
      return 'another way was chosen';
    case 'nothing-changed':
      return 'nothing that it follows has changed';
    case 'nothing-to-undo':
      return 'it has nothing to undo';
    case 'no-items':
      return 'its list is empty, so there is nothing to do';
    case 'no-items-left':
      return 'all of its items have failed before';
    default:
      return assertNever(reason);
  }
}

/** What follows "paused": who did it, or why. */
export function pauseEnding({
  message,
  reason,
}: {
  readonly message: string;
  readonly reason: PauseReason;
}): string {
  const words = visibleText(message) || pauseWords(reason);
  return words.startsWith('paused by ') ? words.slice('paused'.length) : `: ${words}`;
}

/** What a paused run waits for. */
function pauseWords(reason: PauseReason): string {
  switch (reason) {
    case 'operator':
      return 'by the operator';
    case 'drained':
      return 'its server ends';
    case 'manual-step':
      return 'a step has to be done by a person';
    case 'approval':
      return 'an approval is missing';
    case 'confirmation':
      return 'a confirmation is missing';
    case 'in-doubt':
      return 'it is not known how a block ended';
    case 'doubtful':
      return 'it is doubtful whether a step is to be run';
    case 'failure':
      return 'a block failed';
    case 'interrupt':
      return 'interrupted';
    case 'hangup':
      return 'the terminal went away';
    case 'terminate':
      return 'asked to end';
    case 'changed':
      return 'the runbook has changed';
    case 'document':
      return 'the document cannot be written';
    case 'journal':
      return 'the journal cannot be written';
    default:
      return assertNever(reason);
  }
}

/** What the operator decided, in the past. */
export function decisionWords(decision: FailureDecision): string {
  switch (decision) {
    case 'retry':
      return 'run again';
    case 'run-rest':
      return 'run again from the command that failed';
    case 'skip':
      return 'skip it';
    case 'mark-done':
      return 'it was done by hand';
    case 'continue':
      return 'go on';
    case 'rollback':
      return 'roll back';
    case 'pause':
      return 'pause';
    case 'stop':
      return 'stop';
    default:
      return assertNever(decision);
  }
}

/** What was decided, and for which items where it is not about all of a list. */
export function decidedWords({
  decision,
  turn,
}: Pick<EventOf<'FailureDecided'>, 'decision' | 'turn'>): string {
  const words = decisionWords(decision);
  if (turn !== undefined && decision === 'continue') return `${words} without${turnWords({ turn }).slice(4)}`;
  return `${words}${turnWords({ turn })}`;
}
