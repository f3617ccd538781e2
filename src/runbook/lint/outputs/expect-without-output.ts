// Owns the error that a block expects an output that is nowhere shown.

import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const expectWithoutOutput: LintRule = {
  code: 'expect-without-output',
  severity: 'error',
  summary: 'a block says `expect=output` and no output is shown',
  explanation:
    'The output is compared with the `output` block right after the block, or with the lines below its prompted commands. With neither there is nothing to compare, and the guard would be none.',
  examples: {
    good: [
      '## Steps\n\n```sh {expect=output}\necho a\n```\n\n```output\na\n```\n',
      '## Steps\n\n```sh {expect=output}\n$ echo a\na\n```\n',
    ],
    bad: ['## Steps\n\n```sh {expect=output}\necho a\n```\n\n```text\na\n```\n'],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      const expects = block.attributes.expect?.some(({ type }) => type === 'output') === true;
      if (!expects || block.expectedOutput !== undefined || block.console !== undefined) return [];
      return [
        {
          code: expectWithoutOutput.code,
          severity: expectWithoutOutput.severity,
          message: '`expect=output` has no output to compare with',
          span: openingSpan(runbook, block),
          help: 'put a block labelled `output` right after it',
        },
      ];
    }),
};
