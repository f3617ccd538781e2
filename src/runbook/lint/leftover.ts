// Owns the warning that something in a page is still to be written.
import { span } from '../../text/span.ts';
import { findMarks } from '../templates/find-marks.ts';
import type { LintRule } from './lint-rule.ts';

export const leftover: LintRule = {
  code: 'leftover',
  severity: 'warning',
  summary: 'something is still to be written, such as `TODO(owner)` of a template',
  explanation:
    'An operator who comes to a `TODO` has to work out what the author left open. `runsheet new` fills in each `TODO(name)` that it is given a value for (`--set name=…`); what is left is reported here, as are `TODO`, `TBD` and `FIXME` in the text and in the front matter. Comments, code and words in backticks are left alone. In code nothing is filled in: declare an input there. A page with `template:` in its front matter is a template, and holds them on purpose.',
  examples: {
    good: [
      '# Restart\n\n<!-- TODO: pictures -->\n\nKeep a TODO list.\n\n```sh\ndate # TODO(ada): in UTC\n```\n',
      '---\ntemplate: { fields: { owner: { description: The team } } }\nowner: TODO(owner)\n---\n\n# Restart\n',
    ],
    bad: [
      '---\nowner: TODO(owner)\n---\n\n# Restart\n',
      '# Restart\n\n- Dashboard: TODO\n',
      '# Restart\n\n```sh\nkubectl get pods -n TODO(namespace)\n```\n',
    ],
  },
  check: ({ source, frontMatter }) => {
    if (frontMatter.template !== undefined) return [];
    return findMarks(source.text).map(({ start, end, text, name, where }) => ({
      code: leftover.code,
      severity: leftover.severity,
      message: `\`${text}\` is still to be ${name === undefined ? 'written' : 'filled in'}`,
      span: span(source.toByteOffset(start), source.toByteOffset(end)),
      help:
        where === 'code'
          ? `in code nothing is filled in: declare it as an input, and write its variable`
          : 'write what belongs here, or take it out',
    }));
  },
};
