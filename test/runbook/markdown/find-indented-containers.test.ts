import { expect, test } from 'vitest';
import {
  asListItems,
  findIndentedContainers,
} from '../../../src/runbook/markdown/find-indented-containers.ts';
import { parse } from '../runbook-of.ts';

const held = (text: string) =>
  findIndentedContainers(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

test.each([
  [
    '=== "A"\n\n    a\n\n=== "B"\n    b\n\nc\n',
    [
      ['tab', '=== "A"\n\n    a\n\n'],
      ['tab', '=== "B"\n    b\n\n'],
    ],
  ],
  ['!!! note "N"\n    a', [['note', '!!! note "N"\n    a']]],
  ['???+ tip\n\n    a\n', [['note', '???+ tip\n\n    a\n']]],
  [
    '=== "A"\n\n    === "B"\n\n        b\n',
    [
      ['tab', '=== "A"\n\n    === "B"\n\n        b\n'],
      ['tab', '=== "B"\n\n        b\n'],
    ],
  ],
  ['1. x\n\n    !!! note\n        a\n', [['note', '!!! note\n        a\n']]],
  ['=== "A"\n\nno code of it\n', []],
  ['a paragraph\n=== "A"\n\n    code\n', []],
  ['```\n=== "A"\n\n    code\n```\n', []],
  ['    === "A"\n\n        code of code\n', []],
  ['=== A\n\n    code\n', []],
])('%j', (text, containers) => {
  expect(held(text)).toEqual(containers);
  expect(asListItems(text)).toHaveLength(text.length);
});

const page = `# Install

## Steps

### Get it

=== "Debian"

    \`\`\`sh {name=apt}
    echo apt
    \`\`\`

=== "Red Hat"

    \`\`\`sh {name=dnf}
    echo dnf
    \`\`\`

!!! tip

    \`\`\`sh {name=tip}
    echo tip
    \`\`\`

### Use it

\`\`\`sh {name=use}
echo use
\`\`\`
`;

test('tabs are the ways of one choice, and what stands in an admonition is doubtful', () => {
  const { choices, steps } = parse(page).runbook;
  expect(choices?.map(({ branches }) => branches.map(({ title }) => title))).toEqual([['Debian', 'Red Hat']]);
  const blocks = steps.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'block' ? part.block : [])),
  );
  expect(
    blocks.map(({ address, code, doubts }) => [address, code, doubts?.map((doubt) => doubt.code)]),
  ).toEqual([
    ['apt', 'echo apt', ['alternative']],
    ['dnf', 'echo dnf', ['alternative']],
    ['tip', 'echo tip', ['condition']],
    ['use', 'echo use', undefined],
  ]);
});
