// Owns the error that a gate names nobody.
import type { Span } from '../../../text/span.ts';
import type { Attributes, Runbook } from '../../runbook.ts';
import type { LintRule } from '../lint-rule.ts';
import { allSteps } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const unknownApprovalGroup: LintRule = {
  code: 'unknown-approval-group',
  severity: 'error',
  summary: 'a gate names a group that the front matter does not have',
  explanation:
    'With `approve="dba"` the people of the group `dba` can open the gate; the front matter says who they are. Without that, nobody is known who may open it.',
  examples: {
    good: [
      '---\napprovals: { dba: { people: [ada] } }\n---\n\n## Steps\n\n```sh {approve="dba"}\na\n```\n',
      '## Steps\n\n```sh {approve=2}\na\n```\n',
    ],
    bad: ['## Steps\n\n```sh {approve="dba"}\na\n```\n'],
  },
  check: (runbook) =>
    allSteps(runbook).flatMap((step) => [
      ...checkOne(runbook, step.attributes, step.headingSpan ?? step.span),
      ...step.parts.flatMap((part) =>
        part.type === 'block'
          ? checkOne(runbook, part.block.attributes, openingSpan(runbook, part.block))
          : [],
      ),
    ]),
};

function checkOne(runbook: Runbook, { approve }: Attributes, span: Span) {
  if (approve?.type !== 'group' || Object.hasOwn(runbook.frontMatter.approvals, approve.group)) return [];
  return [
    {
      code: unknownApprovalGroup.code,
      severity: unknownApprovalGroup.severity,
      message: `no approval group \`${approve.group}\` is declared`,
      span,
      help: `declare it in the front matter: \`approvals: { ${approve.group}: { people: [ada] } }\``,
    },
  ];
}
