// Owns the warning that a command does not end by itself.

import { shellCommands } from '../../languages/shell/shell-commands.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, commandsOf, isShell } from './lint-rule.ts';
import { spanOfText } from './span-of-text.ts';

const neverEnding: readonly RegExp[] = [
  /^tail\b.*\s(?:-\w*[fF]\w*|--follow)\b/,
  /^watch\s/,
  /^(?:kubectl|oc)\b.*\sport-forward\b/,
  /^(?:kubectl|oc)\b.*\slogs?\b.*\s(?:-f|--follow)\b/,
  /^(?:kubectl|oc)\b.*\sget\b.*\s(?:-w|--watch)\b/,
  /^(?:docker|podman|docker-compose)\b.*\slogs\b.*\s(?:-f|--follow)\b/,
  /^journalctl\b.*\s(?:-\w*f\w*|--follow)\b/,
  /^ping\b(?!.*\s-(?:c|w)\s*\d)/,
  /^sleep\s+infinity\b/,
  /^yes(?:\s|$)/,
];

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
      const command = shellCommands(commandsOf(block)).find((one) =>
        neverEnding.some((pattern) => pattern.test(one)),
      );
      if (command === undefined || /&\s*$/.test(command)) return [];
      return [
        {
          code: neverEndingCommand.code,
          severity: neverEndingCommand.severity,
          message: 'this command goes on until somebody stops it',
          span: spanOfText(runbook, block, command.split(/\s+/)[0] ?? ''),
          help: 'give the block `background`, `timeout=…` or `interactive`',
        },
      ];
    }),
};
