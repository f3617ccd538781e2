// Owns the error that a key of a rule for events would keep no event from starting a run.
import { tellsEnds } from '../../front-matter/triggers/source-types.ts';
import type { LintRule } from '../lint-rule.ts';

export const triggerDedup: LintRule = {
  code: 'trigger-dedup',
  severity: 'error',
  isOfEvents: true,
  summary: '`dedup` has a key without a time, and its sender tells no end',
  explanation:
    'A key without `for` stands until the sender tells that it is over. `gitlab`, `cloudevents`, `slack` and `schedule` tell no end of anything: the key would keep nothing from being started again. Senders such as `github` tell an end of some events; one that has none is rejected by such a rule. A run that people start takes no notice of it.',
  examples: {
    good: [
      '---\non: { gitlab: { dedup: { key: event.labels.ref, for: 30m } } }\n---\n',
      '---\non: { gitlab: { dedup: { for: 30m } } }\n---\n',
      '---\non: { github: { dedup: { key: event.labels.ref } } }\n---\n',
    ],
    bad: [
      '---\non: { gitlab: { dedup: { key: event.labels.ref } } }\n---\n',
      '---\non: { schedule: { cron: "@daily", dedup: { key: event.labels.due } } }\n---\n',
    ],
  },
  check: ({ frontMatter: { triggers = [] } }) =>
    triggers.flatMap(({ source, dedup }) =>
      dedup?.key === undefined || dedup.forMs !== undefined || tellsEnds(source)
        ? []
        : [
            {
              code: triggerDedup.code,
              severity: triggerDedup.severity,
              message: `\`dedup\` has a key and no time, and \`${source}\` tells no end until which it could stand`,
              span: dedup.key.span,
              help: 'say for how long a second event starts nothing: `for: 30m`',
            },
          ],
    ),
};
