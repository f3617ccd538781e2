// Owns the hint that an approval escalates and nobody is told.
import type { LintRule } from '../lint-rule.ts';

export const escalationToNobody: LintRule = {
  code: 'escalation-to-nobody',
  severity: 'hint',
  summary: 'an approval escalates when its time is over, and no rule says whom to tell',
  explanation:
    'With `on-timeout: escalate` a run goes on waiting, and somebody else is told. `escalation` (or `notify`) of the front matter says who that is; without such a rule the run waits on, and nobody hears of it.',
  examples: {
    good: [
      '---\napprovals: { dba: { people: [ada], timeout: 5m, on-timeout: escalate } }\nescalation: [{ after: approval timeout, notify: pager }]\n---\n\n## Steps\n\n```sh {approve="dba"}\na\n```\n',
      '---\napprovals: { dba: { people: [ada], timeout: 5m, on-timeout: escalate } }\nnotify: [{ on: [approval-timeout], to: ops }]\n---\n\n## Steps\n\n```sh {approve="dba"}\na\n```\n',
      '---\napprovals: { dba: { people: [ada], timeout: 5m } }\n---\n\n## Steps\n\n```sh {approve="dba"}\na\n```\n',
    ],
    bad: [
      '---\napprovals: { dba: { people: [ada], timeout: 5m, on-timeout: escalate } }\nescalation: [{ after: failure, notify: pager }]\n---\n\n## Steps\n\n```sh {approve="dba"}\na\n```\n',
    ],
  },
  check: ({ frontMatter: { approvals, escalation, notify } }) => {
    const told =
      escalation.some(({ after }) => after === 'approval-timeout') ||
      notify.some(({ on }) => on.includes('approval-timeout'));
    if (told) return [];
    return Object.entries(approvals)
      .filter(([, group]) => group.onTimeout === 'escalate' && group.timeoutMs !== undefined)
      .map(([name]) => ({
        code: escalationToNobody.code,
        severity: escalationToNobody.severity,
        message: `the approval \`${name}\` escalates when its time is over, and nobody is told of it`,
        help: 'say whom: `escalation: [{ after: approval timeout, notify: CHANNEL }]`',
      }));
  },
};
