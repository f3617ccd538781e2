// Owns the form of the answer to a command.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Rejection } from '../command.ts';
import type { RunEvent } from '../event.ts';

/** Why a command is not taken, with what is recorded of that; `code` is for programs, `message` for people. */
interface Refusal extends Rejection {
  readonly events?: readonly RunEvent[];
}

/** The facts that follow from a command, in order, or why it is not taken. */
export type Decision = Result<readonly RunEvent[], Refusal>;

/** Takes a command with the facts that follow from it. */
export const take = (...events: readonly RunEvent[]): Decision => ok(events);

/** Refuses a command, and leaves no trace of it but for the events. */
export const reject = (code: string, message: string, ...events: readonly RunEvent[]): Decision =>
  fail({ code, message, ...(events.length > 0 && { events }) });
