// Owns the form of the answer to a command.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Rejection } from '../command.ts';
import type { RunEvent } from '../event.ts';

/** The facts that follow from a command, in order, or why it is not taken. */
export type Decision = Result<readonly RunEvent[], Rejection>;

/** Takes a command with the facts that follow from it. */
export const take = (...events: readonly RunEvent[]): Decision => ok(events);

/** Refuses a command; `code` is for programs, `message` for people. */
export const reject = (code: string, message: string): Decision => fail({ code, message });
