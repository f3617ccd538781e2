import { expect, test } from 'vitest';
import { onlyTells } from '../../../src/runbook/prose/only-tells.ts';

test.each([
  'Tell the team.',
  'Notify the on-call DBA and the team',
  'Then inform all stakeholders, the customers and the DBA, that we go back.',
  'Announce it in #ops. Page the on-call.',
])('only says whom to tell: %s', (text) => {
  expect(onlyTells(text)).toBe(true);
});

test.each([
  'Tell the team, then click Restore.',
  'Notify the team and restore the snapshot.',
  'Tell the team. Wait 10 minutes.',
  'Tell the team:',
  'Ask the DBA for the backup, open the console',
  'Restore the snapshot.',
  'The team is told.',
])('asks for more, or for something else: %s', (text) => {
  expect(onlyTells(text)).toBe(false);
});
