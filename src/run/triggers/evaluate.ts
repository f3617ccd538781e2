// Owns how expressions are given to what decides by rules.
import type { Result } from '../../basics/result.ts';
import type { ExpressionFailure } from '../../runbook/front-matter/triggers/check-expression.ts';
import type { ReceivedEvent } from './received-event.ts';

/** What an expression comes to for the fields of an event. */
export type Evaluate = (code: string, fields: ReceivedEvent['fields']) => Result<unknown, ExpressionFailure>;
