// Owns the warning that a command does not end by itself.
import type { LintRule } from './lint-rule.ts';
import { allBlocks, effectiveCommands, isShell } from './lint-rule.ts';
import { spanOfCode } from './span-of-text.ts';

export const neverEndingCommand: LintRule = {
  code: 'never-ending-command',
  severity: 'warning',
  summary: 'a command goes on until somebody stops it',
  explanation:
    'A run waits for each block. Say `background` to let the command go on beside the run, `timeout=30s` to end it after a while, or `interactive` to give it the terminal until the operator leaves it.',
  examples: {
    good: [
      '## Steps\n\n```sh {background}\nkubectl port-forward svc/web 8080\n```\n',
      '## Steps\n\n```sh {timeout=30s}\ntail -f /var/log/syslog\n```\n',
      '## Steps\n\n```sh\ntail -n 20 file-f\nping -c 3 host\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nkubectl port-forward svc/web 8080\n```\n',
      '## Steps\n\n```sh\nsudo tail -f /var/log/syslog | grep error\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const { background, interactive, timeoutMs } = { ...step.attributes, ...block.attributes };
      if (!block.runnable || !isShell(block) || background || interactive || timeoutMs !== undefined)
        return [];
      const command = effectiveCommands(block).find(
        ({ effects, isInBackground }) => effects.has('never-ends') && !isInBackground,
      );
      if (command === undefined) return [];
      return [
        {
          code: neverEndingCommand.code,
          severity: neverEndingCommand.severity,
          message: 'this command goes on until somebody stops it',
          span: spanOfCode(runbook, block, command.start, command.end),
          help: 'give the block `background`, `timeout=…` or `interactive`',
        },
      ];
    }),
};
