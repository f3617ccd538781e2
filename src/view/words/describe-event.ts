// Owns the one readable line for each event, for plain surfaces and for reading a journal.
import { assertNever } from '../../basics/assert.ts';
import type { Actor, AttemptResult, RunEvent } from '../../run/event.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Symbols } from '../layout/palette.ts';
import type { Tone } from '../layout/styled-line.ts';
import { formatTimeOfDay } from './format-time.ts';
import {
  actorWords,
  counted,
  decisionWords,
  endWords,
  listed,
  outputWords,
  pauseWords,
  phaseWords,
  quoted,
  reasonWords,
  skipWords,
  writtenDuration,
} from './outcome-words.ts';

/** One event in words: the mark that stands before it, and a sentence in lower case without a full stop. */
export interface EventLine {
  readonly symbol: keyof Symbols;
  readonly tone: Tone;
  readonly text: string;
}

/** What happened, in one line; whatever names and notes hold, it is one line. */
export function describeEvent(event: RunEvent): EventLine {
  switch (event.type) {
    case 'RunStarted': {
      const kind = event.options.dryRun ? 'dry run' : event.options.rehearse ? 'rehearsal' : 'run';
      return say(
        'running',
        'accent',
        `${kind} ${event.run} of ${quoted(event.runbook.title)} started by ${actorWords(event.by)}`,
      );
    }
    case 'RunResumed':
      return say('running', 'accent', `resumed by ${actorWords(event.by)}`);
    case 'RunPaused': {
      const at = event.at === undefined ? '' : ` at ${quoted(event.at)}`;
      return say('paused', 'warn', `paused${at}: ${visibleText(event.message) || pauseWords(event.reason)}`);
    }
    case 'RunEnded': {
      const good = event.outcome === 'succeeded';
      const left = event.left.length > 0 ? `; left undone: ${listed(event.left.map(quoted))}` : '';
      return say(
        good ? 'passed' : 'failed',
        good ? 'good' : 'bad',
        `the run ${endWords(event)}: ${visibleText(event.message)}${left}`,
      );
    }
    case 'PhaseStarted':
      return say('horizontal', 'heading', phaseWords(event.phase));
    case 'GateOpened':
      return say('passed', 'good', 'every precondition holds');
    case 'ConditionChecked': {
      const yes = Object.entries(event.hosts ?? {}).filter(([, answer]) => answer);
      const all = Object.keys(event.hosts ?? {}).length;
      const some = yes.length > 0 && yes.length < all;
      const where = some ? ` on ${listed(yes.map(([host]) => quoted(host)))} only` : '';
      const holds = event.holds || some ? 'holds' : 'does not hold';
      return say(
        'dot',
        'muted',
        `the ${quoted(event.condition)} of ${quoted(event.address)} ${holds}${where}`,
      );
    }
    case 'HostsResolved': {
      const amount = counted(event.hosts.length, 'host');
      return say(
        'dot',
        'muted',
        `${quoted(event.address)} runs on ${amount}: ${listed(event.hosts.map(quoted))}`,
      );
    }
    case 'HostStarted':
      return say('running', 'muted', `${quoted(event.address)} started on ${quoted(event.host)}`);
    case 'HostEnded': {
      const { host, status, durationMs, failure } = event.result;
      if (status === 'not-run')
        return say('dot', 'muted', `${quoted(event.address)} was not begun on ${quoted(host)}`);
      const good = failure === undefined;
      const how = `${good ? 'passed' : 'failed'} on ${quoted(host)} in ${formatDuration(durationMs)}`;
      const why = good ? '' : `: ${reasonWords(failure)}`;
      return say(good ? 'passed' : 'failed', good ? 'good' : 'bad', `${quoted(event.address)} ${how}${why}`);
    }
    case 'BlockStarted': {
      const again = event.attempt > 1 ? `, attempt ${event.attempt}` : '';
      return say('running', 'accent', `${quoted(event.address)} started${again}`);
    }
    case 'BlockPassed':
      // What goes on has no exit code yet.
      if (event.result.exitCode === null)
        return say('running', 'accent', `${quoted(event.address)} goes on in the background`);
      return say('passed', 'good', `${quoted(event.address)} passed in ${resultWords(event.result)}`);
    case 'BlockFailed':
      return say(
        'failed',
        'bad',
        `${quoted(event.address)} failed in ${resultWords(event.result)}: ${reasonWords(event.reason)}`,
      );
    case 'RetryScheduled':
      return say(
        'waiting',
        'warn',
        `${quoted(event.address)} is tried again in ${writtenDuration(event.delayMs)}, attempt ${event.attempt}`,
      );
    case 'BlockSkipped': {
      const who = event.by ? `by ${actorWords(event.by)}` : skipWords(event.reason);
      return say('skipped', 'muted', `${quoted(event.address)} skipped: ${who}${noted(event.note)}`);
    }
    case 'BlockAlreadyDone':
      return say('passed', 'good', `${quoted(event.address)} is already done`);
    case 'BlockMarkedDone':
      return say(
        'passed',
        'good',
        `${quoted(event.address)} marked done by ${actorWords(event.by)}${noted(event.note)}`,
      );
    case 'BlockFoundInDoubt':
      return say('doubt', 'warn', `${quoted(event.address)} had started, and nobody knows how it ended`);
    case 'DoubtResolved':
      return say(
        'dot',
        'muted',
        `${quoted(event.address)} is no longer in doubt: ${event.as.replace('-', ' ')}, says ${actorWords(event.by)}${noted(event.note)}`,
      );
    case 'CommandEdited':
      return say(
        'dot',
        'warn',
        `the command of ${quoted(event.address)} was edited by ${actorWords(event.by)}`,
      );
    case 'BackgroundEnded': {
      const name = `${quoted(event.address)} in the background`;
      const took = resultWords(event.result);
      if (event.ended === 'by-run')
        return say('dot', 'muted', `${name} was ended with the run after ${took}`);
      const { exitCode } = event.result;
      return exitCode === 0
        ? say('dot', 'muted', `${name} ended by itself after ${took}`)
        : say('warning', 'warn', `${name} failed after ${took}: ${exitWords(exitCode)}`);
    }
    case 'BlockReleased':
      return say('dot', 'muted', `${quoted(event.address)} released ${by(event)}`);
    case 'AutoRunChosen':
      return say('dot', 'muted', `runs on without asking, says ${actorWords(event.by)}`);
    case 'ConfirmationGiven':
      return say('dot', 'muted', `confirmed ${by(event)}: ${visibleText(event.question)}`);
    case 'ManualStepDone':
      return say(
        'passed',
        'good',
        `${quoted(event.address)} done, says ${actorWords(event.by)}${noted(event.note)}`,
      );
    case 'ChecklistItemSet':
      return say(
        event.ticked ? 'passed' : 'waiting',
        event.ticked ? 'good' : 'muted',
        `item ${event.index + 1} of ${quoted(event.address)} ${event.ticked ? 'ticked' : 'unticked'} by ${actorWords(event.by)}`,
      );
    case 'NoteAdded': {
      const at = event.address === undefined ? '' : ` on ${quoted(event.address)}`;
      return say('dot', 'accent', `note by ${actorWords(event.by)}${at}: ${visibleText(event.text)}`);
    }
    case 'FailureDecided':
      return say(
        'arrow',
        'accent',
        `${decisionWords(event.decision)}, decided ${by(event)}${noted(event.note)}`,
      );
    case 'CleanupDecided':
      return say(
        'dot',
        'muted',
        `${event.wanted ? 'clean-up wanted' : 'no clean-up wanted'} by ${actorWords(event.by)}`,
      );
    case 'ShellOpened':
      return say(
        'dot',
        'muted',
        `a shell was opened by ${actorWords(event.by)}${event.at ? ` at ${quoted(event.at)}` : ''}`,
      );
    case 'ShellClosed': {
      const closed = `the shell was closed after ${formatDuration(event.durationMs)}`;
      return event.problem === undefined
        ? say('dot', 'muted', closed)
        : say('warning', 'warn', `${closed}: ${visibleText(event.problem)}`);
    }
    case 'JumpedTo':
      return say('arrow', 'accent', `${actorWords(event.by)} went to ${quoted(event.address)}`);
    case 'ApprovalRequested': {
      const whom =
        event.people.length > 0 ? ` of ${listed(event.people.map((name) => visibleText(name)))}` : '';
      const until = event.expiresAt === undefined ? '' : ` until ${formatTimeOfDay(event.expiresAt)}`;
      const needed = counted(event.needed, 'approval');
      return say('waiting', 'warn', `${quoted(event.address)} waits for ${needed}${whom}${until}`);
    }
    case 'ApprovalGiven':
      return say(
        'passed',
        'good',
        `${quoted(event.address)} approved by ${actorWords(event.by)}${noted(event.comment)}`,
      );
    case 'ApprovalDenied':
      return say(
        'failed',
        'bad',
        `${quoted(event.address)} denied by ${actorWords(event.by)}${noted(event.comment)}`,
      );
    case 'ApprovalTimedOut': {
      const then = { deny: 'denied', escalate: 'escalated', approve: 'approved' }[event.action];
      return say('warning', 'warn', `nobody answered for ${quoted(event.address)} in time: ${then}`);
    }
    case 'RollbackPlanned': {
      const amount = counted(event.items.length, 'undo', 'undos');
      return say('undo', 'warn', `rollback planned: ${amount} for ${counted(event.steps.length, 'step')}`);
    }
    case 'RollbackStarted': {
      const without = event.excluded.length > 0 ? ` without ${listed(event.excluded.map(quoted))}` : '';
      return say('undo', 'warn', `rollback started by ${actorWords(event.by)}${without}`);
    }
    case 'RollbackDeclined':
      return say('undo', 'muted', `rollback declined by ${actorWords(event.by)}`);
    case 'RunbookChanged': {
      const { edited, added, gone } = event;
      const changes = [
        ...(edited.length > 0 ? [`${edited.length} edited`] : []),
        ...(added.length > 0 ? [`${added.length} added`] : []),
        ...(gone.length > 0 ? [`${gone.length} gone`] : []),
      ];
      return say('warning', 'warn', `the runbook has changed: ${listed(changes) || 'its prose only'}`);
    }
    case 'DocumentNotWritten': {
      const copy = event.copy === undefined ? '' : `; the results are in ${quoted(event.copy)}`;
      return say('warning', 'warn', `the document was not written: ${visibleText(event.message)}${copy}`);
    }
    case 'NotificationSent':
      return say('dot', 'muted', `told ${quoted(event.to)} about ${visibleText(event.about)}`);
    case 'NotificationFailed':
      return say('warning', 'warn', `could not tell ${quoted(event.to)}: ${visibleText(event.message)}`);
    default:
      return assertNever(event);
  }
}

function say(symbol: keyof Symbols, tone: Tone, text: string): EventLine {
  return { symbol, tone, text };
}

function by({ by, automatic }: { readonly by: Actor; readonly automatic: boolean }): string {
  return automatic ? 'by policy' : `by ${actorWords(by)}`;
}

function noted(note: string | undefined): string {
  return note ? ` (${visibleText(note)})` : '';
}

function exitWords(code: number | null): string {
  return code === null ? 'ended by a signal' : `exit ${code}`;
}

function resultWords(result: AttemptResult): string {
  const output = outputWords(result.output);
  const warnings = result.warnings.map((warning) => `; ${visibleText(warning)}`).join('');
  return `${formatDuration(result.durationMs)}${output === '' ? '' : ` (${output})`}${warnings}`;
}
