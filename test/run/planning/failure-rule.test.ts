import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';

/** What each block of a runbook is told of failing commands. */
function rulesOf(text: string) {
  return compilePlan(parse(text).runbook).plan.items.map((item) =>
    item.kind === 'block' ? [item.errexit, item.looks ?? false] : [],
  );
}

const block = (attributes = ''): string =>
  `\`\`\`sh${attributes === '' ? '' : ` {${attributes}}`}\ntrue\n\`\`\`\n\n`;

describe('a failing command', () => {
  test('ends its block, but where a runbook looks or tidies', () => {
    const sections = ['Preconditions', 'Diagnosis', 'Steps', 'Validation', 'Cleanup', 'Rollback'];
    const text = sections.map((title) => `## ${title}\n\n${block()}`).join('');
    expect(rulesOf(`# T\n\n${text}`)).toEqual([
      [undefined, false],
      [undefined, true],
      [undefined, false],
      [undefined, false],
      [undefined, true],
      [undefined, false],
    ]);
  });

  test.each(['exit=0', 'expect=x', 'capture=A', 'retries=3', 'on-failure=stop', 'errexit=true', 'errexit'])(
    'ends a block of a diagnosis that says %s',
    (attributes) => {
      const [[, looks] = []] = rulesOf(`# T\n\n## Diagnosis\n\n${block(attributes)}`);
      expect(looks).toBe(false);
    },
  );

  test('is what the block says, else its heading, else the front matter', () => {
    const text = `---\nerrexit: false\n---\n# T\n\n## Steps\n\n### A\n\n${block()}### B {errexit=true}\n\n${block()}${block('errexit=false')}`;
    expect(rulesOf(text)).toEqual([
      [false, false],
      [true, false],
      [false, false],
    ]);
  });

  test('is what the nearest heading says, of a section too', () => {
    const text = `# T\n\n## Steps {errexit=false}\n\n### A\n\n${block()}#### Rollback\n\n${block()}### B {errexit=true}\n\n${block()}## Validation\n\n${block()}`;
    expect(rulesOf(text)).toEqual([
      [false, false],
      [true, false],
      [undefined, false],
      [false, false],
    ]);
  });

  test('is something found in a diagnosis within a step, and no more behind it', () => {
    const text = `# T\n\n## Steps\n\n### A\n\n${block()}#### Diagnosis\n\n${block()}#### Prerequisites\n\n${block()}`;
    expect(rulesOf(text)).toEqual([
      [undefined, false],
      [undefined, true],
      [undefined, false],
    ]);
  });

  test('keeps a gate and a check closed, whatever heading stands over it', () => {
    const text = `# T\n\n## Preconditions\n\n### A\n\n#### Diagnosis\n\n${block()}## Validation\n\n### B\n\n#### Diagnosis\n\n${block()}`;
    expect(rulesOf(text)).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
  });

  test('is something found in a diagnosis whatever the front matter says', () => {
    const book = (word: string) => `---\nerrexit: ${word}\n---\n# T\n\n## Diagnosis\n\n${block()}`;
    expect([rulesOf(book('true')), rulesOf(book('false'))]).toEqual([[[undefined, true]], [[false, true]]]);
  });
});

test('lines of code are those of the runbook', () => {
  const text =
    '# T\n\n## Steps\n\n```console\n$ a\nout\n$ b \\\n> c\n```\n\n<!-- x -->\n\n```sh\nd\n```\n\n    true\n    false\n\n1. One\n\n   ```sh {run}\n   e\n   ```\n';
  const { items } = compilePlan(parse(text).runbook).plan;
  expect(items.map((item) => item.kind === 'block' && [item.line, item.codeLines])).toEqual([
    [5, [6, 8, 9]],
    [14, undefined],
    [18, [18, 19]],
    [23, undefined],
  ]);
});
