// Owns the hint that a block stands where no run comes to it.
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const outOfReach: LintRule = {
  code: 'out-of-reach',
  severity: 'hint',
  summary: 'a block is labelled as commands, and no run comes to it',
  explanation:
    'Under a heading of context ("Background", "Examples", "References"), and beside the steps of a page that says where its steps are, nothing is run by itself. `print` lists such blocks as `only-by-name`, and `--step NAME` runs them. Where a block belongs to every run, `run` says so, or it belongs below a heading of the steps; where it is only for reading, `run=false` or the label `text` say that.\n\n    ```sh {run}',
  examples: {
    good: [
      '## Background\n\n```sh {run=false}\nkubectl get pods\n```\n\n## Steps\n\n```sh\nkubectl get pods\n```\n',
      '## Steps\n\n```sh\nkubectl get pods\n```\n',
    ],
    bad: [
      '## Background\n\n```sh\nkubectl get pods\n```\n\n## Steps\n\n```sh\nkubectl get nodes\n```\n',
      '## Backup\n\n```sh\npg_dump shop > shop.sql\n```\n\n## Steps\n\n```sh\npsql shop\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) =>
      step.section !== 'context' || !block.runnable
        ? []
        : [
            {
              code: outOfReach.code,
              severity: outOfReach.severity,
              message: `no run comes to this block: \`${step.title}\` is not among the steps`,
              span: openingSpan(runbook, block),
              help: `say \`run\` where it belongs to every run, \`run=false\` where it is for reading; \`--step ${step.name}\` runs it alone`,
            },
          ],
    ),
};
