// Owns the hint that two steps have one title.

import type { Step } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allSteps } from './lint-rule.ts';

export const repeatedTitle: LintRule = {
  code: 'repeated-title',
  severity: 'hint',
  summary: 'two steps have the same title, so their names depend on their order',
  explanation:
    'The second step called "Verify" is named `verify-1`, as its anchor is on a code host. When a step of that title is added above it, its name moves on, and former results and `--step verify-1` mean another step. A `name` of its own stays.',
  examples: {
    good: [
      '## Steps\n\n### Verify\n\n```sh\na\n```\n\n### Verify {name=verify-load}\n\n```sh\nb\n```\n',
      '## Steps\n\n### Load\n\n```sh\na\n```\n',
      '## Steps\n\n### A\n\n```sh\na\n```\n\n#### Rollback\n\n```sh {name=undo-a}\na\n```\n\n### B\n\n```sh\nb\n```\n\n#### Rollback\n\n```sh {name=undo-b}\nb\n```\n',
    ],
    bad: [
      '## Steps\n\n### A\n\n```sh\na\n```\n\n#### Rollback\n\n```sh\na\n```\n\n### B\n\n```sh\nb\n```\n\n#### Rollback\n\n```sh\nb\n```\n',
      '## Steps\n\n### Verify\n\n```sh\na\n```\n\n### Verify\n\n```sh\nb\n```\n',
    ],
  },
  check: (runbook) => {
    const seen = new Set<string>();
    const own = new Set(allSteps(runbook).flatMap((step) => [...step.validation, ...step.rollback]));
    return allSteps(runbook).flatMap((step) => {
      if (step.depth === 0 || step.attributes.name !== undefined) return [];
      // Nobody asks for a step's own "Rollback" by its name when what stands in it has names.
      if (own.has(step) && hasNamesOnly(step)) return [];
      const title = step.title.toLowerCase();
      if (!seen.has(title)) {
        seen.add(title);
        return [];
      }
      return [
        {
          code: repeatedTitle.code,
          severity: repeatedTitle.severity,
          message: `another step is called \`${step.title}\` too, so this one is \`${step.name}\``,
          ...(step.headingSpan !== undefined && { span: step.headingSpan }),
          help: 'give it a name of its own, such as `{name=verify-load}` after its title',
        },
      ];
    });
  },
};

function hasNamesOnly({ parts }: Step): boolean {
  return parts.every((part) => part.type === 'prose' || (part.type === 'block' && part.block.named));
}
