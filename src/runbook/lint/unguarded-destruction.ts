// Owns the warning that something is destroyed without a guard.
import type { LintRule } from './lint-rule.ts';
import { allBlocks, findEffect } from './lint-rule.ts';
import { spanOfCode } from './span-of-text.ts';

export const unguardedDestruction: LintRule = {
  code: 'unguarded-destruction',
  severity: 'warning',
  summary: 'a command destroys something and nothing guards it',
  explanation:
    'With `risk=destructive` the operator types the target to confirm, and unattended runs need `--allow-destructive`. `confirm` and `approve` are guards too. Undos are not looked at: a rollback shows them and asks.',
  examples: {
    good: [
      '## Steps\n\n```sh {risk=destructive}\nrm -rf /var/lib/app\n```\n',
      '## Steps\n\n```sh {confirm="Really?"}\nterraform destroy\n```\n',
      '## Steps\n\n```sh\nrm file.txt\n```\n',
      '## Steps\n\n```sh\nmkdir /var/lib/app\n```\n\n## Rollback\n\n```sh\nrm -rf /var/lib/app\n```\n',
    ],
    bad: ['## Steps\n\n```sh\nrm -rf /var/lib/app\n```\n', '## Steps\n\n```sql\nDROP TABLE users;\n```\n'],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const { confirm, approve, risk } = { ...step.attributes, ...block.attributes };
      if (!block.runnable || step.section === 'rollback') return [];
      if (confirm !== undefined || approve !== undefined || risk !== undefined) return [];
      const found = findEffect(block, 'destroys');
      if (found === undefined) return [];
      return [
        {
          code: unguardedDestruction.code,
          severity: unguardedDestruction.severity,
          message: 'this destroys something, and nothing asks first',
          span: spanOfCode(runbook, block, found.start, found.end),
          help: 'give the block `risk=destructive`, `confirm` or `approve`',
        },
      ];
    }),
};
