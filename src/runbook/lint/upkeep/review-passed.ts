// Owns the warning that the day is over until which a page counted as reviewed.
import { stalenessOf } from '../../front-matter/upkeep.ts';
import type { LintRule } from '../lint-rule.ts';

export const reviewPassed: LintRule = {
  code: 'review-passed',
  severity: 'warning',
  summary: 'the day that `review-after` names is over',
  explanation:
    'A page that was right a year ago may name machines that are gone and people who have left. `review-after: 2027-03-31` says how long it counts as looked at: from the day after, in UTC, `check` asks for a review. Read the page, mend what has changed, and write the day of the next review.',
  examples: {
    good: [
      '---\nreview-after: 2026-06-01\n---\n\n## Steps\n\n```sh\na\n```\n',
      '## Steps\n\n```sh\na\n```\n',
    ],
    bad: ['---\nreview-after: 2026-05-31\n---\n\n## Steps\n\n```sh\na\n```\n'],
    known: { now: '2026-06-01T00:00:00.000Z' },
  },
  check: ({ frontMatter }, known) => {
    const { reviewAfter } = frontMatter;
    if (known === undefined || reviewAfter === undefined) return [];
    if (!stalenessOf(frontMatter, known).includes('review-passed')) return [];
    return [
      {
        code: reviewPassed.code,
        severity: reviewPassed.severity,
        message: `this page was to be reviewed after ${reviewAfter.day}`,
        span: reviewAfter.span,
        help: 'read it, mend what has changed, and write the day of the next review here',
      },
    ];
  },
};
