// Owns the warning that the content of a file speaks of a variable of the page and is not filled with it.
import type { Block, Runbook } from '../../runbook.ts';
import { allBlocks, type LintRule } from '../lint-rule.ts';
import { spanOfCode } from '../span-of-text.ts';

export const unfilledVariable: LintRule = {
  code: 'unfilled-variable',
  severity: 'warning',
  summary: 'the content of a file has `$NAME` for an input, which is not filled in',
  explanation:
    'Files have dollars of their own (`$host` of nginx, `$1`), so that only `${NAME}` is filled in, and only where NAME is an input, a variable of `env` or captured. `$NAME` of one of these is written unchanged, which is probably not meant:\n\n    ```ini {file=/etc/app.conf}\n    port = ${PORT}\n    ```\n\nWhere the file is to have the dollar, give the input another name.',
  examples: {
    good: [
      '---\ninputs: { PORT: {} }\n---\n\n## Steps\n\n```ini {file=/etc/app.conf}\nport = ${PORT}\n```\n',
      '## Steps\n\n```nginx {file=/etc/nginx/conf.d/a.conf}\nproxy_set_header Host $host;\n```\n',
    ],
    bad: [
      '---\ninputs: { PORT: {} }\n---\n\n## Steps\n\n```ini {file=/etc/app.conf}\nport = $PORT\n```\n',
      '## Steps\n\n```sh {capture=PORT}\necho 1\n```\n\n```ini {file=/etc/app.conf}\nport = $PORT\n```\n',
    ],
  },
  check: (runbook) => {
    const files = allBlocks(runbook).filter(({ block }) => block.attributes.file !== undefined);
    if (files.length === 0) return [];
    const names = namesOf(runbook);
    return files.flatMap(({ block }) =>
      [...block.code.matchAll(/(?<![\\$])\$([A-Za-z_]\w*)/g)].flatMap(
        ({ index, 0: written, 1: name = '' }) =>
          names.has(name)
            ? [
                {
                  code: unfilledVariable.code,
                  severity: unfilledVariable.severity,
                  message: `\`${written}\` is written into the file unchanged`,
                  span: spanOfCode(runbook, block, index, index + written.length),
                  help: `\`\${${name}}\` is filled in`,
                },
              ]
            : [],
      ),
    );
  },
};

/** What is filled in where it stands in braces. */
function namesOf(runbook: Runbook): ReadonlySet<string> {
  const { inputs = [], env = {} } = runbook.frontMatter;
  const captured = allBlocks(runbook).flatMap(({ block }: { block: Block }) =>
    (block.attributes.captures ?? []).map(({ name }) => name),
  );
  return new Set([...inputs.map(({ name }) => name), ...Object.keys(env), ...captured]);
}
