import { describe, expect, test } from 'vitest';
import type { Checklist } from '../../../src/runbook/checklist.ts';
import type { Block } from '../../../src/runbook/runbook.ts';
import { outlineOf, parse, problems, textAt } from '../runbook-of.ts';

function blocksOf(text: string): readonly Block[] {
  return parse(text).runbook.steps.flatMap((step) =>
    step.parts.flatMap((part) => (part.type === 'block' ? [part.block] : [])),
  );
}

/** Spans as the text that they cover. */
function shown(text: string) {
  const { runbook } = parse(text);
  const [block] = blocksOf(text);
  if (block === undefined) return undefined;
  return {
    block: textAt(runbook, block.span),
    content: textAt(runbook, block.contentSpan),
    code: block.code,
    prefix: block.containerPrefix,
    before: textAt(runbook, { start: 0, end: block.resultOffset }),
  };
}

describe('a block', () => {
  test('knows its bytes', () => {
    expect(shown('é\n\n```sh\na\nb\n```  \n\nafter\n')).toEqual({
      block: '```sh\na\nb\n```  ',
      content: 'a\nb\n',
      code: 'a\nb',
      prefix: '',
      before: 'é\n\n```sh\na\nb\n```  ',
    });
  });

  test('knows its container', () => {
    expect(shown('1. x\n\n   > ~~~sh\n   > a\n   >  b\n   >~~~\n')).toEqual({
      block: '~~~sh\n   > a\n   >  b\n   >~~~',
      content: '   > a\n   >  b\n',
      code: 'a\n b',
      prefix: '   > ',
      before: '1. x\n\n   > ~~~sh\n   > a\n   >  b\n   >~~~',
    });
    expect(shown('- ```sh\n  a\n  ```\n')?.prefix).toBe('  ');
    expect(shown('-\t```sh\n\ta\n\t```\n')).toMatchObject({ prefix: '\t', code: 'a' });
    expect(shown('<details>\n<summary>x</summary>\n\n```sh\na\n```\n\n</details>\n')).toMatchObject({
      prefix: '',
      code: 'a',
    });
  });

  test('keeps its offsets with a byte-order mark, carriage returns and no final newline', () => {
    expect(shown('\ufeff# T\r\n\r\n```sh\r\na\r\nb\r\n```')).toEqual({
      block: '```sh\r\na\r\nb\r\n```',
      content: 'a\r\nb\r\n',
      code: 'a\nb',
      prefix: '',
      before: '\ufeff# T\r\n\r\n```sh\r\na\r\nb\r\n```',
    });
  });

  test('runs by its label, and by what it says', () => {
    const runs = (info: string) =>
      blocksOf(`## Steps\n\n\`\`\`${info}\nls\n\`\`\`\n`).map(({ runnable }) => runnable);
    expect(
      [
        'sh',
        'BASH',
        'console',
        'python',
        'sql',
        'http',
        '{run}',
        'sh {run=false}',
        'text',
        '',
        'yaml',
        'output',
      ].map(runs),
    ).toEqual([
      [true],
      [true],
      [true],
      [true],
      [true],
      [true],
      [true],
      [false],
      [false],
      [true],
      [false],
      [false],
    ]);
    expect(blocksOf('## Steps\n\n    ls\n')).toMatchObject([
      { runnable: true, fenced: false, code: 'ls', doubts: [{ code: 'unlabelled' }] },
    ]);
    expect(blocksOf('## Steps\n\n    lsx\n')).toMatchObject([{ runnable: false, fenced: false }]);
    expect(blocksOf('## Steps\n\n```sh\n\n```\n')).toMatchObject([{ runnable: false }]);
    expect(blocksOf('## Steps {run=false}\n\n```sh\nls\n```\n')).toMatchObject([{ runnable: false }]);
    expect(blocksOf('## Steps\n\n```sh {"interpreter":"/usr/bin/zsh"}\nls\n```\n')).toMatchObject([
      { language: 'zsh' },
    ]);
  });

  test('tells commands from output, and placeholders in commands only', () => {
    const text = '## Steps\n\n> ```console\n> $ kubectl get pod <name>\n> NAME <none> <age>\n> ```\n';
    const { runbook } = parse(text);
    const [block] = blocksOf(text);
    expect(block?.console).toEqual({
      commands: 'kubectl get pod <name>',
      output: 'NAME <none> <age>',
      commandLines: [0],
    });
    expect(block?.placeholders.map(({ span, ...rest }) => ({ ...rest, at: textAt(runbook, span) }))).toEqual([
      { text: '<name>', variable: 'NAME', at: '<name>' },
    ]);
  });

  test('has the output block behind it', () => {
    const text =
      '## Steps\n\n```sh\na\n```\n\n<!-- note -->\n\n```output\n1\r\n2\n```\n\nprose\n\n```sh\nb\n```\n\nprose\n\n```output\n3\n```\n';
    const { runbook } = parse(text);
    const [first, second, third] = blocksOf(text);
    expect(first?.expectedOutput?.text).toBe('1\n2');
    expect(first?.expectedOutput && textAt(runbook, first.expectedOutput.contentSpan)).toBe('1\r\n2\n');
    expect(second?.expectedOutput).toBe(undefined);
    expect(third).toMatchObject({ language: 'output', runnable: false });
  });

  test("has the output of Innovation Engine's comments", () => {
    const [block] = blocksOf(
      '## Steps\n\n```bash\na\n```\n\nResults:\n\n<!-- expected_similarity=0.3 -->\n\n```json\n{}\n```\n',
    );
    expect(block?.expectedOutput).toMatchObject({ text: '{}', similarity: 0.3 });
    const [regex] = blocksOf(
      '## Steps\n\n```bash\na\n```\n\n<!-- expected_similarity="ok.*" -->\n\n```text\nok\n```\n',
    );
    expect(regex?.attributes).toEqual({
      expect: [{ type: 'regex', source: 'ok.*', flags: '', negated: false }],
    });
    expect(
      problems('```bash\na\n```\n\n<!-- expected_similarity=30% -->\n\n```text\nok\n```\n').split('\n')[0],
    ).toBe(
      'error[bad-similarity]: `expected_similarity` expects a number from 0 to 1 or a quoted regular expression, and received `30%`',
    );
    expect(problems('```bash\na\n```\n\n<!-- expected_similarity=0.3 -->\n\nNothing.\n')).toBe(
      [
        'warning[bad-similarity]: no code block follows `expected_similarity`, so that it checks nothing',
        ' --> book.md:5:1',
        '  |',
        '5 | <!-- expected_similarity=0.3 -->',
        '  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      ].join('\n'),
    );
  });

  test('that is never closed is an error when it would run', () => {
    expect(problems('# T\n\n```sh\na\n')).toBe(
      [
        'error[unclosed-fence]: the code block is never closed',
        ' --> book.md:3:1',
        '  |',
        '3 | ```sh',
        '  | ^^^^^',
        '  = help: end it with the line ```',
      ].join('\n'),
    );
    expect(problems('- ```yaml\n  a: 1\n\n# T\n').split('\n')[0]).toBe(
      'warning[unclosed-fence]: the code block is never closed',
    );
    expect(blocksOf('# T\n\n```sh\na\n\n')).toMatchObject([{ closed: false, code: 'a' }]);
  });

  test('is found where Markdown finds it, and not in what is opaque', () => {
    expect(
      outlineOf(
        parse('# T\n\n{{< tabs >}}\n\n```sh\na\n```\n\n{{< /tabs >}}\n\n<!--\n```sh\nb\n```\n-->\n').runbook,
      ),
    ).toEqual(['steps code-block tabs: {{< tabs >}}', '  prose "{{< tabs >}}"', '  run tabs change "a"']);
  });
});

describe('a checklist', () => {
  test('knows its marks and its place', () => {
    const text = '## Steps\n\n> * [ ] `one`\n>   more\n> * [X] two  \n> * plain\n';
    const { runbook } = parse(text);
    const checklist = runbook.steps[0]?.parts.find((part) => part.type === 'checklist')
      ?.checklist as Checklist;
    expect(
      checklist.items.map(({ text: item, ticked, markOffset }) => [item, ticked, text[markOffset]]),
    ).toEqual([
      ['one more', false, ' '],
      ['two', true, 'X'],
    ]);
    expect(checklist.containerPrefix).toBe('> ');
    expect(text.slice(0, checklist.resultOffset)).toBe(text.trimEnd());
  });
});
