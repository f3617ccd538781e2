// Owns the warning that a command wants a terminal and has none.
import type { LintRule } from './lint-rule.ts';
import { allBlocks, effectiveCommands, isShell } from './lint-rule.ts';
import { spanOfCode } from './span-of-text.ts';

export const needsTerminal: LintRule = {
  code: 'needs-terminal',
  severity: 'warning',
  summary: 'an editor, a pager or a shell in a container needs the terminal',
  explanation:
    'Blocks have no keyboard, so nothing is typed into a program by accident. `interactive` hands the whole terminal over and takes it back when the program ends; unattended runs pause there. A command that does its work without a person is better still.',
  examples: {
    good: [
      '## Steps\n\n```sh {interactive}\nvim /etc/hosts\n```\n',
      '## Steps\n\n```sh\nkubectl exec web-0 -- ls\ntop -b -n 1\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nsudo vim /etc/hosts\n```\n',
      '## Steps\n\n```sh\nkubectl exec -it web-0 -- bash\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      if (!block.runnable || !isShell(block)) return [];
      if (block.attributes.interactive ?? step.attributes.interactive) return [];
      const command = effectiveCommands(block).find(({ effects }) => effects.has('wants-terminal'));
      if (command === undefined) return [];
      return [
        {
          code: needsTerminal.code,
          severity: needsTerminal.severity,
          message: 'this command needs the terminal, which a block does not have',
          span: spanOfCode(runbook, block, command.start, command.end),
          help: 'give the block `interactive`',
        },
      ];
    }),
};
