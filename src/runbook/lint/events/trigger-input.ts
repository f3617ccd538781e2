// Owns the error that an event is to give what no input can take.
import { closestName } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { allLinks } from './all-links.ts';

export const triggerInput: LintRule = {
  code: 'trigger-input',
  severity: 'error',
  isOfEvents: true,
  summary: 'an event is to give a value that no input can take',
  explanation:
    'What `set` of a rule names is an input of the page: one of its front matter, a placeholder, or an input of a page that it links to. Secrets come from where the page says, never from an event, which many can read.',
  examples: {
    good: [
      '---\non: { webhook: { set: { HOST: event.host } } }\ninputs: { HOST: { pattern: "[a-z]+" } }\n---\n',
    ],
    bad: [
      '---\non: { webhook: { set: { HSOT: event.host } } }\ninputs: { HOST: { pattern: "[a-z]+" } }\n---\n',
      '---\non: { webhook: }\ninputs: { TOKEN: { secret: true, from: event.token } }\n---\n',
    ],
  },
  check: (runbook) => {
    const { triggers = [], inputs } = runbook.frontMatter;
    const placeholders = allBlocks(runbook).flatMap(({ block }) =>
      block.placeholders.map(({ variable }) => variable),
    );
    const names = [...inputs.map(({ name }) => name), ...placeholders];
    const isOpen = allLinks(runbook).length > 0;
    const tell = (said: Omit<Diagnostic, 'code' | 'severity'>): Diagnostic => ({
      code: triggerInput.code,
      severity: triggerInput.severity,
      ...said,
    });
    const isSecret = (name: string) =>
      inputs.some((input) => input.name === name && input.secret !== undefined);
    return [
      ...inputs
        .filter(({ secret, fromEvent }) => secret !== undefined && fromEvent !== undefined)
        .map(({ name, span }) =>
          tell({ message: `\`${name}\` is a secret, which no event gives`, ...(span && { span }) }),
        ),
      ...triggers
        .flatMap(({ set }) => set)
        .flatMap(({ input, span }) => {
          if (isSecret(input))
            return [tell({ message: `\`${input}\` is a secret, which no event gives`, span })];
          if (names.includes(input) || isOpen) return [];
          const meant = closestName(input, names);
          return [
            tell({
              message: `the page has no input \`${input}\``,
              span,
              ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
            }),
          ];
        }),
    ];
  },
};
