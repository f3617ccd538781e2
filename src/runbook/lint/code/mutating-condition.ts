// Owns the warning that a condition changes something.
import { findEffect } from '../../../languages/commands/find-effect.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Span } from '../../../text/span.ts';
import type { Attributes, Runbook } from '../../runbook.ts';
import { allBlocks, allSteps, type LintRule } from '../lint-rule.ts';
import { openingSpan, spanInPlace } from '../span-of-text.ts';

export const mutatingCondition: LintRule = {
  code: 'mutating-condition',
  severity: 'warning',
  summary: 'a condition changes something, and should only look',
  explanation:
    '`when`, `check`, `hosts-from` and `each-from` run before anybody is asked about the block, before an approval, and again when a run is resumed; `check` once more after the block. A command in one that is known to change something does so each time. A rehearsal leaves such a block out, its conditions included. Let the condition look, and put what it changes into a block. What is known of commands stands in docs/commands.md.',
  examples: {
    good: [
      '## Steps\n\n```sh {check="test -e /srv/app/done"}\ntouch /srv/app/done\n```\n',
      '## Steps\n\n```sh {when="systemctl is-active nginx"}\nsystemctl restart nginx\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh {check="mkdir /srv/app"}\ncp -r build/. /srv/app\n```\n',
      '## Steps\n\n### Restart {when="kubectl delete pod web-0"}\n\n```sh\nkubectl get pods\n```\n',
    ],
  },
  check: (runbook) => [
    ...allBlocks(runbook).flatMap(({ block }) =>
      warnings(runbook, block.attributes, openingSpan(runbook, block)),
    ),
    ...allSteps(runbook).flatMap(({ attributes, headingSpan }) =>
      headingSpan === undefined ? [] : warnings(runbook, attributes, headingSpan),
    ),
  ],
};

function warnings(
  runbook: Runbook,
  attributes: Pick<Attributes, 'when' | 'check' | 'hostsFrom' | 'eachFrom'>,
  place: Span,
): readonly Diagnostic[] {
  const conditions = [
    ['when', attributes.when],
    ['check', attributes.check],
    ['hosts-from', attributes.hostsFrom],
    ['each-from', attributes.eachFrom],
  ] as const;
  return conditions.flatMap(([word, command]): readonly Diagnostic[] => {
    const found = command === undefined ? undefined : findEffect(command, 'sh', 'changes');
    if (command === undefined || found === undefined) return [];
    return [
      {
        code: mutatingCondition.code,
        severity: mutatingCondition.severity,
        message: `\`${word}\` changes something each time it is asked`,
        span: spanInPlace(runbook, place, command.slice(found.start, found.end)),
        help: 'let it look, and put what it changes into a block',
      },
    ];
  });
}
