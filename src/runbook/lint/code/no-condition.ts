// Owns the error that a `when` or `check` asks nothing.
import { whyNoCondition } from '../../../languages/commands/why-no-condition.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Span } from '../../../text/span.ts';
import type { Attributes, Runbook } from '../../runbook.ts';
import { allBlocks, allSteps, type LintRule } from '../lint-rule.ts';
import { openingSpan, spanInPlace } from '../span-of-text.ts';

export const noCondition: LintRule = {
  code: 'no-condition',
  severity: 'error',
  summary: 'a `when` or `check` is no condition: it always holds, or no shell knows it',
  explanation:
    'Both are commands, and what they end with is the answer: 0 is yes, 1 is no. `ENV=prod` sets a variable and succeeds; so does `[ "$ENV"=prod ]`, which asks whether one text is empty, and `[ -n $X ]` where `X` is empty. `$ENV == prod` is a command of the name that `$ENV` has. Compare with `test "$ENV" = prod`; leave something out with `when=false`.',
  examples: {
    good: [
      '## Steps\n\n```sh {when="test \\"$ENV\\" = prod"}\nls\n```\n',
      '## Steps\n\n```sh {when=false check="[ -n \\"$A\\" ] && [[ $A == b* ]]"}\nls\n```\n',
      '## Steps\n\n```sh {when="A=1 ./is-primary" check="x=$(id -u); test $x = 0"}\nls\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh {when="ENV=prod"}\nls\n```\n',
      '## Steps\n\n```sh {when="[ \\"$ENV\\"=prod ]"}\nls\n```\n',
      '## Steps\n\n```sh {when="$ENV == prod"}\nls\n```\n',
      '## Steps\n\n### Go {check="DONE=1"}\n\n```sh\nls\n```\n',
      '---\ninputs: { PORT: { when: "test -n $HOST" } }\n---\n',
    ],
  },
  check: (runbook) => [
    ...runbook.frontMatter.inputs.flatMap((input) =>
      told(runbook, { when: input.when }, input.span ?? { start: 0, end: 0 }),
    ),
    ...allBlocks(runbook).flatMap(({ block }) =>
      told(runbook, block.attributes, openingSpan(runbook, block)),
    ),
    ...allSteps(runbook).flatMap(({ attributes, headingSpan }) =>
      headingSpan === undefined ? [] : told(runbook, attributes, headingSpan),
    ),
  ],
};

function told(
  runbook: Runbook,
  attributes: { readonly [Word in 'when' | 'check']?: Attributes[Word] | undefined },
  place: Span,
): readonly Diagnostic[] {
  return (['when', 'check'] as const).flatMap((word): readonly Diagnostic[] => {
    const condition = attributes[word];
    const found = condition === undefined ? undefined : whyNoCondition(condition);
    if (condition === undefined || found === undefined) return [];
    return [
      {
        code: noCondition.code,
        severity: noCondition.severity,
        message: `\`${word}\` ${found.message}`,
        span: spanInPlace(runbook, place, condition),
        help: found.help,
      },
    ];
  });
}
