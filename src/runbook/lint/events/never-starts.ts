// Owns the warning that no event can meet a rule.
import type { LabelMatcher, LabelTest, Trigger } from '../../front-matter/triggers/trigger.ts';
import type { LintRule } from '../lint-rule.ts';

export const neverStarts: LintRule = {
  code: 'never-starts',
  severity: 'warning',
  summary: 'a rule for events can never start a run',
  explanation:
    'A rule whose conditions shut each other out takes no event: a label that has to be one text here and another there, or that may not be the only text that it can be. So do quiet hours that never end.',
  examples: {
    good: ['---\non: { github: { event: push, match: { ref: [a, b] } } }\n---\n'],
    bad: [
      '---\non: { webhook: { match: { env: [prod, "!prod"] } } }\n---\n',
      '---\non: { github: { event: push, match: { event: release } } }\n---\n',
      '---\non: { webhook: { quiet: { then: drop } } }\n---\n',
    ],
  },
  check: ({ frontMatter: { triggers = [] } }) =>
    triggers.flatMap((trigger) => {
      const label = shutOut(trigger.match);
      const isQuiet = alwaysQuiet(trigger);
      if (label === undefined && !isQuiet) return [];
      return [
        {
          code: neverStarts.code,
          severity: neverStarts.severity,
          message:
            label === undefined
              ? 'no event starts a run by this rule: its quiet hours never end'
              : `no event starts a run by this rule: what it says of \`${label.label}\` cannot all hold`,
          span: label?.span ?? trigger.span,
        },
      ];
    }),
};

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

function alwaysQuiet({ quiet }: Trigger): boolean {
  return quiet.some(
    ({ days, from, to, action }) => action !== 'ask' && days.length === 7 && to - from === 1440,
  );
}
