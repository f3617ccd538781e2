// Owns the warning that a gate before something destructive leaves its approval to the clock.
import { destroys } from '../../../languages/commands/find-effect.ts';
import type { Block, Runbook, Step } from '../../runbook.ts';
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const clockApprovesDestruction: LintRule = {
  code: 'clock-approves-destruction',
  severity: 'warning',
  summary: 'a gate before something destructive would open when its time is over',
  explanation:
    'A group with `on-timeout: approve` lets its steps run when nobody has answered in time. That never holds for a step that destroys something, by its `risk` or by its commands, nor for a link that brings such a step: when its time is over it is denied. Give it a group of its own with `on-timeout: deny` or `escalate`, so that the page says what happens.',
  examples: {
    good: [
      '---\napprovals: { dba: { people: [ada], timeout: 1h, on-timeout: deny } }\n---\n\n## Steps\n\n```sh {approve=dba risk=destructive}\na\n```\n',
      '---\napprovals: { dba: { people: [ada], timeout: 1h, on-timeout: approve } }\n---\n\n## Steps\n\n```sh {approve=dba}\na\n```\n',
    ],
    bad: [
      '---\napprovals: { dba: { people: [ada], timeout: 1h, on-timeout: approve } }\n---\n\n## Steps\n\n```sh {approve=dba risk=destructive}\na\n```\n',
      '---\napprovals: { dba: { people: [ada], timeout: 1h, on-timeout: approve } }\n---\n\n## Steps\n\n```sh {approve=dba}\nrm -rf /srv/old\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const group = clockedGroup(runbook, step, block);
      if (group === undefined || !isDestructive(step, block)) return [];
      return [
        {
          code: clockApprovesDestruction.code,
          severity: clockApprovesDestruction.severity,
          message: `\`${group}\` says \`on-timeout: approve\`, but something destructive is never approved by time alone: it would be denied`,
          span: openingSpan(runbook, block),
          help: 'name a group with `on-timeout: deny` or `on-timeout: escalate`',
        },
      ];
    }),
};

/** The group that is asked before a block and would be answered for by the clock; undefined where there is none. */
function clockedGroup({ frontMatter }: Runbook, step: Step, block: Block): string | undefined {
  const { approve } = { ...step.attributes, ...block.attributes };
  if (!block.runnable || approve?.type !== 'group') return undefined;
  const isKnown = Object.hasOwn(frontMatter.approvals, approve.group);
  return isKnown && frontMatter.approvals[approve.group]?.onTimeout === 'approve' ? approve.group : undefined;
}

function isDestructive(step: Step, block: Block): boolean {
  const risk = block.attributes.risk ?? step.attributes.risk ?? block.risk;
  return risk === 'destructive' || destroys(block.console?.commands ?? block.code, block.language ?? 'sh');
}
