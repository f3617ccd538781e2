// Owns the public form of what was chosen for a run.
import {
  array,
  boolean,
  description,
  exactOptional,
  literal,
  number,
  picklist,
  pipe,
  record,
  strictObject,
  string,
  variant,
} from 'valibot';
import { logChoices } from '../../runbook/runbook.ts';

/** The options of a run; those that are absent are as by default. */
export const wireOptions = strictObject({
  yes: boolean(),
  dryRun: boolean(),
  rehearse: boolean(),
  allowDestructive: boolean(),
  manual: picklist(['pause', 'skip']),
  onFailure: exactOptional(picklist(['ask', 'stop', 'continue', 'rollback'])),
  log: picklist(logChoices),
  selection: strictObject({
    steps: array(string()),
    from: exactOptional(string()),
    until: exactOptional(string()),
    tags: array(string()),
  }),
  choose: exactOptional(pipe(record(string(), array(string())), description('branches by their choice'))),
  accept: exactOptional(pipe(array(string()), description('codes of doubts that are accepted'))),
  may: exactOptional(
    pipe(literal('read'), description('with nobody there, only what looks runs until the rest is approved')),
  ),
  asks: exactOptional(
    pipe(
      variant('type', [
        strictObject({ type: literal('count'), count: number() }),
        strictObject({ type: literal('group'), group: string() }),
      ]),
      description('who is asked to approve the rest'),
    ),
  ),
  servedBy: exactOptional(pipe(string(), description('the server that started it'))),
});
