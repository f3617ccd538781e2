// Owns the warning that a block says when it ends and is not run by a shell that can.
import { languageOf } from '../../../languages/languages.ts';
import type { Block } from '../../runbook.ts';
import { allBlocks, isShell, type LintRule } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const errexitWithoutShell: LintRule = {
  code: 'errexit-without-shell',
  severity: 'warning',
  summary: '`errexit` is on a block that no shell runs, or whose shell has no such option',
  explanation:
    'Shell blocks end at their first failing command, and `errexit=false` lets one go on. Other languages have rules of their own: a Python block ends at an exception, an SQL block at an error. fish has no `errexit` at all; there a block ends as its last command does, so `; or exit` belongs after each command that matters.',
  examples: {
    good: [
      '## Steps\n\n```sh {errexit=false}\nrm /tmp/a\nrm /tmp/b\n```\n',
      '## Steps\n\n### Clear {errexit=false}\n\n```python\nprint(1)\n```\n',
      '## Steps\n\n```powershell {errexit=false}\nRemove-Item a\nRemove-Item b\n```\n',
    ],
    bad: [
      '## Steps\n\n```python {errexit=false}\nprint(1)\n```\n',
      '## Steps\n\n```fish {errexit=true}\nfalse\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      if (block.attributes.errexit === undefined || hasErrexit(block)) return [];
      return [
        {
          code: errexitWithoutShell.code,
          severity: errexitWithoutShell.severity,
          message: `\`errexit\` does nothing for a \`${block.language}\` block`,
          span: openingSpan(runbook, block),
          help: 'remove it; what fails there is a matter of the language',
        },
      ];
    }),
};

function hasErrexit(block: Block): boolean {
  const id = languageOf(block.language ?? 'sh')?.id;
  return id === 'powershell' || (isShell(block) && id !== 'fish');
}
