// Owns the warning that a secret is in the document.
import type { LintRule } from './lint-rule.ts';

export const secretDefault: LintRule = {
  code: 'secret-default',
  severity: 'warning',
  summary: 'a secret input has a default, which everybody can read',
  explanation:
    'Secrets are asked without echo, or come from the environment, a file or a command, and are never written anywhere. A default in the front matter is in the file, its history and every copy.',
  examples: {
    good: [
      '---\ninputs:\n  TOKEN: { secret: { env: API_TOKEN } }\n---\n',
      '---\ninputs:\n  HOST: { default: localhost }\n---\n',
    ],
    bad: ['---\ninputs:\n  TOKEN: { secret: true, default: hunter2 }\n---\n'],
  },
  check: (runbook) =>
    runbook.frontMatter.inputs.flatMap((input) => {
      if (input.secret === undefined || input.default === undefined) return [];
      return [
        {
          code: secretDefault.code,
          severity: secretDefault.severity,
          message: `the secret \`${input.name}\` has a default that everybody can read`,
          ...(input.span !== undefined && { span: input.span }),
          help: 'leave it out, or say where it comes from: `secret: { command: "pass show …" }`',
        },
      ];
    }),
};
