// Owns the error that a schedule names no time.
import { nextCronTime } from '../../front-matter/triggers/next-cron-time.ts';
import type { LintRule } from '../lint-rule.ts';

export const triggerSchedule: LintRule = {
  code: 'trigger-schedule',
  severity: 'error',
  isOfEvents: true,
  summary: 'a schedule names no time at which a run could begin',
  explanation:
    '`cron` of `schedule` has five fields: minute, hour, day of the month, month, day of the week, such as `0 6 * * mon`. `@hourly`, `@daily`, `@weekly` and `@monthly` are short for some. `timezone` says whose clocks count. A run that people start takes no notice of it.',
  examples: {
    good: [
      '---\non: { schedule: { cron: "0 6 * * mon", timezone: Europe/Berlin } }\n---\n',
      '---\non: { schedule: { cron: "@daily" } }\n---\n',
    ],
    bad: [
      '---\non: { schedule: { cron: "0 25 * * *" } }\n---\n',
      '---\non: { schedule: { cron: "0 0 30 2 *" } }\n---\n',
    ],
  },
  check: ({ frontMatter: { triggers = [] } }) =>
    triggers.flatMap(({ schedule }) => {
      if (schedule === undefined) return [];
      const { cron, timezone, span } = schedule;
      const next = nextCronTime(cron, timezone, 0);
      if (next.ok && next.value !== undefined) return [];
      return [
        {
          code: triggerSchedule.code,
          severity: triggerSchedule.severity,
          message: next.ok
            ? `\`${cron}\` names a time that never comes`
            : `\`${cron}\` is no schedule: ${next.error}`,
          span,
          help: 'minute, hour, day of the month, month, day of the week: `0 6 * * mon`',
        },
      ];
    }),
};
