// Owns the hint that nothing tells whether a run did what it should.

import type { LintRule } from './lint-rule.ts';
import { allBlocks, allSteps, mayChange } from './lint-rule.ts';

export const missingValidation: LintRule = {
  code: 'missing-validation',
  severity: 'hint',
  summary: 'the runbook changes something and has no validation',
  explanation:
    'A run without a validation has succeeded when its last command has. A section such as "Verification", or one below a step, says what must be true afterwards; when it is not, the run has failed and rollback is offered.',
  examples: {
    good: [
      '## Steps\n\n```sh\n./deploy\n```\n\n## Verification\n\n```sh\ncurl -f localhost\n```\n',
      '# Only words\n',
      '## Steps\n\n```sh\nkubectl get pods\n```\n',
    ],
    bad: ['## Steps\n\n```sh\n./deploy\n```\n'],
  },
  check: (runbook) => {
    const changes = allBlocks(runbook).some(
      ({ step, block }) => step.section === 'steps' && mayChange(block),
    );
    const validates = allSteps(runbook).some(({ section }) => section === 'validation');
    if (!changes || validates || runbook.sections.some(({ kind }) => kind === 'validation')) return [];
    return [
      {
        code: missingValidation.code,
        severity: missingValidation.severity,
        message: 'nothing says how to tell that it worked',
        help: 'add a section `Verification` with a check or a checklist',
      },
    ];
  },
};
