// Owns the error that an expression of a rule for events is wrong whatever the event is.

import type { Diagnostic } from '../../../text/diagnostic.ts';
import { type Span, span } from '../../../text/span.ts';
import type { ExpressionUse } from '../../front-matter/triggers/check-expression.ts';
import { checkExpression } from '../../front-matter/triggers/check-expression.ts';
import type { Trigger, WrittenExpression } from '../../front-matter/triggers/trigger.ts';
import type { Runbook } from '../../runbook.ts';
import type { LintRule } from '../lint-rule.ts';

export const triggerExpression: LintRule = {
  code: 'trigger-expression',
  severity: 'error',
  isOfEvents: true,
  summary: 'an expression of a rule for events is wrong whatever the event is',
  explanation:
    '`if`, `set` and `dedup.key` are expressions in CEL over `event`. What can be known of them without an event is looked at here, so that the first alert at night is not the one that finds it: that they can be read, that they ask for nothing but `event`, and that what they do fits. `if` comes to true or false, `set` and `dedup.key` to a text, a number or a truth value. A run that people start takes no notice of it.',
  examples: {
    good: [
      '---\non: { webhook: { if: event.kind == "disk" } }\n---\n',
      '---\non: { webhook: { set: { HOST: event.host } } }\ninputs: { HOST: { pattern: "[a-z]+" } }\n---\n',
    ],
    bad: [
      '---\non: { webhook: { if: event.kind = "disk" } }\n---\n',
      '---\non: { webhook: { if: evnt.kind == "disk" } }\n---\n',
      '---\non: { webhook: { dedup: { key: size(event.a) > 1 && "b" } } }\n---\n',
    ],
  },
  check: (runbook) =>
    (runbook.frontMatter.triggers ?? []).flatMap((trigger) =>
      expressionsOf(trigger).flatMap(([name, expression, use]): readonly Diagnostic[] => {
        const problem = checkExpression(expression.code, use);
        if (problem === undefined) return [];
        const { message, start, end, help } = problem;
        const isWhole = start === 0 && end === expression.code.length;
        return [
          {
            code: triggerExpression.code,
            severity: triggerExpression.severity,
            message:
              isWhole && message.startsWith('is ') ? `\`${name}\` ${message}` : `\`${name}\`: ${message}`,
            span: placeIn(runbook, expression, start, end),
            ...(help !== undefined && { help }),
          },
        ];
      }),
    ),
};

type Use = readonly [name: string, expression: WrittenExpression, use: ExpressionUse];

function expressionsOf({ condition, set, dedup }: Trigger): readonly Use[] {
  return [
    ...(condition ? [['if', condition, 'condition'] as const] : []),
    ...set.map(({ input, value }) => [`set.${input}`, value, 'text'] as const),
    ...(dedup?.key ? [['dedup.key', dedup.key, 'text'] as const] : []),
  ];
}

/** A piece of an expression in the file; all of it where quotes and folds have it written otherwise. */
function placeIn(
  { source }: Runbook,
  { code, span: whole }: WrittenExpression,
  start: number,
  end: number,
): Span {
  const written = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    source.bytes.subarray(whole.start, whole.end),
  );
  const at = written.indexOf(code);
  if (at === -1) return whole;
  const bytes = (to: number) => new TextEncoder().encode(written.slice(0, at + to)).length;
  return span(whole.start + bytes(start), whole.start + bytes(end));
}
