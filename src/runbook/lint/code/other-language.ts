// Owns the warning that a page holds code that nothing here runs.
import type { LintRule } from '../lint-rule.ts';

export const otherLanguage: LintRule = {
  code: 'other-language',
  severity: 'warning',
  summary: 'a page holds code in a language that cannot be run',
  explanation:
    'The block is shown and not run; a run says so before it begins. Declare what runs it in the front matter, `interpreters: { go: [go, run] }`, or say that it is only to be read: `run=false`. A label of a shell is one word: `bash`, not `bash#prod`.',
  examples: {
    good: [
      '---\ninterpreters: { go: [go, run] }\n---\n\n## Steps\n\n```go\npackage main\n```\n',
      '## Steps\n\n```sh\ntrue\n```\n\n```go {run=false}\npackage main\n```\n',
      '## Steps\n\n```sh\ntrue\n```\n\n```yaml\na: b\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\ntrue\n```\n\n```go\npackage main\n```\n',
      '## Steps\n\n```sh\ntrue\n```\n\n```bash#prod\ntrue\n```\n',
    ],
  },
  check: ({ source, otherLanguages = [] }) =>
    otherLanguages.map(({ language, shell, span }) => {
      const { line } = source.lines.placeOf(span.start);
      const end = source.lines.startOfLine(line) + source.lines.textOfLine(line).trimEnd().length;
      return {
        code: otherLanguage.code,
        severity: otherLanguage.severity,
        message: `it is not known what runs \`${language}\`, so that this is shown and not run`,
        span: { start: span.start, end: Math.max(end, span.start + 1) },
        help:
          shell === undefined
            ? `declare it: \`interpreters: { ${language}: [command] }\`, or say \`run=false\``
            : `label it \`${shell}\`, or say \`run=false\``,
      };
    }),
};
