// Owns the warning that one event starts a run by two rules.
import type { Trigger } from '../../front-matter/triggers/trigger.ts';
import type { LintRule } from '../lint-rule.ts';

export const startsTwice: LintRule = {
  code: 'starts-twice',
  severity: 'warning',
  summary: 'two rules of a page take the same events, and each starts a run',
  explanation:
    'Every rule is for itself: an event that two rules take starts two runs of the page. Rules that take the same events can be one, with `match` of a list; or say in each what the other is not for.',
  examples: {
    good: [
      '---\non: { alertmanager: [{ match: { a: x } }, { match: { a: y }, may: change }] }\n---\n',
      '---\non: [{ source: webhook/a }, { source: webhook/b }]\n---\n',
    ],
    bad: ['---\non: { alertmanager: [{ match: { a: x } }, { match: { a: x }, may: change }] }\n---\n'],
  },
  check: ({ frontMatter: { triggers = [] } }) => {
    const wanted = triggers.map(whatItTakes);
    return triggers.flatMap(({ span }, index) => {
      const first = wanted.indexOf(wanted[index] ?? '');
      return first === index
        ? []
        : [
            {
              code: startsTwice.code,
              severity: startsTwice.severity,
              message: `rule ${index + 1} takes the same events as rule ${first + 1}: each of them starts a run`,
              span,
            },
          ];
    });
  },
};

/** All that decides which events a rule takes, as a text. */
function whatItTakes({ source, endpoint = '', match, condition, people = [], schedule }: Trigger): string {
  const labels = match.map(({ label, any, none }) => JSON.stringify([label, any, none])).sort();
  const times = schedule === undefined ? '' : `${schedule.cron} ${schedule.timezone}`;
  return JSON.stringify([source, endpoint, labels, condition?.code ?? '', [...people].sort(), times]);
}
