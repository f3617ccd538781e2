import { expect, test } from 'vitest';
import { findSection } from '../../../src/run/links/find-section.ts';
import { isInSection, itemsOfSection } from '../../../src/run/links/items-of-section.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';

const fence = (code: string, info = 'sh') => [`\`\`\`${info}`, code, '```', ''];

/** The items of a section by address and what is left doubtful of them. */
function itemsOf(page: readonly string[], name: string): readonly string[] {
  const { runbook } = parse(page.join('\n'));
  const { plan } = compilePlan(runbook);
  const section = findSection(runbook, name);
  if ('meant' in section) throw new Error(`no section ${name}`);
  return itemsOfSection(runbook, plan.items, section).map(({ address, phase, onDemand, doubts = [] }) =>
    [`${phase} ${address}`, ...(onDemand ? ['by name'] : []), ...doubts.map(({ code }) => code)].join(' '),
  );
}

const users = [
  '# Users',
  '',
  '## Preconditions',
  '',
  ...fence('echo gate'),
  '## Add a user',
  '',
  ...fence('echo add'),
  '### Rollback',
  '',
  ...fence('echo unadd'),
  '## Rename a user',
  '',
  ...fence('echo rename'),
  '## Remove a user',
  '',
  ...fence('echo remove'),
];

test('a section has its own items, its undo, and the preconditions of the page, and no doubt which procedure it is', () => {
  expect(itemsOf(users, 'add-a-user')).toEqual([
    'preconditions preconditions',
    'steps add-a-user',
    'rollback rollback',
  ]);
});

test('what takes away is no doubt where it is what is named', () => {
  expect(itemsOf(users, 'remove-a-user')).toEqual(['preconditions preconditions', 'steps remove-a-user']);
  expect(itemsOf(users, 'users')).toContainEqual(expect.stringMatching(/^steps remove-a-user .*teardown/));
});

test('preconditions of one procedure are not those of another', () => {
  const page = [
    '# Users',
    '',
    '## Add a user',
    '',
    '### Preconditions',
    '',
    ...fence('echo gate'),
    '### Steps',
    '',
    ...fence('echo add'),
    '## Remove a user',
    '',
    ...fence('echo remove'),
  ];
  expect(itemsOf(page, 'remove-a-user')).toEqual(['steps remove-a-user']);
});

test('an item stands in the section around it, its undo does not count', () => {
  const { runbook } = parse(users.join('\n'));
  const { plan } = compilePlan(runbook);
  const section = findSection(runbook, 'add-a-user');
  if ('meant' in section) throw new Error('no section');
  expect(
    plan.items.filter((item) => isInSection(runbook, item, section)).map(({ address }) => address),
  ).toEqual(['add-a-user']);
});
