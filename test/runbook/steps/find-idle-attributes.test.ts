import { expect, test } from 'vitest';
import { parse, problems } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';

test.each([
  ['a title', `# T {confirm}\n\n## Steps\n\n### A\n\n${block}`],
  ['a section with steps of its own', `# T\n\n## Steps {timeout=30s}\n\n### A\n\n${block}`],
  ['a section with counted steps', '# T\n\n## Steps {confirm}\n\n1. Stop it.\n2. Start it.\n'],
  ['a heading within a step', `# T\n\n## Steps\n\n### A\n\n${block}\n#### B {when="false"}\n\n${block}`],
  ['context', `# T\n\n## Steps\n\n### A\n\n${block}\n## Overview {tags=a}\n\nx\n`],
])('attributes of %s are an error', (_what, text) => {
  expect(parse(text).diagnostics.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual(
    [
      {
        code: 'idle-attribute',
        severity: 'error',
        message: 'this heading is not a step, so its attributes have no effect',
      },
    ],
  );
});

test('what only a run can have is an error on what a person does', () => {
  expect(problems('# T\n\n## Steps\n\n### A {timeout=3s host=web1 when="true"}\n\nDo it.\n')).toBe(
    [
      'error[idle-attribute]: nothing runs in this step, so that `timeout`, `host` has no effect',
      ' --> book.md:5:7',
      '  |',
      '5 | ### A {timeout=3s host=web1 when="true"}',
      '  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '  = help: what a person does can have `when`, `check`, `confirm`, `approve`, `risk`, `on-failure`, `estimate`, `tags` and `notify`',
    ].join('\n'),
  );
});

test('what is handed to a page is an error on a step that leads to none', () => {
  expect(problems(`# T\n\n## Steps\n\n### A {with.X=1 with.Y=2}\n\n${block}`)).toBe(
    [
      'error[idle-attribute]: this step leads to no other page, so that `with.X`, `with.Y` has no effect',
      ' --> book.md:5:7',
      '  |',
      '5 | ### A {with.X=1 with.Y=2}',
      '  |       ^^^^^^^^^^^^^^^^^^^',
      '  = help: a step that is only a link to a page hands it on; a variable of the blocks here is `env.NAME=…`',
    ].join('\n'),
  );
});

test.each([
  `# T\n\n## Steps\n\n### A {timeout=30s confirm}\n\n${block}`,
  `# T\n\n## Rollback {confirm}\n\n${block}`,
  `# T {errexit=false name=x}\n\n## Steps {errexit=false}\n\n### A\n\n${block}`,
  `# T\n\n## Steps\n\n### A {when="true" host=web1}\n\nDo it.\n\n#### Validation\n\n${block}`,
  '# T\n\n## Steps\n\n### [Drain](drain.md) {with.A=1 confirm}\n',
  '# T\n\n## Steps\n\n### Drain them {with.A=1}\n\n- [One](one.md)\n- [Two](two.md)\n',
])('attributes of steps are none: %#', (text) => {
  expect(parse(text).diagnostics).toEqual([]);
});
