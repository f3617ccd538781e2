// Owns the warning that an event starts no run while another run of the page goes on.
import type { LintRule } from '../lint-rule.ts';

export const eventRefused: LintRule = {
  code: 'event-refused',
  severity: 'warning',
  summary: 'events start runs of a page that says nothing of several runs at a time',
  explanation:
    'Where `concurrency` is not written, one run of a page goes on at a time, and an event that comes meanwhile starts none: the alert of a second host is refused (exit 7). `concurrency: { key: $HOST, when-full: queue }` counts the runs of each host by themselves and lets one more wait, `coalesce` leaves it to the run that goes on, `allow` runs both; `{ when-full: refuse }` and `forbid` say that refusing is meant. Schedules alone are no reason to say it.',
  examples: {
    good: [
      '---\non: { alertmanager: { match: { a: x } } }\nconcurrency: { key: $HOST, when-full: queue }\ninputs: { HOST: { from: event.labels.host } }\n---\n',
      '---\non: { alertmanager: { match: { a: x } } }\nconcurrency: { when-full: refuse }\n---\n',
      '---\non: { schedule: { cron: "0 6 * * mon", timezone: UTC } }\n---\n',
    ],
    bad: ['---\non: { alertmanager: { match: { a: x } } }\n---\n'],
  },
  check: ({ frontMatter: { triggers = [], concurrency } }) => {
    const first = triggers.find(({ source }) => source !== 'schedule');
    if (first === undefined || concurrency !== undefined) return [];
    return [
      {
        code: eventRefused.code,
        severity: eventRefused.severity,
        message: 'an event that comes while a run of this page goes on starts none: it is refused',
        span: first.span,
        help: 'say what becomes of it: `concurrency: { key: $INPUT, when-full: queue }`, or `{ when-full: refuse }` where that is meant',
      },
    ];
  },
};
