// Owns the warning that one block seems to have swallowed another.

import type { LintRule } from './lint-rule.ts';
import { allBlocks } from './lint-rule.ts';
import { spanOfText } from './span-of-text.ts';

export const misclosedFence: LintRule = {
  code: 'misclosed-fence',
  severity: 'warning',
  summary: 'a code block holds what looks like the start of another one',
  explanation:
    'A fence with a label cannot end a block, so that a forgotten closing fence makes everything up to the next bare fence part of the code. To show a fence inside a block on purpose, make the outer fence longer.',
  examples: {
    good: [
      '## Steps\n\n```sh\na\n```\n\n```sh\nb\n```\n',
      '## Steps\n\n````sh\ncat <<EOF\n```sh\nEOF\n````\n',
    ],
    bad: ['## Steps\n\n```sh\na\n\n```sh\nb\n```\n'],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      if (!block.fenced) return [];
      const { bytes } = runbook.source;
      const mark = String.fromCharCode(bytes[block.span.start] ?? 0x60);
      let length = 0;
      while (bytes[block.span.start + length] === mark.charCodeAt(0)) length += 1;
      const inner = new RegExp(`^ {0,3}(\\${mark}{${length},}[\\w{].*)$`, 'm').exec(block.code)?.[1];
      if (inner === undefined) return [];
      return [
        {
          code: misclosedFence.code,
          severity: misclosedFence.severity,
          message: 'this looks like the start of a block, and is part of the one above',
          span: spanOfText(runbook, block, inner),
          help: 'close the block above it, or make its fence longer',
        },
      ];
    }),
};
