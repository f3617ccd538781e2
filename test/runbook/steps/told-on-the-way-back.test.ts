import { expect, test } from 'vitest';
import { parse } from '../runbook-of.ts';

const block = '```sh\nrestore\n```\n';
const item = block.replace(/^(?=.)/gm, '   ');
const page = (section: string, body: string): string =>
  `# T\n\n## Steps\n\n### Work\n\n${block}\n## ${section}\n\n${body}`;

/** The steps behind the first, and which of them are for a person. */
const steps = (text: string): readonly (readonly [string, boolean])[] =>
  parse(text)
    .runbook.steps.slice(1)
    .map(({ name, manual }) => [name, manual] as const);

test.each<[string, string, string, readonly (readonly [string, boolean])[]]>([
  ['an item', 'Rollback', `1. Tell the team.\n2. Restore:\n\n${item}`, [['restore', false]]],
  ['a paragraph', 'Rollback', `Tell the team.\n\n${block}`, [['rollback', false]]],
  [
    'a heading, which is a step',
    'Rollback',
    `### Tell the team\n\nPost it in #ops.\n\n### Restore\n\n${block}`,
    [
      ['tell-the-team', true],
      ['restore', false],
    ],
  ],
  [
    'an item that asks for more',
    'Rollback',
    `1. Tell the team, then click Restore.\n2. Restore:\n\n${item}`,
    [
      ['tell-the-team-then-click-restore', true],
      ['restore', false],
    ],
  ],
  [
    'an item of the work',
    'Procedure',
    `1. Tell the team.\n2. Restore:\n\n${item}`,
    [
      ['tell-the-team', true],
      ['restore', false],
    ],
  ],
])('the way back is not held up by whom to tell: %s', (_, section, body, expected) => {
  expect(steps(page(section, body))).toEqual(expected);
});
