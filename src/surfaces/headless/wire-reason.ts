// Owns why something failed, as it stands in the public records.

import {
  array,
  description,
  exactOptional,
  literal,
  number,
  picklist,
  pipe,
  strictObject,
  string,
  variant,
} from 'valibot';
import { answerWays } from '../../run/approvals/via.ts';
import { outcomes } from '../../run/outcomes.ts';

export const milliseconds = pipe(number(), description('milliseconds'));
export const actor = strictObject({
  user: string(),
  uid: exactOptional(pipe(number(), description("the account's number on that host"))),
  host: string(),
  for: exactOptional(pipe(string(), description('for whom the account says to act'))),
  via: exactOptional(
    pipe(
      strictObject({ way: picklist(answerWays), account: string(), uid: number() }),
      description('how a person has answered whom a server knows, and the account of the server'),
    ),
  ),
});

/** Fields of a place in a block's code. */
export const codePlace = {
  line: exactOptional(
    pipe(number(), description('of the runbook, from 1; absent where the command was edited')),
  ),
  file: exactOptional(pipe(string(), description('the linked runbook that the line is of'))),
  blockLine: pipe(number(), description("of the block's own code, from 1")),
};

/** Why an attempt failed. */
export const wireReason = variant('type', [
  strictObject({
    type: literal('exit'),
    code: number(),
    at: exactOptional(
      pipe(
        strictObject({
          ...codePlace,
          command: pipe(string(), description('as it is written, as far as the shell tells')),
          rest: exactOptional(
            pipe(strictObject(codePlace), description('where the rest of the block can be run from')),
          ),
        }),
        description('the command at which the block ended, or past which it went on'),
      ),
    ),
    isEarly: exactOptional(
      pipe(
        literal(true),
        description('the code counts as success, but commands were left that have not run'),
      ),
    ),
    isUnheard: exactOptional(
      pipe(
        literal(true),
        description(
          "a precondition or a validation went on, and ended well, though nothing asks for this command's exit code",
        ),
      ),
    ),
  }),
  strictObject({ type: literal('signal'), signal: string() }),
  strictObject({ type: literal('timeout'), timeoutMs: milliseconds }),
  strictObject({ type: literal('interrupted') }),
  strictObject({ type: literal('spawn'), message: string() }),
  strictObject({
    type: literal('expectation'),
    expected: string(),
    actual: string(),
    message: string(),
    difference: exactOptional(
      pipe(
        string(),
        description('lines marked `-` (expected) and `+` (printed), where outputs are compared'),
      ),
    ),
  }),
  strictObject({
    type: literal('condition'),
    condition: picklist(['when', 'check', 'hosts-from', 'each-from', 'of']),
    message: string(),
  }),
  strictObject({
    type: literal('connection'),
    host: string(),
    message: pipe(string(), description('goes on from "the connection to the host"')),
  }),
  strictObject({
    type: literal('hosts'),
    failed: array(string()),
    notRun: array(string()),
    message: string(),
  }),
  strictObject({
    type: literal('file'),
    message: string(),
    isWritten: exactOptional(pipe(literal(true), description('the file has its new content all the same'))),
  }),
  strictObject({ type: literal('unsent'), message: string() }),
  strictObject({ type: literal('denied'), by: exactOptional(actor), comment: exactOptional(string()) }),
  strictObject({ type: literal('runbook'), outcome: picklist(outcomes) }),
]);
