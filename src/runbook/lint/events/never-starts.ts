// Owns the warning that no event can meet a rule.
import {
  type LabelMatcher,
  type LabelTest,
  type QuietHours,
  type Trigger,
  weekdays,
} from '../../front-matter/triggers/trigger.ts';
import { type ClockTime, withinHours } from '../../front-matter/triggers/within-hours.ts';
import type { LintRule } from '../lint-rule.ts';

export const neverStarts: LintRule = {
  code: 'never-starts',
  severity: 'warning',
  summary: 'a rule for events can never start a run',
  explanation:
    'A rule whose conditions shut each other out takes no event: a label that has to be one text here and another there, or that may not be the only text that it can be. So do quiet hours that leave no time between them, and ask nobody. Where some of them ask, what comes in those that wait is still rejected: it would wait for ever.',
  examples: {
    good: [
      '---\non: { github: { event: push, match: { ref: [a, b] } } }\n---\n',
      '---\non: { webhook: { quiet: [{ from: 20:00, to: 8:00, then: drop }, { from: 8:00, to: 20:00, then: ask }] } }\n---\n',
      '---\non: { webhook: { quiet: [{ from: 20:00, to: 8:00 }, { from: 8:00, to: 19:00, then: ask }] } }\n---\n',
      // None is to wait: the first of the hours counts.
      '---\non: { webhook: { quiet: [{ then: ask }, { from: 8:00, to: 19:00 }] } }\n---\n',
    ],
    bad: [
      '---\non: { webhook: { match: { env: [prod, "!prod"] } } }\n---\n',
      '---\non: { github: { event: push, match: { event: release } } }\n---\n',
      '---\non: { webhook: { quiet: { then: drop } } }\n---\n',
      '---\non: { webhook: { quiet: [{ from: 20:00, to: 8:00 }, { from: 8:00, to: 20:00, then: drop }] } }\n---\n',
      '---\non: { webhook: { quiet: [{ from: 20:00, to: 8:00 }, { from: 8:00, to: 20:00, then: ask }] } }\n---\n',
    ],
  },
  check: ({ frontMatter: { triggers = [] } }) =>
    triggers.flatMap((trigger) => {
      const label = shutOut(trigger.match);
      const what = label === undefined ? ofQuietHours(trigger) : wordsOfLabel(label);
      if (what === undefined) return [];
      const { code, severity } = neverStarts;
      return [{ code, severity, message: what, span: label?.span ?? trigger.span }];
    }),
};

function wordsOfLabel({ label }: LabelMatcher): string {
  return `no event starts a run by this rule: what it says of \`${label}\` cannot all hold`;
}

/** A label for which every text that it can be is refused by what else is said of it. */
function shutOut(matchers: readonly LabelMatcher[]): LabelMatcher | undefined {
  return matchers.find(({ label }) => {
    const same = matchers.filter((one) => one.label === label);
    const texts = same.map(({ any }) => any).find((any) => any.length > 0 && any.every(isEqual));
    return texts?.every((test) => same.some((one) => refuses(one, textOf(test)))) ?? false;
  });
}

function isEqual({ type }: LabelTest): boolean {
  return type === 'equal';
}

function textOf(test: LabelTest): string {
  return test.type === 'equal' ? test.value : '';
}

/** By texts alone: what a pattern would say is left open. */
function refuses({ any, none }: LabelMatcher, value: string): boolean {
  const isSame = (test: LabelTest) => test.type === 'equal' && test.value === value;
  return none.some(isSame) || (any.length > 0 && any.every((test) => test.type === 'equal' && !isSame(test)));
}

/**
 * What is told where the hours leave no time: no event starts a run, now or asking first, or none that is to wait for
 * its end. Hours by the clocks of one zone are held together; what clocks of several zones leave between them is open.
 */
function ofQuietHours({ quiet }: Trigger): string | undefined {
  const full = quiet
    .map(({ timezone }) => quiet.filter((hours) => hours.timezone === timezone))
    .filter((same) => boundaries(same).every((time) => same.some((hours) => withinHours(hours, time))));
  if (full.length === 0) return undefined;
  const isSilent = full.some(
    (same) =>
      quiet.every((hours) => same.includes(hours) || hours.action !== 'ask') &&
      boundaries(same).every((time) => startsNothing(same, time)),
  );
  if (isSilent) return 'no event starts a run by this rule: its quiet hours leave no time';
  const isWaiting = full.some(
    (same) =>
      same.length === quiet.length &&
      boundaries(same).some((time) => same.find((hours) => withinHours(hours, time))?.action === 'wait'),
  );
  return isWaiting
    ? 'no event starts a run by this rule where it is to wait: its quiet hours leave no time, and it is rejected'
    : undefined;
}

/** What holds at these times holds at all of them: nothing begins or ends between one and the next. */
function boundaries(quiet: readonly QuietHours[]): readonly ClockTime[] {
  const minutes = new Set([0, ...quiet.flatMap(({ from, to }) => [from, to % 1440])]);
  return weekdays.flatMap((_, day) => [...minutes].map((minute) => ({ day, minute })));
}

/** By the first of the hours that it is within. */
function startsNothing(quiet: readonly QuietHours[], time: ClockTime): boolean {
  const hours = quiet.find((one) => withinHours(one, time));
  return hours !== undefined && hours.action !== 'ask';
}
