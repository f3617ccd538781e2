import { expect, test } from 'vitest';
import { parse, textAt } from '../runbook-of.ts';

test.each([
  ['# T\n\n```go {name=b}\nx\n```\n', ['go']],
  [
    '# T\n\n```bash#prod\nx\n```\n\n```sh,ignore\nx\n```\n\n```shell-ish\nx\n```\n',
    ['bash#prod', 'sh,ignore', 'shell-ish'],
  ],
  ['# T\n\n## Steps\n\n### A\n\n```sh\ntrue\n```\n\n- x\n\n  ```java\n  y\n  ```\n', ['java']],
  ['# T\n\n## Overview\n\n```go\nx\n```\n\n## Steps\n\n```rust\nx\n```\n', ['rust']],
  ['# T\n\n```go {run=false}\nx\n```\n\n```yaml\na: b\n```\n\n```text\nx\n```\n', []],
  ['---\ninterpreters: { go: [go, run] }\n---\n\n```go\nx\n```\n', []],
])('code that nothing runs: %#', (text, languages) => {
  const { otherLanguages = [] } = parse(text).runbook;
  expect(otherLanguages.map(({ language }) => language)).toEqual(languages);
});

test('its place is the block', () => {
  const { runbook } = parse('# T\n\n> ```bash#prod\n> x\n> ```\n');
  expect(runbook.otherLanguages?.map((one) => [one.shell, textAt(runbook, one.span)])).toEqual([
    ['bash', '```bash#prod\n> x\n> ```'],
  ]);
});
