// Owns the warning that a section that only looks seems to change something.
import { languageOf } from '../../languages/languages.ts';
import { changesSomething, changingStatement } from '../../languages/shell/changes-something.ts';
import { shellCommands } from '../../languages/shell/shell-commands.ts';
import type { Block } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, commandsOf, isShell } from './lint-rule.ts';
import { spanOfText } from './span-of-text.ts';

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
      const found = findChange(block);
      if (found === undefined) return [];
      return [
        {
          code: mutatingCheck.code,
          severity: mutatingCheck.severity,
          message: `this changes something, and blocks of ${step.section} are run unasked`,
          span: spanOfText(runbook, block, found),
          help: 'give the block `risk=change` (or `risk=read`, if it only looks)',
        },
      ];
    }),
};

function findChange(block: Block): string | undefined {
  if (isShell(block)) return shellCommands(commandsOf(block)).find(changesSomething)?.split(/\s+/)[0];
  const isSql = block.language !== undefined && languageOf(block.language)?.family === 'sql';
  return isSql ? changingStatement(commandsOf(block))?.split(/\s+/)[0] : undefined;
}
