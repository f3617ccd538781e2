// Owns the warning that code still holds something to be filled in.
import { languageOf } from '../../languages/languages.ts';
import type { Runbook } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks } from './lint-rule.ts';

export const placeholder: LintRule = {
  code: 'placeholder',
  severity: 'warning',
  summary: 'code holds a placeholder such as `<namespace>`',
  explanation:
    'A run asks for each placeholder once and hands its value over as a variable; an unattended run takes it from `--set namespace=…`, or is refused. Declare it as an input in the front matter and write `"$NAMESPACE"` in the code, so that it has a description, a default and a pattern.',
  examples: {
    good: [
      '## Steps\n\n```sh\nkubectl get pods -n "$NAMESPACE"\n```\n',
      '## Steps\n\n```sh\nsort <in.txt >out.txt\ncat <<EOF >x\ny\nEOF\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nkubectl get pods -n <namespace>\n```\n',
      '## Steps\n\n```sh\ncurl https://your-host/\n```\n',
    ],
  },
  check: (runbook) => {
    const seen = new Set<string>();
    const given = givenVariables(runbook);
    return allBlocks(runbook).flatMap(({ block }) =>
      block.placeholders.flatMap(({ text, variable, span }) => {
        // Each is asked for once, and said once; in code of interpreters it is refused, which is said elsewhere.
        const family = languageOf(block.language ?? '')?.family;
        if (seen.has(variable) || family === 'interpreter') return [];
        // In a request `{{NAME}}` is how a variable is written.
        const isVariable = family === 'http' && text.startsWith('{{');
        if (isVariable && given.has(variable)) return [];
        seen.add(variable);
        return [
          {
            code: placeholder.code,
            severity: placeholder.severity,
            message: `\`${text}\` is a placeholder that a run has to ask for`,
            span,
            help: `declare it: \`inputs: { ${variable}: { description: … } }\`${isVariable ? '' : `, and write \`"$${variable}"\``}`,
          },
        ];
      }),
    );
  },
};

/** Variables that a block finds without anybody being asked for them. */
function givenVariables(runbook: Runbook): ReadonlySet<string> {
  const { inputs, env, outputs } = runbook.frontMatter;
  const captured = allBlocks(runbook).flatMap(({ block }) =>
    (block.attributes.captures ?? []).map(({ name }) => name),
  );
  return new Set([...inputs.map(({ name }) => name), ...Object.keys(env), ...outputs, ...captured]);
}
