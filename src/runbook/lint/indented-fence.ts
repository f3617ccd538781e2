// Owns the warning that a block is indented so far that its fence is none.
import { languageOf } from '../../languages/languages.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks } from './lint-rule.ts';
import { spanOfText } from './span-of-text.ts';

export const indentedFence: LintRule = {
  code: 'indented-fence',
  severity: 'warning',
  summary: 'the fence of a block is indented so far that it is code itself',
  explanation:
    'Four blanks and more before a fence, beyond where its list item begins, make it a line of code: the block is only shown, its attributes are none, and a run passes over it. Below a list item a fence stands where the text of the item stands.\n\n    1. Drain the node.\n\n       ```sh\n       kubectl drain worker-3\n       ```',
  examples: {
    good: [
      '## Steps\n\n1. Do it.\n\n   ```sh\n   a\n   ```\n',
      '## Steps\n\nMarkdown shows code between lines of backticks:\n\n    ```\n    a\n    ```\n',
    ],
    bad: [
      '## Steps\n\n    ```sh\n    a\n    ```\n',
      '## Steps\n\n1. Do it.\n\n        ```sh {confirm}\n        a\n        ```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      if (block.fenced) return [];
      const [, fence, label = ''] = /^[ \t]*((?:`{3,}|~{3,})[ \t]*([\w-]+).*)$/m.exec(block.code) ?? [];
      if (fence === undefined || languageOf(label.toLowerCase()) === undefined) return [];
      return [
        {
          code: indentedFence.code,
          severity: indentedFence.severity,
          message: 'this block is indented too far to be one, and is not run',
          span: spanOfText(runbook, block, fence),
          help: 'begin its fence where the text around it begins',
        },
      ];
    }),
};
