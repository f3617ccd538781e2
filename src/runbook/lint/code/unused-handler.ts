// Owns the warning that no block names a handler of the front matter.
import { span } from '../../../text/span.ts';
import { allSteps, type LintRule } from '../lint-rule.ts';

export const unusedHandler: LintRule = {
  code: 'unused-handler',
  severity: 'warning',
  summary: 'no block names a handler that the front matter has',
  explanation:
    'A handler runs only after blocks, or below headings, that name it (`handler=nginx`). One that nothing names never runs.',
  examples: {
    good: ['---\nhandlers: { nginx: nginx -s reload }\n---\n\n## Steps\n\n```sh {handler=nginx}\na\n```\n'],
    bad: ['---\nhandlers: { nginx: nginx -s reload }\n---\n\n## Steps\n\n```sh\na\n```\n'],
  },
  check: (runbook) => {
    const declared = Object.keys(runbook.frontMatter.handlers ?? {});
    if (declared.length === 0) return [];
    const named = new Set(
      allSteps(runbook).flatMap((step) => [
        ...(step.attributes.handlers ?? []),
        ...step.parts.flatMap((part) =>
          part.type === 'block' ? (part.block.attributes.handlers ?? []) : [],
        ),
      ]),
    );
    return declared
      .filter((name) => !named.has(name))
      .map((name) => ({
        code: unusedHandler.code,
        severity: unusedHandler.severity,
        message: `no block names the handler \`${name}\``,
        span: span(0, Math.max(0, runbook.source.text.indexOf('\n'))),
        help: `write \`handler=${name}\` on the blocks that it follows`,
      }));
  },
};
