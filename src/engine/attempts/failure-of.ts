// Owns the words and reasons for the ways in which an attempt can end.
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { MissingLanguage, UndecidedLanguage, UnknownLanguage } from '../interpreters/find-language.ts';
import type { Attempt } from './run-attempt.ts';

/** Why an attempt is a failure by the way it ended; nothing when it is none. */
export function failureOf(
  attempt: Attempt,
  { item, purpose }: ExecutionRequest,
): FailureReason<string> | undefined {
  const { outcome, endedBy } = attempt;
  if (endedBy === 'interrupt') return { type: 'interrupted' };
  if (endedBy === 'timeout') return { type: 'timeout', timeoutMs: item.timeoutMs ?? 0 };
  if ('startFailure' in outcome) return { type: 'spawn', message: outcome.startFailure };
  if (outcome.signal !== undefined) return { type: 'signal', signal: outcome.signal };
  const code = outcome.status ?? -1;
  const accepted = purpose === 'condition' ? code === 0 : item.exit.includes(code);
  return accepted ? undefined : { type: 'exit', code };
}

/** What the operator should know of the state that could not be carried over. */
export function stateWarnings({ outcome, endedBy }: Attempt): string[] {
  if ('startFailure' in outcome || outcome.dump !== undefined) return [];
  const stands = 'variables, functions and working directory are as they were before the block';
  if (outcome.shellLost) return [`the block ended the shell of the run; ${stands}`];
  if (outcome.signal !== undefined || endedBy !== 'itself') return [`the block was killed; ${stands}`];
  return [`the block replaced its shell (exec); ${stands}`];
}

/** Why a block of this label cannot be run here. */
export function languageFailure(
  label: string,
  language: MissingLanguage | UnknownLanguage | UndecidedLanguage,
): string {
  if (language.type === 'undecided') return language.message;
  if (language.type === 'unknown') return `\`${label}\` is not a language that blocks can be run in`;
  const commands = language.commands.map((command) => `\`${command}\``).join(' or ');
  return `\`${label}\` blocks need ${commands}, which is not installed; ${language.help}`;
}
