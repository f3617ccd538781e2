// Owns finding channels that a runbook names and no configuration has.
import { closestName } from '../text/closest-name.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Span } from '../text/span.ts';
import { allSteps } from './lint/lint-rule.ts';
import { openingSpan } from './lint/span-of-text.ts';
import type { Block, Runbook } from './runbook.ts';

/** An error for each place that names a channel which is none of `known`. */
export function unknownChannels(runbook: Runbook, known: readonly string[]): readonly Diagnostic[] {
  return namedChannels(runbook)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, span }): Diagnostic => {
      const meant = closestName(name, known);
      return {
        code: 'unknown-channel',
        severity: 'error',
        message: `no channel \`${name}\` is configured`,
        span,
        ...(meant === undefined
          ? { help: `name it in \`runsheet.yaml\`: \`channels: { ${name}: { command: [notify-send] } }\`` }
          : { label: `did you mean \`${meant}\`?` }),
      };
    });
}

function namedChannels(runbook: Runbook): readonly { readonly name: string; readonly span: Span }[] {
  const { notify, escalation, updates } = runbook.frontMatter;
  return [
    ...escalation.map((rule) => ({ name: rule.notify, span: rule.span })),
    ...notify.map((rule) => ({ name: rule.to, span: rule.span })),
    ...(updates === undefined ? [] : updates.to.map((name) => ({ name, span: updates.span }))),
    ...allSteps(runbook).flatMap((step) => [
      ...(step.attributes.notify ?? []).map((name) => ({ name, span: step.headingSpan ?? step.span })),
      ...step.parts.flatMap((part) =>
        part.type === 'block'
          ? namesAt(part.block).map((name) => ({
              name,
              span: openingSpan(runbook, part.block),
            }))
          : [],
      ),
    ]),
  ];
}

function namesAt({ attributes: { notify = [], send = [] } }: Block): readonly string[] {
  return [...notify, ...send];
}
