// Owns the warning that a section that only looks changes something.
import type { LintRule } from './lint-rule.ts';
import { allBlocks, findEffect } from './lint-rule.ts';
import { spanOfCode } from './span-of-text.ts';

export const mutatingCheck: LintRule = {
  code: 'mutating-check',
  severity: 'warning',
  summary: 'a block that should only look changes something',
  explanation:
    'Blocks of preconditions, diagnosis and validation are there to look: they run unasked, in a rehearsal too, and again when a run is resumed. One whose commands are known to change something does none of that: its risk is `change`, and among the preconditions it is a preparation, which comes first among the steps. Say `risk=change` where that is meant, or `risk=read` where the commands do no more than look. What is known of commands stands in docs/commands.md.',
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
      if (!block.isRiskOfCommands) return [];
      const found = findEffect(block, 'changes');
      if (found === undefined) return [];
      return [
        {
          code: mutatingCheck.code,
          severity: mutatingCheck.severity,
          message:
            step.section === 'preconditions'
              ? 'this changes something: it is no precondition, but a preparation, which comes first among the steps'
              : 'this changes something: it is asked for, and a rehearsal leaves it out',
          span: spanOfCode(runbook, block, found.start, found.end),
          help: 'give the block `risk=change` (or `risk=read`, if it only looks)',
        },
      ];
    }),
};
