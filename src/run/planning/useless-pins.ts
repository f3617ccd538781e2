// Owns the errors about pins that pin nothing.
import type { Runbook, Step } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** An error for each pin of a heading that pins nothing, or not one page. */
export function uselessPins({ steps }: Runbook): readonly Diagnostic[] {
  return steps
    .flatMap(withBound)
    .flatMap(({ attributes, parts, name, headingSpan }): readonly Diagnostic[] => {
      const links = parts.filter(({ type }) => type === 'runbook-link').length;
      if (attributes.digest === undefined || links === 1) return [];
      return [
        {
          code: 'link-pin',
          severity: 'error',
          message: `\`digest\` pins the one page that a step links to; \`${name}\` has ${links === 0 ? 'no such link' : `${links} links`}`,
          ...(headingSpan && { span: headingSpan }),
          help:
            links === 0 ? 'such a link is alone in its step' : 'write it after each: `[x](x.md){digest=…}`',
        },
      ];
    });
}

function withBound(step: Step): readonly Step[] {
  return [step, ...step.validation.flatMap(withBound), ...step.rollback.flatMap(withBound)];
}
