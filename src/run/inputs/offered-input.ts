// Owns an input as a person is offered it before a run, and what is made of their answer.
import { ok, type Result } from '../../basics/result.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { UsedInput } from '../surface.ts';
import { checkInput } from './resolve-inputs.ts';

/** An input with the value that it has so far. */
export interface OfferedInput {
  /** Its `default` is the value to begin with; that of a secret is never there. */
  readonly declaration: InputDeclaration;
  /** Where its value comes from; `unset` where it may stay without one, absent where a person has to answer. */
  readonly origin?: UsedInput['origin'] | 'unset';
}

/** The value that an answer comes to, undefined where it leaves the input as it is; or why it may not be used. */
export function takeAnswer(
  { declaration, origin }: OfferedInput,
  answer: string,
): Result<string | undefined, string> {
  const { secret, required, default: before } = declaration;
  const isKept = origin !== undefined && answer === (secret ? '' : (before ?? ''));
  if (isKept || (answer === '' && !required && before === undefined)) return ok(undefined);
  const checked = checkInput(declaration, answer);
  return checked.ok && origin !== undefined && !secret && checked.value === before ? ok(undefined) : checked;
}
