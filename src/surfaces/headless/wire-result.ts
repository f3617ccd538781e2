// Owns what the public records say of how an attempt ended.
import {
  array,
  description,
  exactOptional,
  literal,
  nullable,
  number,
  picklist,
  pipe,
  record,
  strictObject,
  string,
} from 'valibot';
import { milliseconds, wireReason as reason } from './wire-reason.ts';

const strings = record(string(), string());

const output = strictObject({
  stdoutBytes: number(),
  stderrBytes: number(),
  lines: number(),
  file: exactOptional(pipe(string(), description("path of the stored output within the run's folder"))),
  droppedBytes: exactOptional(number()),
});

const finding = pipe(
  literal(true),
  description('a command ended non-zero where that is something found, not a failure'),
);

const ofTarget = {
  status: picklist([
    'passed',
    'failed',
    'skipped',
    'already-done',
    'done',
    'left-out',
    'not-run',
    'not-needed',
  ]),
  attempt: exactOptional(number()),
  exitCode: nullable(number()),
  durationMs: milliseconds,
  output,
  captured: exactOptional(strings),
  finding: exactOptional(finding),
  failure: exactOptional(reason),
};
/** On one host. */
export const hostResult = strictObject({ host: string(), ...ofTarget });
/** For one item of a list. */
export const itemResult = strictObject({ item: string(), ...ofTarget });

/** An attempt, ended. */
export const wireResult = strictObject({
  exitCode: pipe(nullable(number()), description('null when a signal ended the block or it never started')),
  durationMs: milliseconds,
  output,
  captured: strings,
  finding: exactOptional(finding),
  warnings: array(string()),
  hosts: exactOptional(pipe(array(hostResult), description('every host of a block that runs on hosts'))),
  items: exactOptional(pipe(array(itemResult), description('every item of a block with `each`'))),
});
