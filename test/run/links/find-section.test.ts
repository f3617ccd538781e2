import { expect, test } from 'vitest';
import { findSection, sectionsMeant } from '../../../src/run/links/find-section.ts';
import { parse } from '../../runbook/runbook-of.ts';

const { runbook } = parse(
  [
    '# Users',
    '',
    '## Add a user',
    '',
    '### Roll *back*',
    '',
    '## Remove a user',
    '',
    '### Roll back',
    '',
    '## Steps',
    '',
    '### Do it {name=really}',
    '',
    '```sh',
    'a',
    '```',
    '',
  ].join('\n'),
);

function found(name: string): string {
  const section = findSection(runbook, name);
  return 'meant' in section ? `meant ${section.meant.join(', ')}` : `${section.anchor}: ${section.title}`;
}

test.each([
  ['add-a-user', 'add-a-user: Add a user'],
  ['Add  a USER', 'add-a-user: Add a user'],
  ['really', 'really: Do it'],
  ['Roll back', 'meant roll-back, roll-back-1'],
  ['remove-a-usr', 'meant remove-a-user'],
  ['something quite else', 'meant '],
])('%j is %s', (name, expected) => {
  expect(found(name)).toBe(expected);
});

test.each([
  [[], ''],
  [['a'], '; did you mean `#a`?'],
  [['a', 'b'], '; did you mean `#a` or `#b`?'],
])('%j are said as %j', (meant, words) => {
  expect(sectionsMeant(meant)).toBe(words);
});
