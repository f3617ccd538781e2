import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { allBlocks } from '../../../src/runbook/lint/lint-rule.ts';
import { parse, textAt } from '../runbook-of.ts';

const sh = (code: string, attributes = ''): string => `\`\`\`sh${attributes}\n${code}\n\`\`\`\n`;

/** What is said of the page, with the words that it points to, and the code of the blocks that it is said of. */
function told(page: string): readonly string[] {
  const { runbook } = parse(page);
  const blocks = allBlocks(runbook).filter(({ block }) =>
    block.doubts?.some(({ code }) => code === 'not-included'),
  );
  const doubts = findDoubts(runbook).filter(({ code }) => code === 'not-included');
  return [
    ...doubts.map(({ span, text }) => `${textAt(runbook, span)}: ${text}`),
    ...blocks.map(({ block }) => block.code),
  ];
}

const before = (line: string, file: string): string[] => [
  `${line}: what \`${file}\` holds stands before it on the site, and is not read here`,
  'date',
];

describe('a line that a site puts another file in for', () => {
  test.each([
    ['--8<-- "common/check.md"', 'common/check.md'],
    ['-8<- "check.txt"', 'check.txt'],
    ['{! common/check.md !}', 'common/check.md'],
    ['{% include check.md %}', 'check.md'],
    ['{% include {{ page.version.version }}/sql/check.md %}', '{{ page.version.version }}/sql/check.md'],
    ['{%- include_relative check.md name="x" -%}', 'check.md'],
    ['{{< include "check.md" >}}', 'check.md'],
    ['{{% readfile file="check.md" %}}', 'check.md'],
    ['::include{file=check.md}', 'check.md'],
    ['<!-- @include: ./check.md -->', './check.md'],
    ['@import "check.md"', 'check.md'],
    ['[!INCLUDE [check](includes/check.md)]', 'includes/check.md'],
    [':::{include} check.md', 'check.md'],
    ['![[Check first]]', 'Check first'],
    ['![[Check#First|shown]]', 'Check#First'],
  ])('%s', (line, file) => {
    expect(told(`# T\n\n## Steps\n\n${line}\n\n${sh('date')}`)).toEqual(before(line, file));
  });

  test('is one of several of a list', () => {
    const page = `# T\n\n## Steps\n\n--8<--\none.md\ntwo.md\n--8<--\n\n${sh('date')}`;
    expect(told(page)).toEqual(before('one.md', 'one.md'));
  });

  test('is a directive of MyST', () => {
    expect(told(`# T\n\n## Steps\n\n\`\`\`{include} check.md\n\`\`\`\n\n${sh('date')}`)).toEqual(
      before('```{include} check.md', 'check.md'),
    );
  });

  test('is a component that is imported from a page', () => {
    const page = (from: string) =>
      `# T\n\nimport Check from '${from}';\n\n## Steps\n\n<Check name="x" />\n\n${sh('date')}`;
    expect(told(page('./_check.mdx'))).toEqual(before('<Check name="x" />', './_check.mdx'));
    expect(told(page('@site/src/Check'))).toEqual([]);
  });

  test('is found behind code that opens a comment', () => {
    const page = `# T\n\n## Steps\n\n${sh('echo "<!--" >page')}\n{% include check.md %}\n\n${sh('date')}`;
    expect(told(page)).toEqual(before('{% include check.md %}', 'check.md'));
  });

  test('is doubtful at the last block where none comes behind it', () => {
    expect(told(`# T\n\n## Steps\n\n${sh('date')}\n{% include rest.md %}\n`)).toEqual([
      '{% include rest.md %}: what `rest.md` holds stands behind it on the site, and is not read here',
      'date',
    ]);
  });
});

describe('nothing is doubtful', () => {
  test('where the block says that it is run', () => {
    expect(told(`# T\n\n## Steps\n\n{% include a.md %}\n\n${sh('date', ' {run}')}`)).toEqual([]);
    const two = `# T\n\n## Steps\n\n{% include a.md %}\n\n${sh('date', ' {run}')}\n${sh('id')}`;
    expect(told(two)).toEqual([]);
  });

  test.each([
    '{% include copy-clipboard.html %}',
    '![[screen.png]]',
    'We include a file: `{% include a.md %}`',
    '<!-- [!INCLUDE [a](a.md)] -->',
    '<!--\n{% include a.md %}\n-->',
    '```\n{% include a.md %}\n```',
  ])('at %s', (line) => {
    expect(told(`# T\n\n## Steps\n\n${line}\n\n${sh('date')}`)).toEqual([]);
  });

  test('before the work begins', () => {
    expect(told(`# T\n\n{% include intro.md %}\n\n## Steps\n\n${sh('date')}`)).toEqual([]);
    const prices = `# T\n\n## Prerequisites\n\n- [!INCLUDE [note](trial-note.md)]\n\n## Steps\n\n${sh('date')}`;
    expect(told(prices)).toEqual([]);
    const checks = `# T\n\n## Prerequisites\n\n--8<-- "check.md"\n\n## Steps\n\n${sh('date')}`;
    expect(told(checks)).toHaveLength(2);
  });
});
