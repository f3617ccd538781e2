// Owns the warning that something is destroyed without a guard.
import { languageOf } from '../../languages/languages.ts';
import { destroyingStatement, destroysSomething } from '../../languages/shell/changes-something.ts';
import { shellCommands } from '../../languages/shell/shell-commands.ts';
import type { Block } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, commandsOf, isShell } from './lint-rule.ts';
import { spanOfText } from './span-of-text.ts';

export const unguardedDestruction: LintRule = {
  code: 'unguarded-destruction',
  severity: 'warning',
  summary: 'a command destroys something and nothing guards it',
  explanation:
    'With `risk=destructive` the operator types the target to confirm, and unattended runs need `--allow-destructive`. `confirm` and `approve` are guards too.',
  examples: {
    good: [
      '## Steps\n\n```sh {risk=destructive}\nrm -rf /var/lib/app\n```\n',
      '## Steps\n\n```sh {confirm="Really?"}\nterraform destroy\n```\n',
      '## Steps\n\n```sh\nrm file.txt\n```\n',
    ],
    bad: ['## Steps\n\n```sh\nrm -rf /var/lib/app\n```\n', '## Steps\n\n```sql\nDROP TABLE users;\n```\n'],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const { confirm, approve, risk } = { ...step.attributes, ...block.attributes };
      if (!block.runnable || confirm !== undefined || approve !== undefined || risk !== undefined) return [];
      const found = findDestruction(block);
      if (found === undefined) return [];
      return [
        {
          code: unguardedDestruction.code,
          severity: unguardedDestruction.severity,
          message: 'this destroys something, and nothing asks before it does',
          span: spanOfText(runbook, block, found),
          help: 'give the block `risk=destructive`, `confirm` or `approve`',
        },
      ];
    }),
};

function findDestruction(block: Block): string | undefined {
  if (isShell(block)) return shellCommands(commandsOf(block)).find(destroysSomething)?.split(/\s+/)[0];
  const isSql = block.language !== undefined && languageOf(block.language)?.family === 'sql';
  return isSql ? destroyingStatement(commandsOf(block))?.split(/\s+/)[0] : undefined;
}
