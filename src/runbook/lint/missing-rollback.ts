// Owns the hint that a change has no way back.

import type { LintRule } from './lint-rule.ts';
import { allBlocks, allSteps, mayChange } from './lint-rule.ts';

export const missingRollback: LintRule = {
  code: 'missing-rollback',
  severity: 'hint',
  summary: 'the runbook changes something and has no rollback',
  explanation:
    'At three in the morning nobody wants to work out how to undo a half-done change. A section such as "Rollback", or one below the step that it undoes, may be commands or prose; a run never takes it by itself.',
  examples: {
    good: [
      '## Steps\n\n```sh\n./deploy\n```\n\n## Rollback\n\nDeploy the version before.\n',
      '## Diagnosis\n\n```sh\nuptime\n```\n',
      '## Steps\n\n```sh\nkubectl get pods\n```\n',
    ],
    bad: ['## Steps\n\n```sh\n./deploy\n```\n'],
  },
  check: (runbook) => {
    const changes = allBlocks(runbook).some(
      ({ step, block }) => step.section === 'steps' && mayChange(block),
    );
    const undoes = allSteps(runbook).some(({ section }) => section === 'rollback');
    if (!changes || undoes || runbook.sections.some(({ kind }) => kind === 'rollback')) return [];
    return [
      {
        code: missingRollback.code,
        severity: missingRollback.severity,
        message: 'nothing says how to go back when it goes wrong',
        help: 'add a section `Rollback`; prose will do',
      },
    ];
  },
};
