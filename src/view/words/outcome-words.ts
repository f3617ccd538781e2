// Owns the words for what happens in a run: reasons, outcomes, people, counts.
import { assertNever } from '../../basics/assert.ts';
import type {
  Actor,
  FailureDecision,
  FailureReason,
  Outcome,
  OutputSummary,
  PauseReason,
  SkipReason,
} from '../../run/event.ts';
import type { Phase } from '../../run/plan.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { formatBytes } from './format-bytes.ts';

/** `ada@bastion`; the name alone where no host is known. */
export function actorWords({ user, host }: Actor): string {
  return visibleText(host === '' ? user : `${user}@${host}`);
}

/** A name in backticks; whatever it holds, it stays on its line. */
export function quoted(name: string): string {
  return `\`${visibleText(name)}\``;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A duration that somebody wrote down, such as a timeout: `5 s` rather than `5.0 s`. */
export function writtenDuration(durationMs: number): string {
  return formatDuration(durationMs).replace('.0 s', ' s');
}

/** Why a block failed, to stand behind a colon or a comma. */
export function reasonWords(reason: FailureReason): string {
  switch (reason.type) {
    case 'exit':
      return `exit ${reason.code}`;
    case 'signal':
      return `ended by ${reason.signal}`;
    case 'timeout':
      return `timed out after ${writtenDuration(reason.timeoutMs)}`;
    case 'interrupted':
      return 'interrupted';
    case 'spawn':
      return `could not be started: ${visibleText(reason.message)}`;
    case 'expectation':
      return visibleText(reason.message);
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

/** `every 10 s`, or how the wait between attempts grows. */
export function intervalWords({
  intervalMs,
  longestIntervalMs,
}: {
  readonly intervalMs: number;
  readonly longestIntervalMs?: number;
}): string {
  const first = writtenDuration(intervalMs);
  return longestIntervalMs === undefined
    ? `every ${first}`
    : `after ${first} at first and ${writtenDuration(longestIntervalMs)} at most`;
}

/** As `outcomeWords`, of the event that a run ended with. */
export function endWords({
  outcome,
  asWished,
}: {
  readonly outcome: Outcome;
  readonly asWished?: true;
}): string {
  return asWished ? 'was rolled back' : outcomeWords(outcome);
}

/** What became of a run, as the end of a sentence that begins with it. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return 'failed';
    case 'rolled-back':
      return 'failed and was rolled back';
    case 'rollback-failed':
      return 'failed, and its rollback failed too';
    case 'precondition-failed':
      return 'was not begun: a precondition does not hold';
    case 'stopped':
      return 'was stopped';
    default:
      return assertNever(outcome);
  }
}

/** Why something was not run. */
export function skipWords(reason: SkipReason): string {
  switch (reason) {
    case 'condition':
      return 'its condition does not hold';
    case 'operator':
      return 'by the operator';
    case 'policy':
      return 'by policy';
    case 'manual-policy':
      return 'it is for a person to do';
    case 'rehearsal':
      return 'this is a rehearsal';
    case 'dry-run':
      return 'this is a dry run';
    case 'superseded':
      return 'it is no longer needed';
    case 'nothing-to-undo':
      return 'its step was not begun on any of its hosts';
    default:
      return assertNever(reason);
  }
}

/** What a paused run waits for. */
export function pauseWords(reason: PauseReason): string {
  switch (reason) {
    case 'operator':
      return 'by the operator';
    case 'manual-step':
      return 'a step is for a person to do';
    case 'approval':
      return 'an approval is missing';
    case 'confirmation':
      return 'a confirmation is missing';
    case 'in-doubt':
      return 'nobody knows how a block ended';
    case 'failure':
      return 'a block failed';
    case 'interrupt':
      return 'interrupted';
    case 'hangup':
      return 'the terminal went away';
    case 'terminate':
      return 'asked to end';
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

/** A phase as a heading. */
export function phaseWords(phase: Phase): string {
  return phase === 'cleanup' ? 'clean-up' : phase;
}

/** A phase as the title of a section: `Clean-up`. */
export function phaseTitle(phase: Phase): string {
  const words = phaseWords(phase);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How much a block printed, or nothing when it printed nothing. */
export function outputWords({ lines, stdoutBytes, stderrBytes }: OutputSummary): string {
  const bytes = stdoutBytes + stderrBytes;
  if (bytes === 0) return '';
  if (bytes < 1000 && lines > 0) return counted(lines, 'line');
  return lines > 0 ? `${counted(lines, 'line')}, ${formatBytes(bytes)}` : formatBytes(bytes);
}

/** The sections that a runbook does not have, in one friendly line; empty when it has them all. */
export function missingSectionsWords(missing: readonly Phase[]): string {
  if (missing.length === 0) return '';
  if (missing.length === 4)
    return 'This runbook is a walkthrough: it has no sections of its own, and each part is a step.';
  const consequence: Partial<Record<Phase, string>> = {
    preconditions: 'nothing is checked before the first change',
    validation: 'nothing is checked at the end',
    rollback: 'a failure cannot be undone from here',
  };
  const effects = missing.flatMap((phase) => consequence[phase] ?? []);
  const named = `This runbook has ${listed(missing.map((phase) => `no ${phaseWords(phase)}`))} section`;
  return effects.length > 0 ? `${named}: ${listed(effects)}.` : `${named}.`;
}
