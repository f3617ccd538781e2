import { expect, test } from 'vitest';
import { segmentsOf } from '../../../src/runbook/headings/normalise-heading.ts';
import { speaksOfLater } from '../../../src/runbook/headings/speaks-of-later.ts';

test.each([
  'After one week',
  '24 hours later',
  'In two weeks',
  'Next day',
  'The following business day',
  'Tomorrow',
  'After the soak period',
  'At the end of the retention period, purge it:',
  'At the end of the month',
  'After 24 hours without errors, delete the old volume:',
  'Once everything has worked for at least a week, you may drop the old cluster:',
  'Later, when traffic has drained, stop it:',
  'When the maintenance window is over, enable the alerts:',
  'Wait a week, then drop it:',
  'Drop the old table (after a week)',
  'Remove the old snapshot the next day:',
])('%s', (words) => {
  expect(segmentsOf(words).some(speaksOfLater)).toBe(true);
});

test.each([
  'After the upgrade',
  'After 5 minutes, check it:',
  'Wait for 10 minutes',
  'Drain the next node',
  'Update the following files',
  'Once it is up, run:',
  'Day 2 operations',
  'In the maintenance window, stop it:',
  'Delete logs of 30 days',
  'Find what is older than a week:',
  'After 2 hours of traffic are replayed',
])('not %s', (words) => {
  expect(segmentsOf(words).some(speaksOfLater)).toBe(false);
});
