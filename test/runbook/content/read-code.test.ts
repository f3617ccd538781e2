import { describe, expect, test } from 'vitest';
import type { Block } from '../../../src/runbook/runbook.ts';
import { parse, problems } from '../runbook-of.ts';

function blockOf(before: string, info: string, code: string): Block | undefined {
  const { runbook } = parse(
    `## Steps\n\n${before}\n\n\`\`\`${info}\n${code}\n\`\`\`\n\nAnd call the desk.\n`,
  );
  return runbook.steps
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.type === 'block' ? [part.block] : []))
    .at(0);
}

/** What is run, or what the block is instead. */
function read(before: string, info: string, code: string): string {
  const block = blockOf(before, info, code);
  if (block?.runnable) return `${block.language}: ${block.console?.commands ?? block.code}`;
  return block?.shown ?? 'prose';
}

describe('a block is shown and not run', () => {
  test.each([
    ['Example output:', 'bash', 'upgraded all', 'output'],
    ['Look:', 'console', 'NAME   READY\nweb-0  1/1', 'a table'],
    ['Add this to `/etc/hosts`:', 'sh', 'include common', 'the content of a file'],
    ['Do:', 'console', 'mysql> select 1;\n+---+\n| 1 |\n+---+', 'what was typed into `mysql`'],
    ['Do:', 'sh', 'PS C:\\> Get-Service', 'what was typed into `powershell`'],
    ['Do:', 'sh', '# TODO', 'nothing but comments'],
    ['`app.js`:', 'javascript', 'listen(80)', 'the content of a file'],
    ['Do:', 'js', '{\n  "a": 1\n}', 'JSON'],
    ['Do:', 'sql', '+---+\n| 1 |\n+---+', 'a table'],
    ['Do:', 'text', 'ls', 'prose'],
  ])('%j before `%s` %j', (before, info, code, expected) => {
    expect(read(before, info, code)).toBe(expected);
  });
});

describe('a block runs', () => {
  test.each([
    ['Run the following command to see the output:', 'bash', 'ls', 'bash: ls'],
    ['Create the file `a`:', 'bash', 'cat >a <<EOF\nx: y\nEOF', 'bash: cat >a <<EOF\nx: y\nEOF'],
    ['Example output:', 'sh {run}', 'NAME   READY', 'sh: NAME   READY'],
    ['Example output:', 'sh {timeout=3s}', 'NAME   READY', 'sh: NAME   READY'],
    ['Do:', 'sh', 'root@db1:~# ls\na', 'sh: ls'],
    ['Do:', 'sql', 'mysql> select 1,\n    -> 2;\n+---+', 'sql: select 1,\n2;'],
    ['Do:', 'python', '>>> for x in []:\n...   print(x)\n...', 'python: for x in []:\n  print(x)\n'],
    ['Do:', 'sh', '#!/usr/bin/env python3\nprint(1)', 'python: #!/usr/bin/env python3\nprint(1)'],
    ['Do:', 'sh', '#!/usr/bin/tclsh\nputs 1', 'tclsh: #!/usr/bin/tclsh\nputs 1'],
    ['Do:', 'zsh', '#!/bin/sh\nls', 'zsh: #!/bin/sh\nls'],
  ])('%j before `%s` %j', (before, info, code, expected) => {
    expect(read(before, info, code)).toBe(expected);
  });
});

test('a second output block is an error where one is compared with', () => {
  const text = (info: string) =>
    `## Steps\n\n\`\`\`${info}\necho hi\n\`\`\`\n\n\`\`\`output\nhi\n\`\`\`\n\n\`\`\`output\nhello\n\`\`\`\n`;
  expect(problems(text('sh {expect=output}'))).toBe(
    [
      'error[second-output]: `expect=output` compares with one block, and this is a second one',
      '  --> book.md:11:1',
      '   |',
      '11 | ```output',
      '   | ^^^^^^^^^',
      '   = help: put both into one `output` block, or label this one `text`',
    ].join('\n'),
  );
  expect(problems(text('sh'))).toBe('');
});
