// Owns the words and reasons for the ways in which an attempt can end.
import { whyNotGiven } from '../../basics/why-not-given.ts';
import { languageOf } from '../../languages/languages.ts';
import { readShell } from '../../languages/shell/reader/read-shell.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { CarriedState } from '../shells/carried-state.ts';
import { failedCommand, isBeforeItsEnd } from './failed-command.ts';
import type { Attempt } from './run-attempt.ts';

/** Why an attempt is a failure by the way it ended; nothing when it is none. */
export function failureOf(
  attempt: Attempt,
  request: ExecutionRequest,
  carriesState: boolean,
): FailureReason<string> | undefined {
  const { item, purpose, code: written } = request;
  const { outcome, endedBy, failure } = attempt;
  if (endedBy === 'interrupt') return { type: 'interrupted' };
  if (endedBy === 'timeout') return { type: 'timeout', timeoutMs: item.timeoutMs ?? 0 };
  if (failure !== undefined) return failure;
  if ('startFailure' in outcome) return { type: 'spawn', message: outcome.startFailure };
  if (outcome.signal !== undefined) return { type: 'signal', signal: outcome.signal };
  const code = outcome.status ?? -1;
  if (purpose === 'condition') return code === 0 ? undefined : { type: 'exit', code };
  const isGood = item.exit.includes(code) && !(code !== 0 && isCutOff(request));
  const { failedAt } = outcome;
  const isEarly = isGood && failedAt !== undefined && isBeforeItsEnd(written, failedAt);
  if ((isGood && !isEarly) || (item.looks && outcome.status !== null && !isEarly)) return undefined;
  const isCarried = carriesState && outcome.dump !== undefined;
  return {
    type: 'exit',
    code,
    ...(failedAt && { at: failedCommand(request, failedAt, isCarried) }),
    ...(isEarly && { isEarly }),
  };
}

/** Whether a shell could not have read the code, which leaves something open: none of it was run. */
function isCutOff({ item, code }: ExecutionRequest): boolean {
  const isShell = languageOf(item.language)?.family === 'shell';
  if (!isShell || item.exit.includes(0)) return false;
  // The end of the file ends a here-document and a line that was to go on.
  return /^(?:quotes|operator|brackets|compound)$/.test(readShell(code).open ?? '');
}

/** Whether a block that looks ended with a code that is no success: something was found. */
export function isFinding({ outcome }: Attempt, { item, purpose }: ExecutionRequest): boolean {
  if (purpose === 'condition' || !item.looks || 'startFailure' in outcome) return false;
  return outcome.status !== null && !item.exit.includes(outcome.status);
}

const endingSignals: readonly (string | undefined)[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** What a shell ends with when its command was ended by HUP, INT or TERM. */
const endingCodes: readonly (number | null)[] = [129, 130, 143];

/**
 * Whether somebody has told a block to end, as a later step does with what was started in the background. What its own
 * `timeout` has ended took too long.
 */
export function wasToldToEnd({ outcome, endedBy }: Attempt): boolean {
  if ('startFailure' in outcome || endedBy === 'timeout') return false;
  return endingSignals.includes(outcome.signal) || endingCodes.includes(outcome.status);
}

/** What the operator should know of the state that could not be carried over. */
export function stateWarnings({ outcome, endedBy }: Attempt): string[] {
  if ('startFailure' in outcome || outcome.dump !== undefined) return [];
  const stands = 'variables, functions and working directory are as they were before the block';
  if (outcome.shellLost) return [`the block ended the shell of the run; ${stands}`];
  if (outcome.signal !== undefined || endedBy !== 'itself') return [`the block was killed; ${stands}`];
  return [`the block replaced its shell (exec); ${stands}`];
}

/**
 * Whether the shell of a block went by itself, as a script's does, before it told what it leaves: a signal that is none of
 * the tool's has ended it, or `exec` has replaced it.
 */
export function hasLostShell(attempt: Attempt): attempt is Attempt & Required<Pick<Attempt, 'dialect'>> {
  const { outcome, endedBy, dialect } = attempt;
  if (dialect === undefined || 'startFailure' in outcome || endedBy !== 'itself') return false;
  return outcome.dump === undefined && !outcome.shellLost;
}

export const trapIsLost =
  'the EXIT trap of an earlier block went with its shell; it is run only where a later block goes on there';

/** What shells end with when a program that is there could not be started; zsh says 127. */
const notStartedCodes: readonly number[] = [126, 127];

/** The variables because of which a shell can start no program: it says that the list is too long, and not of what. */
export function programWarnings(
  failure: FailureReason<string> | undefined,
  carried: Pick<CarriedState, 'environment'>,
): string[] {
  if (failure?.type !== 'exit' || !notStartedCodes.includes(failure.code)) return [];
  return Object.entries(carried.environment()).flatMap(([name, value]) => {
    const why = whyNotGiven(name, value);
    return why === undefined ? [] : [`\`$${name}\` ${why}`];
  });
}
