import { expect, test } from 'vitest';
import { headingNamesCase, namesCase } from '../../../src/runbook/occasions/names-case.ts';

const subject = 'upgrade the shop on arch';

test.each([
  'For clusters running in AWS:',
  'On clusters older than 1.24, use:',
  'With databases that are still on version 9, run:',
  'Helm users:',
  'Debian systems should run:',
  'For Debian:',
  'On Ubuntu 22.04, run:',
  'In staging:',
  'On the production cluster, run:',
  'For container storage issues:',
])('%s', (words) => {
  expect([namesCase(words, subject), headingNamesCase(words, subject)]).toEqual([true, true]);
});

test.each([
  'For each node, run:',
  'For all Debian hosts:',
  'On the cluster, run:',
  'On Arch:',
  'In bash:',
  'In the console:',
  'Using kubectl:',
  'With Helm:',
  'Create the users:',
  'On nodes of the pool:',
  'In the staging area, run:',
  'For further problems:',
])('not %s', (words) => {
  expect([namesCase(words, subject), headingNamesCase(words, subject)]).toEqual([false, false]);
});

test('a heading names it by "for" alone, where words may lead to a part of the work', () => {
  const words = ['For clusters with Helm', 'For large databases', 'For the frontend', 'For each region'];
  expect(words.map((one) => headingNamesCase(one, subject))).toEqual([true, true, false, false]);
  expect(namesCase('For large databases:', subject)).toBe(false);
});
