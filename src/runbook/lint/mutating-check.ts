// Owns the warning that a section that only looks seems to change something.
import type { LintRule } from './lint-rule.ts';
import { allBlocks, findEffect } from './lint-rule.ts';
import { spanOfCode } from './span-of-text.ts';

export const mutatingCheck: LintRule = {
  code: 'mutating-check',
  severity: 'warning',
  summary: 'a block that should only look seems to change something',
  explanation:
    'Blocks of preconditions, diagnosis and validation are trusted to look only: they run unasked, in a rehearsal too, and again when a run is resumed. Say `risk=change` where a block changes something, or `risk=read` where it does not.',
  examples: {
    good: [
      '## Prerequisites\n\n```sh\nkubectl get nodes\n```\n',
      '## Diagnosis\n\n```sh {risk=change}\nkubectl delete pod web-0\n```\n',
      '## Steps\n\n```sh\nkubectl delete pod web-0\n```\n',
    ],
    bad: [
      '## Prerequisites\n\n```sh\nsudo systemctl restart nginx\n```\n',
      '## Verification\n\n```sql\nDELETE FROM jobs WHERE failed;\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const isWritten = block.attributes.risk !== undefined || step.attributes.risk !== undefined;
      if (!block.runnable || block.risk !== 'read' || isWritten) return [];
      const found = findEffect(block, 'changes');
      if (found === undefined) return [];
      return [
        {
          code: mutatingCheck.code,
          severity: mutatingCheck.severity,
          message: `this changes something, and blocks of ${step.section} are run unasked`,
          span: spanOfCode(runbook, block, found.start, found.end),
          help: 'give the block `risk=change` (or `risk=read`, if it only looks)',
        },
      ];
    }),
};
