// Owns the warning that an event alone would come to what destroys something.
import { destroys } from '../../../languages/commands/find-effect.ts';
import type { LintRule } from '../lint-rule.ts';
import { allBlocks, commandsOf } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const eventDestroys: LintRule = {
  code: 'event-destroys',
  severity: 'warning',
  summary: 'a run that an event starts comes to what destroys something, and no approval comes before it',
  explanation:
    'With `may: change` an event alone has everything done that changes something. What destroys is still asked for, but by the person who happens to be there: a gate (`approve=`) says who decides, tells them, and keeps a record of it. Without `may: change` the run asks before its first change.',
  examples: {
    good: [
      '---\non: { webhook: }\n---\n\n## Steps\n\n```sh {risk=destructive}\nrm -rf /srv/old\n```\n',
      '---\non: { webhook: { may: change } }\n---\n\n## Steps\n\n```sh {risk=destructive approve=1}\nrm -rf /srv/old\n```\n',
      '---\non: { webhook: { may: change } }\n---\n\n## Steps\n\n```sh\ntouch a\n```\n\n## Rollback\n\n```sh {risk=destructive}\nrm -rf a\n```\n',
    ],
    bad: [
      '---\non: { webhook: { may: change } }\n---\n\n## Steps\n\n```sh {risk=destructive}\nrm -rf /srv/old\n```\n',
    ],
  },
  check: (runbook) => {
    const isLet = (runbook.frontMatter.triggers ?? []).some(({ may }) => may === 'change');
    if (!isLet) return [];
    return allBlocks(runbook).flatMap(({ step, block }) => {
      const { approve, risk = block.risk } = { ...step.attributes, ...block.attributes };
      if (!block.runnable || approve !== undefined || step.section === 'rollback' || step.aside) return [];
      if (risk !== 'destructive' && !destroys(commandsOf(block), block.language ?? 'sh')) return [];
      return [
        {
          code: eventDestroys.code,
          severity: eventDestroys.severity,
          message:
            'an event alone brings a run to here, this destroys something, and no approval comes before it',
          span: openingSpan(runbook, block),
          help: 'put a gate before it, `approve=GROUP`, or take `may: change` out of the rule',
        },
      ];
    });
  },
};
