// Owns the warning that an event gives an input any text at all.
import type { LintRule } from '../lint-rule.ts';
import { fedInputs, takesAnyText } from './fed-inputs.ts';

export const eventInput: LintRule = {
  code: 'event-input',
  severity: 'warning',
  summary: 'an event gives an input its value, and any text is taken',
  explanation:
    'The texts of an event are those of whoever made it: a label may hold what somebody else wrote. Such a value is a variable of the blocks and nothing in it is executed by itself, but a block may hand it to a command that makes more of it than was meant. `pattern` or `choices` say what it can be; an event with anything else starts no run, and is kept with the reason.',
  examples: {
    good: [
      "---\non: { webhook: }\ninputs: { HOST: { from: event.host, pattern: '[a-z0-9.-]+' } }\n---\n",
      '---\non: { webhook: }\ninputs: { ZONE: { from: event.zone, choices: [a, b] }, COUNT: { from: event.n, type: number } }\n---\n',
    ],
    bad: ['---\non: { webhook: }\ninputs: { HOST: { from: event.host } }\n---\n'],
  },
  check: (runbook) =>
    fedInputs(runbook)
      .filter(takesAnyText)
      .map(({ name, span }) => ({
        code: eventInput.code,
        severity: eventInput.severity,
        message: `an event gives \`${name}\` its value, and any text is taken`,
        ...(span && { span }),
        help: 'say what it can be: `pattern: …` or `choices: […]`',
      })),
};
