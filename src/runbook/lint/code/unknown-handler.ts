// Owns the error that a block names a handler that the front matter does not have.
import { closestName } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Span } from '../../../text/span.ts';
import type { Attributes, Runbook } from '../../runbook.ts';
import { allSteps, type LintRule } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const unknownHandler: LintRule = {
  code: 'unknown-handler',
  severity: 'error',
  summary: 'a block names a handler that the front matter does not have',
  explanation:
    'A handler is a command that follows a step in which something was changed, such as the reload after an edit. `handler=nginx` on a block names it, and the front matter says what it is:\n\n    handlers: { nginx: systemctl reload nginx }\n\nOne that is not declared would never run.',
  examples: {
    good: [
      '---\nhandlers: { nginx: nginx -s reload }\n---\n\n## Steps\n\n```sh {handler=nginx}\na\n```\n',
      '## Steps\n\n```sh\na\n```\n',
    ],
    bad: [
      '---\nhandlers: { nginx: nginx -s reload }\n---\n\n## Steps {handler=nginx}\n\n```sh {handler=ngnix}\na\n```\n',
      '## Steps\n\n```sh {handler=nginx}\na\n```\n',
    ],
  },
  check: (runbook) =>
    allSteps(runbook).flatMap((step) => [
      ...unknownIn(runbook, step.attributes, step.headingSpan ?? step.span),
      ...step.parts.flatMap((part) =>
        part.type === 'block'
          ? unknownIn(runbook, part.block.attributes, openingSpan(runbook, part.block))
          : [],
      ),
    ]),
};

function unknownIn(
  { frontMatter: { handlers = {} } }: Runbook,
  attributes: Attributes,
  span: Span,
): readonly Diagnostic[] {
  return (attributes.handlers ?? [])
    .filter((name) => !Object.hasOwn(handlers, name))
    .map((name) => {
      const closest = closestName(name, Object.keys(handlers));
      return {
        code: unknownHandler.code,
        severity: unknownHandler.severity,
        message: `no handler \`${name}\` is declared`,
        span,
        help:
          closest === undefined
            ? `declare it in the front matter: \`handlers: { ${name}: systemctl reload ${name} }\``
            : `did you mean \`${closest}\`?`,
      };
    });
}
